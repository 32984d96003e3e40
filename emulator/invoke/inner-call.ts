import type { Desk } from '../desk/desk.ts';
import { type Answer, deskError } from '../http/answers.ts';
import { LOG_PATH, type LogCall } from '../logs/add-log.ts';
import type { Installation, Portal } from '../portals/portal.ts';

/** Hosts that an extension's manifest would list under `whiteListedDomains`, beside this emulator's own. */
const DESK_HOST = /^desk\.(?:zoho\.(?:com|eu|in|com\.au|jp|sa|sg|ae|uk|com\.cn)|zohocloud\.ca)$/;

/**
 * The call of *Add a Log* that an Invoke call asks for, or the refusal that its own checks give. Only this one
 * call can be made: any other address of Desk is a 404.
 */
export function readInnerCall(
  form: URLSearchParams,
  { installationId }: Installation,
  { portal, desk, host }: { portal: Portal; desk: Desk; host: string | undefined },
): LogCall | Answer {
  // Zoho's own code has this placeholder in the address. Whether it works in the body is unknown: here it does not.
  const target = URL.parse((form.get('requestURL') ?? '').replaceAll('{{installationId}}', installationId));
  const connection = form.get('connectionLinkName') ?? '';
  const headers = fieldsOf(form.get('headers') ?? '{}');
  const query = fieldsOf(form.get('queryParams') || '{}');
  if (target === null || headers === undefined || query === undefined) return deskError('BAD_REQUEST');
  if (!(DESK_HOST.test(target.host) || target.host === host || target.origin === desk.url))
    return deskError('FORBIDDEN');
  if (connection !== '' && connection !== desk.credentials.connectionLinkName) return deskError('FORBIDDEN');
  if (target.pathname !== LOG_PATH) return deskError('URL_NOT_FOUND');
  if (form.get('requestType') !== 'POST') return deskError('METHOD_NOT_ALLOWED');
  if (headers['orgid'] !== portal.orgId) return deskError('OAUTH_ORG_MISMATCH');
  for (const [name, value] of Object.entries(query)) target.searchParams.append(name, value);
  return {
    contentType: headers['content-type'],
    query: target.searchParams,
    body: form.get('postBody') ?? '',
    tooLarge: false,
  };
}

/** A JSON object of texts, its names in lower case; undefined when it is anything else. */
function fieldsOf(text: string): Record<string, string> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name.toLowerCase(), String(one)]));
  } catch {
    return undefined;
  }
}
