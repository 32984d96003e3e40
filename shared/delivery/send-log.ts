import { LOGS_PER_PART, type PartAddress, type PlannedLog } from '../grouping/part.ts';
import type { World } from '../ports.ts';
import { durationText } from '../text/duration.ts';
import { retry, type NextStep, type Retried } from '../retry/retry.ts';
import type { Deadline } from '../retry/deadline.ts';
import type { DeliveryMode } from './delivery-options.ts';
import type { Halt, HaltReason } from './halt.ts';
import type { PassEnd } from './pace/pace-window.ts';
import type { PortalPace } from './pace/traffic.ts';
import type { Progress } from './progress.ts';
import type { RetryNotes } from './retry-notes.ts';
import type { RecordedAnswer, Recorder, RecordResult } from './recorder.ts';
import { nextStep } from './retry-policy.ts';
import { problemMessage, serviceProblem, type ServiceProblem } from './service-problem.ts';

/** What all logs of one portal share. */
export interface SendingContext {
  /** The portal's key. */
  readonly portal: string;
  readonly recorder: Recorder;
  readonly pace: PortalPace;
  readonly halt: Halt;
  readonly mode: DeliveryMode;
  readonly deadline: Deadline;
  readonly progress: Progress;
  readonly notes: RetryNotes;
  readonly world: World;
}

/** A part that is being written to. */
export interface OpenPart {
  readonly address: PartAddress;
  /** How many of its ten slots are taken: logs recorded, and attempts whose answer was lost. */
  slotsTaken: number;
}

/** A log on its way, through as many parts as it takes. */
export interface Sending {
  readonly log: PlannedLog;
  attempts: number;
  ambiguous: number;
  unauthorized: number;
  startedAt?: number;
}

/** What became of a log in one part. */
export type Sent =
  | { readonly kind: 'recorded'; readonly answer: RecordedAnswer }
  | { readonly kind: 'undelivered'; readonly reason: string; readonly problem?: ServiceProblem }
  /** The part has no slot left. `problem` is Desk's refusal, where Desk said so. */
  | { readonly kind: 'no-room'; readonly problem?: ServiceProblem };

/** An attempt that was made, or why it was not. */
type Attempted =
  RecordResult | { readonly kind: 'no-room' } | { readonly kind: 'halted'; readonly halted: HaltReason };

/** Sends one log into a part, again where that is right, until its fate in this part is known. Never rejects. */
export async function sendLog(sending: Sending, part: OpenPart, context: SendingContext): Promise<Sent> {
  const { deadline, world, mode, progress, notes } = context;
  try {
    let last: RecordResult | undefined;
    const retried = await retry(
      async () => {
        const result = await attempt(sending, part, last?.kind === 'crowded', context);
        if (result.kind !== 'halted' && result.kind !== 'no-room') last = result;
        return result;
      },
      (result) => stepAfter(result, sending, mode, world.random),
      {
        deadline,
        world,
        onAgain: (result, attempts, afterMs) => {
          progress.triedAgain();
          if ('problem' in result)
            notes.add(`"${sending.log.title}"`, attempts, result.problem, nextTry(result.kind, afterMs));
        },
      },
    );
    return sentOf(retried, last, sending, part, context);
  } catch (bug) {
    // A fault of our own must not take the report of all other logs with it.
    return { kind: 'undelivered', reason: unexpected(bug, world).answered };
  }
}

function stepAfter(result: Attempted, history: Sending, mode: DeliveryMode, random: () => number): NextStep {
  if (result.kind === 'recorded' || result.kind === 'halted' || result.kind === 'no-room') {
    return { kind: 'stop' };
  }
  return nextStep(result, history, mode, random);
}

/** One request, in its turn, and what it says about the portal's pace and the part's slots. */
async function attempt(
  sending: Sending,
  part: OpenPart,
  wasRefused: boolean,
  { portal, recorder, pace, halt, deadline, world }: SendingContext,
): Promise<Attempted> {
  if (isFull(part)) return { kind: 'no-room' };
  const { log } = sending;
  const haltedBefore = halt.reasonFor(portal, log.installationId);
  if (haltedBefore !== undefined) return { kind: 'halted', halted: haltedBefore };
  const pass = await pace.enter(wasRefused);
  let end: PassEnd = 'unused';
  try {
    await halt.cleared();
    const halted = halt.reasonFor(portal, log.installationId);
    if (halted !== undefined) return { kind: 'halted', halted };
    if (pass === undefined) return { kind: 'halted', halted: { reason: halt.outOfTime() } };

    sending.startedAt ??= world.now();
    sending.attempts += 1;
    end = 'unanswered';
    halt.attemptBegins();
    const result = await recordSafely(recorder, sending, part, world);
    if (result.kind === 'recorded' || result.kind === 'ambiguous') part.slotsTaken += 1;
    if (result.kind === 'ambiguous') sending.ambiguous += 1;
    if (result.kind === 'unauthorized') sending.unauthorized += 1;
    const stopping = stoppingProblem(result, deadline, world);
    if (stopping !== undefined) halt.stopFor(stopping, portal, log.installationId);
    halt.attemptEnds(result.kind === 'recorded');
    end = stopping === undefined ? passEndOf(result) : answeredOrNot(stopping);
    return result;
  } finally {
    pass?.done(end);
  }
}

