import type { Desk } from '../desk/desk.ts';
import type { Outcome } from '../faults/fault-queue.ts';
import { type Answer, deskError } from '../http/answers.ts';
import type { Request } from '../http/request.ts';
import { LOG_SCOPE } from '../portals/credentials.ts';
import { type Portal, switchesOf } from '../portals/portal.ts';
import { addLog, refused } from './add-log.ts';

/** Answers `POST /api/v1/extensionLogs`. Its checks, in order: method, caller, and the log itself. */
export function answerAddLog(request: Request, desk: Desk): Outcome {
  const { headers, url, body, tooLarge } = request;
  const named = desk.portals.withOrgId(headers['orgid']);
  const { latencyMs } = named === undefined ? desk.switches : switchesOf(named, desk.switches);
  if (request.method !== 'POST')
    return refused(deskError('METHOD_NOT_ALLOWED', { headers: { allow: 'POST' } }), latencyMs);
  const portal = portalOfCaller(request, named, desk);
  if ('reaches' in portal) return refused(portal, latencyMs);
  return addLog(
    { contentType: headers['content-type'], query: url.searchParams, body, tooLarge },
    portal,
    desk,
  );
}

/** The portal that the caller may write to, or the refusal: token, organization and scope, in this order. */
function portalOfCaller(
  { headers }: Request,
  named: Portal | undefined,
  { accessTokens, clock }: Desk,
): Portal | Answer {
  const token = /^(?:Zoho-oauthtoken|Bearer)\s+(\S+)$/i.exec(headers['authorization'] ?? '')?.[1];
  if (token === undefined) return deskError('UNAUTHORIZED');
  const grant = accessTokens.grantOf(token, clock.now());
  if (grant === undefined) return deskError('INVALID_OAUTH');
  const orgId = headers['orgid'];
  // Seen: the real service has an internal error for an id that is not a number.
  if (orgId !== undefined && !/^\d+$/.test(orgId)) return deskError('INTERNAL_SERVER_ERROR');
  if (named === undefined || orgId !== grant.orgId) return deskError('OAUTH_ORG_MISMATCH');
  return grant.scopes.includes(LOG_SCOPE) ? named : deskError('SCOPE_MISMATCH');
}
