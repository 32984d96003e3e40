import type { Switches } from '../desk/switches.ts';
import { type Answer, deskError, type FieldError } from '../http/answers.ts';
import type { Portal } from '../portals/portal.ts';
import type { LogCall } from './add-log.ts';
import type { NewLog } from './log-store.ts';

const KNOWN_KEYS: readonly string[] = ['reference', 'description', 'installationId', 'title'];

/** The log that a call asks for, or the refusal: JSON (400), then query, keys and fields (422). */
export function checkFields(call: LogCall, portal: Portal, switches: Switches): NewLog | Answer {
  const body = parsed(call.body);
  if (body === undefined) return deskError('BAD_REQUEST');
  const extra = extraParameter(call.query, body, switches);
  if (extra !== null) return extra;
  const errors = fieldErrors(body, switches);
  if (errors.length > 0) return deskError('INVALID_DATA', { errors });
  if (!hasInstallation(body['installationId'], portal)) return badInstallation(switches);
  return {
    reference: (body['reference'] as string | undefined) ?? null,
    title: body['title'] as string,
    description: (body['description'] as string | undefined) ?? '',
    installationId: body['installationId'] as string,
    orgId: portal.orgId,
  };
}

function parsed(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function extraParameter(query: URLSearchParams, body: object, { unknownKeys }: Switches): Answer | null {
  const [inQuery] = query.keys();
  if (inQuery !== undefined)
    return deskError('UNPROCESSABLE_ENTITY', {
      message: `Extra query parameter '${inQuery}' is present in the input.`,
    });
  const inBody = Object.keys(body).find((key) => !KNOWN_KEYS.includes(key));
  if (inBody === undefined || unknownKeys === 'ignore') return null;
  return deskError('UNPROCESSABLE_ENTITY', {
    message: `Extra parameter '${inBody}' is present in the input.`,
  });
}

// Zoho's page is silent on empty strings. The stricter reading shows a client that sends one.
function fieldErrors(body: Record<string, unknown>, { requireDescription }: Switches): FieldError[] {
  const mandatory = ['title', 'installationId', ...(requireDescription ? ['description'] : [])];
  return KNOWN_KEYS.flatMap((key): FieldError[] => {
    const value = body[key];
    const isMandatory = mandatory.includes(key);
    if (value === undefined) return isMandatory ? [fieldError(key, 'missing')] : [];
    const mayBeEmpty = key === 'description' && !isMandatory;
    return typeof value === 'string' && (value !== '' || mayBeEmpty) ? [] : [fieldError(key, 'invalid')];
  });
}

function fieldError(key: string, errorType: FieldError['errorType']): FieldError {
  return { fieldName: `/${key}`, errorType, errorMessage: '' };
}

function hasInstallation(installationId: unknown, { installations, settings }: Portal): boolean {
  return settings.installed !== false && installations.some((one) => one.installationId === installationId);
}

// How an installation that the portal does not have is refused is not documented.
function badInstallation({ badInstallation: status }: Switches): Answer {
  if (status === 404) return deskError('URL_NOT_FOUND');
  if (status === 403) return deskError('FORBIDDEN');
  return deskError('INVALID_DATA', { errors: [fieldError('installationId', 'invalid')] });
}
