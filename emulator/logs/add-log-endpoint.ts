import { type Answer, deskError, json } from '../http/answers.ts';
import { LOG_SCOPE } from '../portals/credentials.ts';
import type { Desk } from '../desk/desk.ts';
import type { Outcome } from '../faults/fault-queue.ts';
import { checkFields } from './log-fields.ts';
import type { RecordedLog } from './log-store.ts';
import type { Request } from '../http/request.ts';
import type { Switches } from '../desk/switches.ts';

/** The route of *Add a Log* [D]. */
export const LOG_PATH = '/api/v1/extensionLogs';

/** What came of a log request, and what gives its place among the concurrent calls back once it is answered. */
export interface LogOutcome extends Outcome {
  giveBack: () => void;
}

/** Answers `POST /api/v1/extensionLogs`, in the contract's order of checks. */
export function answerLogRequest(request: Request, desk: Desk): LogOutcome {
  const now = desk.clock.now();
  const delayMs = desk.switches.latencyMs;
  const early = refuseMethod(request) ?? refuseCaller(request, desk);
  if (early !== null) return refused(early, delayMs);
  const checked = readBody(request) ?? checkFields(request, desk);
  if ('reaches' in checked) return refused(rated(checked, desk), delayMs);
  // Who is over the limit hears so at once, whatever the latency.
  const call = desk.limits.take(desk.switches, now);
  if (typeof call !== 'function') return refused(rated(call, desk), 0);
  const log = desk.logs.record(checked, desk.switches, now);
  if (log === 'full') return { ...refused(rated(referenceFull(), desk), delayMs), giveBack: call };
  desk.witnesses.tell('log', { logId: log.logId, parentLogId: log.parentLogId, title: log.title });
  const answer = rated(json(200, answerBody(log, desk.switches)), desk);
  return { answer, done: true, logId: log.logId, delayMs, giveBack: call };
}

function refused(answer: Answer, delayMs: number): LogOutcome {
  return { answer, done: false, logId: null, delayMs, giveBack: () => undefined };
}

function refuseMethod(request: Request): Answer | null {
  return request.method === 'POST' ? null : deskError('METHOD_NOT_ALLOWED', { headers: { allow: 'POST' } });
}

/** Token, organization and scope, in this order. */
function refuseCaller({ headers }: Request, desk: Desk): Answer | null {
  const token = /^(?:Zoho-oauthtoken|Bearer)\s+(\S+)$/i.exec(headers['authorization'] ?? '')?.[1];
  if (token === undefined) return deskError('UNAUTHORIZED');
  const grant = desk.accessTokens.grantOf(token, desk.clock.now());
  if (grant === undefined) return deskError('INVALID_OAUTH');
  const orgId = headers['orgid'];
  if (orgId !== undefined && !/^\d+$/.test(orgId)) return deskError('INTERNAL_SERVER_ERROR'); // [P]
  if (orgId !== grant.orgId) return deskError('OAUTH_ORG_MISMATCH');
  return grant.scopes.includes(LOG_SCOPE) ? null : deskError('SCOPE_MISMATCH');
}

/** What is wrong with the body before anyone looks at its fields. */
function readBody(request: Request): Answer | null {
  const mediaType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') return deskError('UNSUPPORTED_MEDIA_TYPE');
  return request.tooLarge ? deskError('RESOURCE_SIZE_EXCEEDED') : null;
}

// How the service refuses an 11th log is unknown [U]: this is the contract's guess.
function referenceFull(): Answer {
  return deskError('INVALID_DATA', {
    errors: [{ fieldName: '/reference', errorType: 'invalid', errorMessage: '' }],
  });
}

function rated(answer: Answer, desk: Desk): Answer {
  return {
    ...answer,
    headers: { ...answer.headers, ...desk.limits.headers(desk.switches, desk.clock.now()) },
  };
}

/** The bare object of the contract's success row [D], with the parent's own parent id as the switch says [U]. */
function answerBody(log: RecordedLog, { parentIdOfParent }: Switches): object {
  const { extensionName, description, logId, installationId, title, logTime } = log;
  const rest = { extensionName, description, logId, installationId, title, logTime };
  if (log.parentLogId !== null) return { parentLogId: log.parentLogId, ...rest };
  const own = {
    absent: {},
    null: { parentLogId: null },
    empty: { parentLogId: '' },
    self: { parentLogId: logId },
  };
  return { ...own[parentIdOfParent], ...rest };
}
