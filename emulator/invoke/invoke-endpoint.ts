import type { Desk } from '../desk/desk.ts';
import type { Switches } from '../desk/switches.ts';
import type { Outcome } from '../faults/fault-queue.ts';
import { type Answer, deskError } from '../http/answers.ts';
import type { Request } from '../http/request.ts';
import { addLog, refused } from '../logs/add-log.ts';
import { switchesOf } from '../portals/portal.ts';
import { inEnvelope } from './envelope.ts';
import { isHashOf } from './hash.ts';
import { readInnerCall } from './inner-call.ts';

/** The route of the Invoke API. */
export const INVOKE_PATH = '/api/v1/invoke';

const FORM = 'application/x-www-form-urlencoded';

/**
 * Answers `POST /api/v1/invoke`: checks who calls, makes the call inside for the installation that the
 * securityContext names, and puts its answer into an envelope.
 */
export function answerInvoke(request: Request, desk: Desk): Outcome {
  const { headers, url } = request;
  const orgId = url.searchParams.get('orgId');
  const portal = desk.portals.withOrgId(orgId);
  const switches = portal === undefined ? desk.switches : switchesOf(portal, desk.switches);
  const refuse = (answer: Answer): Outcome => refused(answer, switches.latencyMs);
  if (request.method !== 'POST')
    return refuse(deskError('METHOD_NOT_ALLOWED', { headers: { allow: 'POST' } }));
  if (!headers['content-type']?.toLowerCase().startsWith(FORM))
    return refuse(deskError('UNSUPPORTED_MEDIA_TYPE'));
  if (request.tooLarge) return refuse(deskError('RESOURCE_SIZE_EXCEEDED'));
  const form = new URLSearchParams(request.body ?? '');
  const { extensionSecret } = desk.credentials;
  if (!isHashOf(headers['hash'], form, extensionSecret)) return refuse(notProcessed(switches));
  // A context that no longer works is answered as a wrong HASH is: a vendor cannot tell one from the other.
  const caller = desk.portals.withContext(form.get('securityContext') ?? '');
  if (caller === undefined) return refuse(notProcessed(switches));
  if (caller.portal !== portal) return refuse(deskError('FORBIDDEN'));
  const inner = readInnerCall(form, caller.installation, { portal, desk, host: headers['host'] });
  const outcome = 'reaches' in inner ? refuse(inner) : addLog(inner, portal, desk);
  return { ...outcome, answer: inEnvelope(outcome.answer, switches) };
}

// "Will not be processed" is all that Zoho's page says of a wrong HASH, so its status is a switch.
function notProcessed({ badHash }: Switches): Answer {
  return deskError(({ 400: 'BAD_REQUEST', 401: 'UNAUTHORIZED', 403: 'FORBIDDEN' } as const)[badHash]);
}
