import { BadInput } from '../bad-input.ts';
import { workflowProblems } from './check-workflow.ts';
import { conditionHolds, evaluateText, evaluateValue, type Contexts } from './expressions.ts';
import { namedAfterThemselves, runContexts, withValues } from './made-up-contexts.ts';
import { eventNames, madeUpEvent, type MadeUpEvent } from './made-up-event.ts';
import { legsOf } from './matrix.ts';
import { report, type MadeUpRun, type TriedStep, type TryOptions } from './made-up-run.ts';
import { FIRST_JOB_ID, type JobRecord } from './run-record.ts';
import { runLeg } from './run-leg.ts';
import { jobsInOrder, neededJobs, readWorkflow, stepName, usesAction } from './workflow.ts';
import type { Workflow, WorkflowJob } from './workflow-shape.ts';

type Result = 'success' | 'failure' | 'skipped';
type Needs = Record<string, { readonly result: Result; readonly outputs: Readonly<Record<string, string>> }>;

/**
 * Runs every step of a workflow that uses the Action, in a made-up run: all other steps are only
 * recorded as run. Throws a `BadInput` that says all that is wrong with the workflow, before anything runs.
 */
export async function tryWorkflow(text: string, options: TryOptions): Promise<readonly TriedStep[]> {
  const workflow = readWorkflow(text);
  const problems = await workflowProblems(workflow);
  problems.push(...failingStepProblems(workflow, options));
  if (problems.length > 0) throw new BadInput(problems.join('\n'));
  const event = eventOf(workflow, options);
  const run: MadeUpRun = { options, workflow, text, event, records: [], tried: [] };
  const contexts = withValues(runContexts(event, workflow.name ?? 'Deploy', text), options.values ?? {});
  const needs: Needs = {};
  for (const jobId of jobsInOrder(workflow)) await runJob(jobId, run, contexts, needs);
  return run.tried;
}

function eventOf(workflow: Workflow, { event }: TryOptions): MadeUpEvent {
  const names = eventNames(workflow);
  const name = event ?? names[0] ?? 'push';
  if (event !== undefined && !names.includes(event))
    throw new BadInput(
      `The event "${event}" does not start this workflow. Its events are ${names.join(', ')}.`,
    );
  return madeUpEvent(name, workflow);
}

function failingStepProblems({ jobs }: Workflow, { failingStep }: TryOptions): string[] {
  const others = Object.values(jobs).flatMap(({ steps = [] }) => steps.filter((step) => !usesAction(step)));
  const names = others.map((step) => step.id ?? stepName(step));
  const isThere = others.some((step) => step.id === failingStep || stepName(step) === failingStep);
  if (failingStep === undefined || isThere) return [];
  return [
    `No step is called "${failingStep}", by its id or its name, so it cannot fail. Steps are: ${names.join(', ')}.`,
  ];
}

async function runJob(jobId: string, run: MadeUpRun, runsContexts: Contexts, needs: Needs): Promise<void> {
  const job = run.workflow.jobs[jobId] ?? {};
  const needed = Object.fromEntries(neededJobs(job).map((id) => [id, needs[id]]));
  const contexts = withValues({ ...runsContexts, needs: needed }, run.options.values ?? {});
  const allWentWell = Object.values(needed).every((one) => one?.result === 'success');
  const outputs = namedAfterThemselves(`needs.${jobId}.outputs`, run.text);
  if (!conditionHolds(job.if, contexts, allWentWell ? 'success' : 'failure')) {
    needs[jobId] = { result: 'skipped', outputs: {} };
    await skipJob(jobId, job, run);
    return;
  }
  const results: Result[] = [];
  const legs = legsOf(matrixOf(job, contexts));
  for (const [index, matrix] of legs.entries()) {
    const strategy = { 'job-index': index, 'job-total': legs.length };
    const record: JobRecord = {
      id: FIRST_JOB_ID + run.records.length,
      name: jobName(jobId, job, { ...contexts, matrix, strategy }, Object.values(matrix)),
      state: 'in_progress',
      steps: [],
    };
    run.records.push(record);
    await runLeg(record, job, run, { ...contexts, matrix, strategy });
    results.push(record.state === 'failure' ? 'failure' : 'success');
  }
  needs[jobId] = { result: results.includes('failure') ? 'failure' : 'success', outputs };
}

async function skipJob(jobId: string, job: WorkflowJob, run: MadeUpRun): Promise<void> {
  run.records.push({
    id: FIRST_JOB_ID + run.records.length,
    name: job.name ?? jobId,
    state: 'skipped',
    steps: [],
  });
  for (const step of job.steps ?? []) {
    if (usesAction(step))
      await report(
        { place: `${jobId} · ${stepName(step)}`, inputs: {}, connection: [], end: undefined },
        run,
      );
  }
}

/** `deploy (eu, 20)`, as GitHub names a leg, or the name that the job gives itself. */
function jobName(
  jobId: string,
  { name }: WorkflowJob,
  contexts: Contexts,
  legValues: readonly unknown[],
): string {
  if (name !== undefined) return evaluateText(name, contexts);
  return legValues.length === 0 ? jobId : `${jobId} (${legValues.map(String).join(', ')})`;
}

/** A matrix may be an expression, whole or axis by axis. */
function matrixOf({ strategy }: WorkflowJob, contexts: Contexts): unknown {
  const matrix = valueOf(strategy?.matrix, contexts);
  if (typeof matrix !== 'object' || matrix === null) return undefined;
  return Object.fromEntries(
    Object.entries(matrix).map(([axis, values]) => [axis, valueOf(values, contexts)]),
  );
}

function valueOf(value: unknown, contexts: Contexts): unknown {
  return typeof value === 'string' && value.includes('${{') ? evaluateValue(value, contexts) : value;
}