/** A recorder that throws may have sent the log before. */
async function recordSafely(
  recorder: Recorder,
  { log }: Sending,
  { address }: OpenPart,
  world: World,
): Promise<RecordResult> {
  const { title, description, installationId } = log;
  try {
    return await recorder.record({ title, description, installationId, reference: address.wireReference });
  } catch (bug) {
    return { kind: 'ambiguous', problem: unexpected(bug, world) };
  }
}

function unexpected(bug: unknown, { secrets }: World): ServiceProblem {
  const message = bug instanceof Error ? bug.message : String(bug);
  return serviceProblem(
    { answered: `The attempt failed unexpectedly: ${message}.`, reach: 'log' },
    secrets.redact,
  );
}

/** What keeps other logs from being sent too, if the result says so; its `reach` says which. */
function stoppingProblem(
  result: RecordResult,
  deadline: Deadline,
  world: Pick<World, 'now'>,
): ServiceProblem | undefined {
  if (result.kind === 'final') return result.problem;
  if (result.kind !== 'refused' || result.problem.status !== 429) return undefined;
  const roomAgainAt = world.now() + (result.retryAfterMs ?? 0);
  return roomAgainAt >= deadline.at ? { ...result.problem, reach: 'portal' } : undefined;
}

/** What the portal's window learns from an answer. */
function passEndOf(result: RecordResult): PassEnd {
  switch (result.kind) {
    case 'crowded':
      return 'refused';
    case 'refused':
      // A Retry-After on a 429 is about the portal as a whole: its credits, or its load.
      return result.problem.status === 429 && result.retryAfterMs
        ? { stillForMs: result.retryAfterMs }
        : answeredOrNot(result.problem);
    case 'recorded':
      return 'taken';
    case 'unauthorized':
    case 'full':
    case 'final':
    case 'ambiguous':
      return answeredOrNot(result.problem);
  }
}

function answeredOrNot({ status }: ServiceProblem): PassEnd {
  return status === undefined ? 'unanswered' : 'answered';
}

function sentOf(
  { result, ended }: Retried<Attempted>,
  last: RecordResult | undefined,
  { log }: Sending,
  part: OpenPart,
  { portal, halt }: SendingContext,
): Sent {
  if (result.kind === 'recorded' || result.kind === 'no-room') return result;
  if (result.kind === 'halted') return notSent(result.halted, last);
  const { problem } = result;
  if (result.kind === 'full' && part.address.wireReference !== undefined) return { kind: 'no-room', problem };
  if (result.kind === 'unauthorized') halt.stopFor(problem, portal, log.installationId);
  const answered = [problem.answered, endedText(ended, halt)].filter(Boolean).join(' ');
  return { kind: 'undelivered', reason: problemMessage({ ...problem, answered }), problem };
}

/** A log that was not sent (any more), with the answer that it got before, if any. */
function notSent(halted: HaltReason, last: RecordResult | undefined): Sent {
  if (halted.problem !== undefined || last === undefined || last.kind === 'recorded') {
    return { kind: 'undelivered', ...halted };
  }
  const { problem } = last;
  const answered = `${problem.answered} ${halted.reason}`;
  return { kind: 'undelivered', reason: problemMessage({ ...problem, answered }), problem };
}

function endedText(ended: Retried<Attempted>['ended'], halt: Halt): string {
  switch (ended.kind) {
    case 'settled':
      return '';
    case 'cancelled':
      return 'The run was cancelled.';
    case 'out-of-time':
      return halt.outOfTime('to try again');
    case 'asked-to-wait':
      return `It asks to wait ${durationText(ended.forMs)}, which is longer than the time left.`;
  }
}

function isFull({ slotsTaken, address }: OpenPart): boolean {
  return address.wireReference !== undefined && slotsTaken >= LOGS_PER_PART;
}

function nextTry(kind: RecordResult['kind'], afterMs: number): string {
  if (kind === 'crowded') return 'It goes out again as soon as the portal has room.';
  if (kind === 'unauthorized') return 'A new token is asked for.';
  return `Next try in ${durationText(afterMs)}.`;
}
