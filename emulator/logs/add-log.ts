import type { Desk } from '../desk/desk.ts';
import type { Switches } from '../desk/switches.ts';
import { NOTHING_DONE, type Outcome } from '../faults/fault-queue.ts';
import { type Answer, deskError, json } from '../http/answers.ts';
import { type Portal, switchesOf } from '../portals/portal.ts';
import { checkFields } from './log-fields.ts';
import type { RecordedLog } from './log-store.ts';

/** The route of *Add a Log*. */
export const LOG_PATH = '/api/v1/extensionLogs';

/** What a caller who has been let into a portal asks for. */
export interface LogCall {
  contentType: string | undefined;
  query: URLSearchParams;
  /** Undefined when it is larger than the cap or not UTF-8. */
  body: string | undefined;
  tooLarge: boolean;
}

/** Adds a log to a portal. Its checks, in order: media type, JSON, fields, limits. */
export function addLog(call: LogCall, portal: Portal, desk: Desk): Outcome {
  const now = desk.clock.now();
  const switches = switchesOf(portal, desk.switches);
  const rated = (answer: Answer): Answer => ({
    ...answer,
    headers: { ...answer.headers, ...portal.limits.headers(switches, now) },
  });
  const checked = refuseBody(call) ?? checkFields(call, portal, switches);
  if ('reaches' in checked) return refused(rated(checked), switches.latencyMs);
  // A call over the limit is refused at once, whatever the latency.
  const place = portal.limits.take(switches, now);
  if (typeof place !== 'function') return refused(rated(place), 0);
  const log = desk.logs.record(checked, switches, now);
  if (log === 'full') return { ...refused(rated(referenceFull()), switches.latencyMs), giveBack: place };
  const { logId, parentLogId, title, orgId } = log;
  desk.pageEvents.tell('log', { logId, parentLogId, title, orgId });
  const answer = rated(json(200, answerBody(log, switches)));
  return { answer, done: true, logId, delayMs: switches.latencyMs, giveBack: place };
}

/** A request that ends with this answer, and leaves no log. */
export function refused(answer: Answer, delayMs: number): Outcome {
  return { ...NOTHING_DONE, answer, delayMs };
}

/** What is wrong with the body before anyone looks at its fields. */
function refuseBody({ contentType, tooLarge }: LogCall): Answer | null {
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') return deskError('UNSUPPORTED_MEDIA_TYPE');
  return tooLarge ? deskError('RESOURCE_SIZE_EXCEEDED') : null;
}

// How the service refuses an 11th log is not documented. This is the likeliest form.
function referenceFull(): Answer {
  return deskError('INVALID_DATA', {
    errors: [{ fieldName: '/reference', errorType: 'invalid', errorMessage: '' }],
  });
}

/** The bare object that Zoho's page shows, with the parent's own parent id as the switch says. */
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
