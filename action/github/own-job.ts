import { isFailure, outcomeOf } from './outcome.ts';
import type { RunJob, RunStep } from './run-jobs.ts';

/** What the runner told the Action about the job that it runs in. */
export interface OwnJob {
  /** `job.check_run_id`, which is the REST id of the job; empty on servers that do not know it. */
  readonly checkRunId: string;
  readonly runnerName: string;
  /** The job's key in the workflow; its name differs for a matrix and a reusable workflow. */
  readonly jobKey: string;
  /** `owner/repo` and ref of the Action, as they stand in the name of a step without a name. */
  readonly actionRepository: string;
  readonly actionRef: string;
  readonly phase: 'main' | 'post';
}

const BOOKKEEPING = new Set([
  'Set up job',
  'Complete job',
  'Set up runner',
  'Initialize containers',
  'Stop containers',
]);

/**
 * The job that this process runs in. Names are no safe way to it: those of a matrix or a reusable
 * workflow are cut. Without the id, a job that is not over on the same runner is the own one.
 */
export function findOwnJob(jobs: readonly RunJob[], own: OwnJob): RunJob | undefined {
  if (own.checkRunId !== '') return jobs.find(({ id }) => String(id) === own.checkRunId);
  const open = jobs.filter(({ status }) => status !== 'completed');
  const onRunner = open.filter(({ runner_name: name }) => name && name === own.runnerName);
  const byName = open.filter(({ name }) => name === own.jobKey);
  return [onRunner, byName, open].find((candidates) => candidates.length === 1)?.[0];
}

/** Whether GitHub has caught up: every step is over but the Action's own and what comes after it. */
export function isSettled(job: RunJob, own: OwnJob): boolean {
  const steps = job.steps ?? [];
  const current = steps.filter(({ status }) => status === 'in_progress').at(-1);
  if (current === undefined) return false;
  const isOwn = own.phase === 'post' ? isPostStep(current, steps) : mayBeOwnMainStep(current, steps, own);
  const before = steps.filter(({ number }) => number < current.number);
  return isOwn && before.every(({ status }) => status === 'completed');
}

/**
 * The steps of a job that a log tells of: not the runner's bookkeeping and not the Action itself,
 * unless they failed; and of the own job, not what is still to come.
 */
export function stepsToTell(job: RunJob, own: OwnJob, isOwn: boolean): RunStep[] {
  const steps = [...(job.steps ?? [])];
  const ownNames = isOwn ? ownStepNames(steps, own) : new Set<string>();
  return steps.filter((step) => {
    if (isFailure(outcomeOf(step))) return true;
    if (isOwn && step.status !== 'completed') return false;
    return !BOOKKEEPING.has(step.name) && !isPostStep(step, steps) && !ownNames.has(step.name);
  });
}

/** A post step is named after a step of the same job; a user's own "Post the notes" is not. */
function isPostStep({ name }: RunStep, steps: readonly RunStep[]): boolean {
  return name.startsWith('Post ') && steps.some((step) => `Post ${step.name}` === name);
}

function ownStepNames(steps: readonly RunStep[], own: OwnJob): Set<string> {
  const inProgress = steps.filter(({ status }) => status === 'in_progress').map(({ name }) => name);
  const unnamed = steps.filter(({ name }) => isNamedAfterAction(name, own)).map(({ name }) => name);
  // In the post phase the step in progress is "Post <name of the Action's step>".
  const current = own.phase === 'post' ? inProgress.map((name) => name.replace(/^Post /, '')) : inProgress;
  return new Set([...unnamed, ...current]);
}

/** With unnamed steps of the Action in the job, the current one has to be one of them. */
function mayBeOwnMainStep({ name }: RunStep, steps: readonly RunStep[], own: OwnJob): boolean {
  const anyUnnamed = steps.some((step) => isNamedAfterAction(step.name, own) && step.status !== 'completed');
  return !anyUnnamed || isNamedAfterAction(name, own);
}

function isNamedAfterAction(name: string, { actionRepository, actionRef }: OwnJob): boolean {
  if (actionRepository === '') return false;
  return name.startsWith(`Run ${actionRepository}`) && name.endsWith(`@${actionRef}`);
}
