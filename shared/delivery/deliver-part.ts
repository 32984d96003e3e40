import {
  headingTitle,
  LOGS_PER_PART,
  type Group,
  type Part,
  type PartPlace,
  type PlannedLog,
} from '../grouping/part.ts';
import { problemMessage } from '../zoho/service-problem.ts';
import type { DeliveredPart, HeadingLog, Outcome } from './outcome.ts';
import { sendLog, type DeliveryContext, type OpenPart, type Sending, type Sent } from './send-log.ts';

/**
 * How many parts in a row may turn out to be full before any log found room. Other senders fill a
 * few; more means that Desk refuses the reference for another reason.
 */
const FULL_PARTS_LIMIT = 10;

/**
 * Sends a part's logs one after another, each answered before the next. Logs that find no room, for
 * lost attempts or other senders took it, go on in the group's next free part under a heading.
 * @returns the part, and each further one that it rolled over into
 */
export async function deliverPart(
  part: Part,
  group: Group,
  context: DeliveryContext,
): Promise<DeliveredPart[]> {
  const delivered: DeliveredPart[] = [];
  let open: OpenPart = { place: part, taken: part.taken };
  let heading = part.heading;
  let queue = part.logs.map(toSend);
  let fullInARow = 0;
  for (;;) {
    const { outcomes, left, refusal } = await fillPart(open, heading, queue, group, context);
    fullInARow = left.length === queue.length ? fullInARow + 1 : 0;
    const givenUp = fullInARow < FULL_PARTS_LIMIT ? [] : left;
    outcomes.push(...givenUp.map((sending) => outcomeOf(sending, nowhere(refusal), open.place, context)));
    delivered.push(deliveredPart(open, outcomes, group));
    queue = left;
    if (left.length === givenUp.length) return delivered;
    open = { place: group.nextFreePart(), taken: 0 };
    heading = headingTitle(group.parentTitle, open.place.number);
  }
}

interface Filled {
  readonly outcomes: Outcome<PlannedLog | HeadingLog>[];
  /** The logs that found no room, in order. */
  readonly left: Sending[];
  readonly refusal?: Extract<Sent, { kind: 'no-room' }>;
}

/** Writes into one part until every log has been answered or there is no room. */
async function fillPart(
  open: OpenPart,
  heading: string | undefined,
  queue: Sending[],
  group: Group,
  context: DeliveryContext,
): Promise<Filled> {
  const outcomes: Filled['outcomes'] = [];
  const opening = heading === undefined ? [] : [toSend(headingLog(heading, group))];
  for (const [index, sending] of [...opening, ...queue].entries()) {
    const sent = await sendLog(sending, open, context);
    if (sent.kind === 'no-room') {
      // Desk may know of logs that others wrote here.
      open.taken = LOGS_PER_PART;
      const left = queue.slice(Math.max(0, index - opening.length));
      return { outcomes, left, refusal: sent };
    }
    outcomes.push(outcomeOf(sending, sent, open.place, context));
  }
  return { outcomes, left: [] };
}

function toSend(log: PlannedLog | HeadingLog): Sending {
  return { log, attempts: 0, ambiguous: 0, refreshed: false };
}

function headingLog(title: string, { installationId }: Group): HeadingLog {
  return { title, description: title, installationId, position: 'heading' };
}

function nowhere(refusal: Filled['refusal']): Exclude<Sent, { kind: 'no-room' }> {
  const problem = refusal?.problem;
  const answered = problem === undefined ? '' : ` ${problemMessage(problem)}`;
  const reason = `No part of the reference takes a log.${answered}`;
  return { kind: 'undelivered', reason, ...(problem && { problem }) };
}

function outcomeOf(
  { log, ambiguous, startedAt }: Sending,
  sent: Exclude<Sent, { kind: 'no-room' }>,
  place: PartPlace,
  { world }: DeliveryContext,
): Outcome<PlannedLog | HeadingLog> {
  const now = world.now();
  const common = { log, place, durationMs: now - (startedAt ?? now) };
  if (sent.kind === 'recorded') {
    return { kind: 'recorded', ...common, answer: sent.answer, lostAttempts: ambiguous };
  }
  const { status, errorCode } = sent.problem ?? {};
  return {
    kind: 'undelivered',
    ...common,
    reason: sent.reason,
    mayBeRecorded: ambiguous > 0,
    ...(status !== undefined && { status }),
    ...(errorCode !== undefined && { errorCode }),
  };
}

function deliveredPart(
  { place: { number, wireReference }, taken }: OpenPart,
  outcomes: DeliveredPart['outcomes'],
  { installationId, reference }: Group,
): DeliveredPart {
  return { place: { number, wireReference }, installationId, reference, taken, outcomes };
}
