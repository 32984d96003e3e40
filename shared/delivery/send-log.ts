import type { Connection } from '../zoho/portal.ts';
import { addLogRequest, readAddLogResult, type AddLogResult, type RecordedAnswer } from '../zoho/add-log.ts';
import { problemMessage, type ServiceProblem } from '../zoho/service-problem.ts';
import { LOGS_PER_PART, type PartPlace, type PlannedLog } from '../grouping/part.ts';
import type { TokenSource } from '../zoho/oauth/token-source.ts';
import { oneLine } from '../text/one-line.ts';
import type { World } from '../ports.ts';
import { requestTimeoutMs, type Deadline } from '../retry/deadline.ts';
import type { Gate } from './gate.ts';
import type { Halt } from './halt.ts';
import type { HeadingLog } from './outcome.ts';
import { nextStep, type DeliveryMode } from './retry-policy.ts';

/** What all logs of one delivery share. */
export interface DeliveryContext {
  readonly connection: Connection;
  readonly tokens: TokenSource;
  readonly mode: DeliveryMode;
  readonly deadline: Deadline;
  readonly gate: Gate;
  readonly halt: Halt;
  readonly world: World;
}

/** A part that is being written to. */
export interface OpenPart {
  readonly place: PartPlace;
  /** How many of its ten places are taken: logs recorded, and attempts whose answer was lost. */
  taken: number;
}

/** A log on its way, through as many parts as it takes. */
export interface Sending {
  readonly log: PlannedLog | HeadingLog;
  attempts: number;
  ambiguous: number;
  refreshed: boolean;
  startedAt?: number;
}

export type Sent =
  | { readonly kind: 'recorded'; readonly answer: RecordedAnswer }
  | { readonly kind: 'undelivered'; readonly reason: string; readonly problem?: ServiceProblem }
  /** The part has no place left; what it was refused with, if Desk said so itself. */
  | { readonly kind: 'no-room'; readonly problem?: ServiceProblem };

/** Sends one log into a part, again where that is right, until its fate in this part is known. */
export async function sendLog(sending: Sending, part: OpenPart, context: DeliveryContext): Promise<Sent> {
  const { installationId } = sending.log;
  const { halt, world, deadline } = context;
  for (;;) {
    if (isFull(part)) return { kind: 'no-room' };
    const result = await attempt(sending, part, context);
    if (result.kind === 'halted') return { kind: 'undelivered', ...result.halted };
    if (result.kind === 'recorded') return result;
    const { problem } = result;
    if (result.kind === 'full' && part.place.wireReference !== undefined) return { kind: 'no-room', problem };

    const step = nextStep(result, sending, context.mode, world.random);
    if (step.kind === 'give-up') {
      halt.stopFor(problem, installationId);
      return { kind: 'undelivered', reason: problemMessage(problem), problem };
    }
    if (world.now() + step.afterMs >= deadline.at) {
      halt.stopFor(problem, installationId);
      const waiting = result.kind === 'refused' && result.retryAfterMs !== undefined;
      const reason = waiting
        ? `It asks to wait ${step.afterMs / 1_000} s, which is too long.`
        : halt.outOfTime();
      const answered = `${problem.answered} ${reason}`;
      return { kind: 'undelivered', reason: problemMessage({ ...problem, answered }), problem };
    }
    if (result.kind === 'unauthorized') sending.refreshed = true;
    const next = result.kind === 'unauthorized' ? 'with a fresh token' : `in ${step.afterMs} ms`;
    world.journal.info(
      `${titleOf(sending, world)}, attempt ${sending.attempts}: ${problem.answered} Next try ${next}.`,
    );
    await world.sleep(step.afterMs, deadline.signal);
  }
}

function isFull({ taken, place }: OpenPart): boolean {
  return place.wireReference !== undefined && taken >= LOGS_PER_PART;
}

type Attempted =
  AddLogResult | { readonly kind: 'halted'; readonly halted: NonNullable<ReturnType<Halt['reasonFor']>> };

/** One request, in its turn, and what it says about the token, the gate and the part's places. */
async function attempt(sending: Sending, part: OpenPart, context: DeliveryContext): Promise<Attempted> {
  const { tokens, gate } = context;
  const pass = await gate.enter();
  try {
    // The token is asked for only now, so that nobody sends one that was refused while it waited.
    const halted = context.halt.reasonFor(sending.log.installationId);
    if (halted) return { kind: 'halted', halted };
    const token = await tokens.get();
    if (token.kind === 'failed') return { kind: 'final', problem: token.problem };
    const haltedSince = context.halt.reasonFor(sending.log.installationId);
    if (haltedSince) return { kind: 'halted', halted: haltedSince };

    const result = await post(sending, part, token.value, context);
    if (result.kind === 'recorded') gate.widen();
    if (result.kind === 'refused' && result.problem.status === 429) gate.narrow(pass);
    if (result.kind === 'unauthorized') tokens.refused(token.value, result.problem);
    return result;
  } finally {
    gate.leave();
  }
}

async function post(
  sending: Sending,
  part: OpenPart,
  token: string,
  context: DeliveryContext,
): Promise<AddLogResult> {
  const { world, deadline, connection } = context;
  const startedAt = world.now();
  sending.startedAt ??= startedAt;
  sending.attempts += 1;
  const body = { ...sending.log, reference: part.place.wireReference };
  const request = addLogRequest(body, connection, token, requestTimeoutMs(deadline, startedAt));
  const result = readAddLogResult(await world.transport.send(request, deadline.signal), world.secrets.redact);
  if (result.kind === 'recorded' || result.kind === 'ambiguous') part.taken += 1;
  if (result.kind === 'ambiguous') sending.ambiguous += 1;
  return result;
}

/** A title comes from outside too: it may hold a secret, or a second line that looks like ours. */
function titleOf({ log }: Sending, { secrets }: World): string {
  return `"${oneLine(secrets.redact(log.title))}"`;
}
