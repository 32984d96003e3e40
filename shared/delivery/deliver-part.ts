import {
  headingLog,
  LOGS_PER_PART,
  type Group,
  type Part,
  type PartAddress,
  type PlannedLog,
} from '../grouping/part.ts';
import type { DeliveredPart, Outcome } from './outcome.ts';
import { sendLog, type OpenPart, type Sending, type SendingContext, type Sent } from './send-log.ts';
import { problemMessage } from './service-problem.ts';

/**
 * How many parts in a row may turn out to be full before any log found room. Other senders fill a
 * few; more means that Desk refuses the reference for another reason.
 */
const FULL_PARTS_LIMIT = 10;

/**
 * Sends a part's logs one after another, each answered before the next. Logs that find no room,
 * because lost attempts or other senders took it, go on in the group's next free part under a heading.
 * @returns the part, and each further one that it went on in
 */
export async function deliverPart(
  part: Part,
  group: Group,
  context: SendingContext,
): Promise<DeliveredPart[]> {
  const delivered: DeliveredPart[] = [];
  let open: OpenPart = { address: part, slotsTaken: part.slotsTaken };
  let { heading } = part;
  let queue = part.logs.map(toSend);
  let fullInARow = 0;
  for (;;) {
    const { outcomes, left, refusal, filledByOthers } = await fillPart(open, heading, queue, context);
    fullInARow = left.length === queue.length ? fullInARow + 1 : 0;
    const givenUp = fullInARow < FULL_PARTS_LIMIT ? [] : left;
    outcomes.push(...givenUp.map((sending) => outcomeOf(sending, nowhere(refusal), open.address, context)));
    delivered.push(deliveredPart(open, outcomes, filledByOthers, group, context));
    queue = left;
    if (left.length === givenUp.length) return delivered;
    open = { address: group.nextFreePart(), slotsTaken: 0 };
    heading = headingLog(group.parentTitle, group.installationId, open.address.number);
  }
}

interface Filled {
  readonly outcomes: Outcome[];
  /** The logs that found no room, in order. */
  readonly left: Sending[];
  readonly refusal?: Extract<Sent, { kind: 'no-room' }>;
  /** Desk said that the part is full although, by our own count, our logs had left room. */
  readonly filledByOthers: boolean;
}

/** Writes into one part until every log has been answered or there is no room. */
async function fillPart(
  open: OpenPart,
  heading: PlannedLog | undefined,
  queue: Sending[],
  context: SendingContext,
): Promise<Filled> {
  const outcomes: Filled['outcomes'] = [];
  const opening = heading === undefined ? [] : [toSend(heading)];
  for (const [index, sending] of [...opening, ...queue].entries()) {
    const sent = await sendLog(sending, open, context);
    if (sent.kind === 'no-room') {
      const left = queue.slice(Math.max(0, index - opening.length));
      // A part that was full before any log of ours is another sender's, and mixes nothing.
      const filledByOthers = sent.problem !== undefined && open.slotsTaken > 0;
      open.slotsTaken = LOGS_PER_PART;
      return { outcomes, left, refusal: sent, filledByOthers };
    }
    if (index >= opening.length) context.progress.logDone();
    outcomes.push(outcomeOf(sending, sent, open.address, context));
  }
  return { outcomes, left: [], filledByOthers: false };
}

function toSend(log: PlannedLog): Sending {
  return { log, attempts: 0, ambiguous: 0, unauthorized: 0 };
}

function nowhere(refusal: Filled['refusal']): Exclude<Sent, { kind: 'no-room' }> {
  const problem = refusal?.problem;
  const answered = problem === undefined ? '' : ` ${problemMessage(problem)}`;
  const reason = `Desk refused every part of this reference.${answered}`;
  return { kind: 'undelivered', reason, ...(problem && { problem }) };
}

function outcomeOf(
  { log, ambiguous, startedAt }: Sending,
  sent: Exclude<Sent, { kind: 'no-room' }>,
  { number, wireReference }: PartAddress,
  { world }: SendingContext,
): Outcome {
  const now = world.now();
  const common = { log, part: { number, wireReference }, durationMs: now - (startedAt ?? now) };
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
  { address: { number, wireReference }, slotsTaken }: OpenPart,
  outcomes: DeliveredPart['outcomes'],
  filledByOthers: boolean,
  { installationId, reference }: Group,
  { portal }: SendingContext,
): DeliveredPart {
  const address = { number, wireReference };
  return { address, portal, installationId, reference, slotsTaken, filledByOthers, outcomes };
}
