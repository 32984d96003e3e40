import { isFailure, conclusionOf } from './conclusion.ts';
import type { RunJob, RunStep } from './run-jobs.ts';
import { isActionReference } from './step-name.ts';

/** What the runner says about the job that the Action runs in. */
export interface OwnJob {
  /** `job.check_run_id`, which is the REST id of the job; empty on servers that do not know it. */
  readonly checkRunId: string;
  /** `job.status`: how the job has gone up to now. */
  readonly jobStatus: string;
  readonly runnerName: string;
  /** The job's key in the workflow; its name differs for a matrix and a reusable workflow. */
  readonly jobKey: string;
  /** `owner/repo` and ref of the Action, as they stand in the name of a step without a name. */
  readonly actionRepository: string;
  readonly actionRef: string;
  /** The Action runs inside a composite action: GitHub lists only the composite action's own step. */
  readonly isInComposite: boolean;
  readonly phase: 'main' | 'post';
  /** When this process began, in milliseconds since 1970. */
  readonly startedAt: number;
}

/** Steps that the runner adds by itself. */
const BOOKKEEPING = new Set([
  'Set up job',
  'Complete job',
  'Set up runner',
  'Initialize containers',
  'Stop containers',
]);

/** The runner starts our process at once, and has the time of the step from the same clock, in whole seconds. */
const START_TOLERANCE_MS = 3_000;

/** How long GitHub may still list a step that has ended as in progress. */
const LAG_MS = 3_000;

/**
 * The job that this process runs in. Names do not identify it: those of a matrix or a reusable
 * workflow are cut. Without the id, it is the one job on the same runner that has not ended.
 */
export function findOwnJob(jobs: readonly RunJob[], own: OwnJob): RunJob | undefined {
  if (own.checkRunId !== '') return jobs.find(({ id }) => String(id) === own.checkRunId);
  const open = jobs.filter(({ status }) => status !== 'completed');
  const onRunner = open.filter(({ runner_name: name }) => name && name === own.runnerName);
  const byName = open.filter(({ name }) => name === own.jobKey);
  return [onRunner, byName, open].find((candidates) => candidates.length === 1)?.[0];
}

/**
 * Whether GitHub has caught up: every step before the Action's own has ended.
 * @param runningMs for how long this process has been running
 */
export function isSettled({ steps }: RunJob, own: OwnJob, runningMs: number): boolean {
  const current = findOwnStep(steps, own, runningMs);
  if (current === undefined) return false;
  const before = steps.filter(({ number }) => number < current.number);
  // A job fails only through a step.
  const knowsWhy = own.jobStatus !== 'failure' || before.some((step) => isFailure(conclusionOf(step)));
  return knowsWhy && before.every(({ status }) => status === 'completed');
}

/**
 * The steps of a job that are reported: not the runner's own ones, not those that only an action
 * reference names, and not the Action itself, unless they failed; and in this process's own job, not
 * what is still to come.
 */
export function stepsToReport({ steps }: RunJob, own: OwnJob, isOwn: boolean): RunStep[] {
  const ownStep = isOwn ? findOwnStep(steps, own, Infinity) : undefined;
  const ownName = ownStep && mainNameOf(ownStep, own);
  const closing = closingSteps(steps);
  return steps.filter((step) => {
    if (isFailure(conclusionOf(step))) return true;
    if (isOwn && step.status !== 'completed') return false;
    const isOfAction = step.name === ownName || isActionReference(step.name);
    return !isOfAction && !isBookkeeping(step, steps) && !closing.has(step);
  });
}

/**
 * The step that this process belongs to: the last that is in progress. Undefined where the list still
 * lags behind, and shows a step before ours.
 */
function findOwnStep(steps: readonly RunStep[], own: OwnJob, runningMs: number): RunStep | undefined {
  const current = steps.findLast(({ status }) => status === 'in_progress');
  if (current === undefined) return undefined;
  if (own.phase === 'post' && !closingSteps(steps).has(current)) return undefined;
  if (beganBefore(current, own.startedAt) && mayHaveOwnStepAfter(current, steps)) {
    // A composite action's step begins long before the Action inside of it does, and looks like one that lags.
    return own.isInComposite && runningMs >= LAG_MS ? current : undefined;
  }
  if (own.phase === 'post') return current;
  const next = steps.find(({ number }) => number > current.number);
  const isBefore = next !== undefined && isNamedAfterAction(next.name, own);
  return isBefore && !isNamedAfterAction(current.name, own) ? undefined : current;
}

/** A step that began too early is ours all the same when no later one can be: it is a composite action's. */
function mayHaveOwnStepAfter(current: RunStep, steps: readonly RunStep[]): boolean {
  const closing = closingSteps(steps);
  return steps.some(
    (step) => step.number > current.number && !closing.has(step) && !isBookkeeping(step, steps),
  );
}

function beganBefore({ started_at: start }: RunStep, time: number): boolean {
  return start === null || Date.parse(start) < time - START_TOLERANCE_MS;
}

/** In the post phase the step in progress is "Post <name of the Action's step>". */
function mainNameOf({ name }: RunStep, { phase }: OwnJob): string {
  return phase === 'post' ? name.replace(/^Post /, '') : name;
}

/**
 * The post steps with which the runner closes a job. Each is named after a step of the same job, and
 * nothing but bookkeeping comes after them: a user's own "Post the notes" is not one of them.
 */
function closingSteps(steps: readonly RunStep[]): ReadonlySet<RunStep> {
  const names = new Set(steps.map(({ name }) => `Post ${name}`));
  const lastOfUser = steps.findLastIndex(({ name }) => !names.has(name) && !BOOKKEEPING.has(name));
  return new Set(steps.slice(lastOfUser + 1).filter(({ name }) => names.has(name)));
}

/** An action's "Pre" step is named after its step, as its post step is. */
function isBookkeeping({ name }: RunStep, steps: readonly RunStep[]): boolean {
  return BOOKKEEPING.has(name) || steps.some((step) => `Pre ${step.name}` === name);
}

/** "Run owner/repo@ref", or "Run owner/repo/folder@ref". */
function isNamedAfterAction(name: string, { actionRepository, actionRef }: OwnJob): boolean {
  if (actionRepository === '') return false;
  const after = name.startsWith(`Run ${actionRepository}`) && name.slice(`Run ${actionRepository}`.length);
  return after !== false && /^[/@]/.test(after) && after.endsWith(`@${actionRef}`);
}
