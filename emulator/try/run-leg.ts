import { LocalJob, type Step, type StepEnd } from '../runner/local-job.ts';
import { conditionHolds, evaluateText, type Contexts, type RunStatus } from './expressions.ts';
import { localInputs } from './local-connection.ts';
import {
  GITHUB_TOKEN,
  namedAfterThemselves,
  RUNNER_NAME,
  runnerVariables,
  withValues,
} from './made-up-contexts.ts';
import { githubJobs, jobsOfOtherRun, type JobRecord, type StepRecord } from './run-record.ts';
import { report, type MadeUpRun, type TriedStep } from './made-up-run.ts';
import { stepName, usesAction } from './workflow.ts';
import type { Texts, WorkflowJob, WorkflowStep } from './workflow-shape.ts';

/** A job, or one leg of its matrix, in progress. */
interface Leg {
  readonly record: JobRecord;
  readonly run: MadeUpRun;
  readonly localJob: LocalJob;
  /** The contexts of the whole job. */
  readonly contexts: Contexts;
  /** `steps`: the outcome and outputs of each step that has an id. */
  readonly stepResults: Record<string, object>;
  status: RunStatus;
}

/** A step that ran, for the post phase that GitHub runs when the job ends. */
interface RanStep {
  readonly name: string;
  readonly step: Step;
  readonly end: StepEnd;
  readonly tried: TriedStep;
}

/** Runs one job: the Action's steps for real, the others on paper only. The record says how it ended. */
export async function runLeg(
  record: JobRecord,
  job: WorkflowJob,
  run: MadeUpRun,
  contexts: Contexts,
): Promise<void> {
  const localJob = await LocalJob.start(run.options.workspace);
  const runner = { ...(contexts['runner'] as object), temp: localJob.runnerTemp };
  const env = evaluatedTexts({ ...run.workflow.env, ...job.env }, contexts, 'success');
  const leg: Leg = {
    record,
    run,
    localJob,
    contexts: { ...contexts, runner, env },
    stepResults: {},
    status: 'success',
  };
  try {
    const steps = job.steps ?? [];
    record.steps.push(...recordsOf(steps, leg));
    const ran: RanStep[] = [];
    for (const [index, step] of steps.entries()) {
      const tried = await runStep(step, record.steps[index + 1] as StepRecord, leg);
      if (tried !== undefined) ran.push(tried);
    }
    for (const one of ran.reverse()) await runPostPhase(one, leg);
    record.state = leg.status;
  } finally {
    await localJob.end();
  }
}

function recordsOf(steps: readonly WorkflowStep[], leg: Leg): StepRecord[] {
  const names = steps.map((step) => evaluateText(stepName(step), contextsOf(leg)));
  return [
    { name: 'Set up job', conclusion: 'success', isCurrent: false },
    ...names.map((name): StepRecord => ({ name, conclusion: null, isCurrent: false })),
    { name: 'Complete job', conclusion: null, isCurrent: false },
  ];
}

async function runStep(step: WorkflowStep, record: StepRecord, leg: Leg): Promise<RanStep | undefined> {
  const holds = conditionHolds(step.if, contextsOf(leg), leg.status);
  const ran = usesAction(step) ? await runAction(step, record, leg, holds) : undefined;
  const fails = ran === undefined ? isFailing(step, record, leg) : ran.end.exitCode !== 0;
  record.conclusion = !holds ? 'skipped' : fails ? 'failure' : 'success';
  if (step.id !== undefined) {
    const outputs = ran?.end.outputs ?? namedAfterThemselves(`steps.${step.id}.outputs`, leg.run.text);
    const result = { outcome: record.conclusion, conclusion: record.conclusion };
    leg.stepResults[step.id] = { ...result, outputs: holds ? outputs : {} };
  }
  if (record.conclusion === 'failure') leg.status = 'failure';
  return ran;
}

function isFailing(step: WorkflowStep, { name }: StepRecord, { run }: Leg): boolean {
  const { failingStep } = run.options;
  return failingStep !== undefined && (step.id === failingStep || name === failingStep);
}

async function runAction(
  step: WorkflowStep,
  record: StepRecord,
  leg: Leg,
  holds: boolean,
): Promise<RanStep | undefined> {
  const { run, localJob } = leg;
  const place = `${leg.record.name} · ${record.name}`;
  if (!holds) {
    await report({ place, inputs: {}, connection: [], end: undefined }, run);
    return undefined;
  }
  const contexts = contextsOf(leg);
  const env = evaluatedTexts(step.env ?? {}, contexts, leg.status);
  const own = { ...contexts, env: { ...(contexts['env'] as object), ...env } };
  const { own: inputs, connection } = localInputs(
    evaluatedTexts(inputsOf(step), own, leg.status),
    run.options.desk,
  );
  record.isCurrent = true;
  answerWithJobs(leg);
  const localStep = stepOf({ ...inputs, ...connection }, leg);
  const end = await localJob.run(localStep);
  record.isCurrent = false;
  const tried: TriedStep = { place, inputs, connection: Object.keys(connection), end };
  await report(tried, run);
  return { name: record.name, step: localStep, end, tried };
}

/** As GitHub's runner does, with the inputs evaluated again: the job's status is known now. */
async function runPostPhase({ name, step, end, tried }: RanStep, leg: Leg): Promise<void> {
  const post: StepRecord = { name: `Post ${name}`, conclusion: null, isCurrent: true };
  leg.record.steps.splice(-1, 0, post);
  answerWithJobs(leg);
  const context = { ...step.context, 'job.status': leg.status };
  tried.post = await leg.localJob.runPost({ ...step, context }, end);
  Object.assign(post, { isCurrent: false, conclusion: tried.post.exitCode === 0 ? 'success' : 'failure' });
}

function stepOf(inputs: Readonly<Record<string, string>>, { run, contexts, record, status }: Leg): Step {
  const { github, stepRest } = run.options;
  return {
    with: inputs,
    event: { name: run.event.name, payload: payloadIn(contexts) },
    env: { ...runnerVariables(contexts, github.url), ...stepRest?.env },
    context: {
      'github.token': GITHUB_TOKEN,
      'job.check_run_id': String(record.id),
      'job.status': status,
      ...stepRest?.context,
    },
  };
}

/** The event's payload, with the given values in place of made-up ones. */
function payloadIn(contexts: Contexts): Contexts {
  return (contexts['github'] as { readonly event: Contexts }).event;
}

function answerWithJobs({ run, contexts }: Leg): void {
  const other = payloadIn(contexts)['workflow_run'] as { readonly conclusion?: string } | undefined;
  const jobs = other === undefined ? run.records : jobsOfOtherRun(other.conclusion === 'success');
  run.options.github.answer({ jobs: githubJobs(jobs, RUNNER_NAME, Date.now()) });
}

/** What an expression of the next step can name. */
function contextsOf({ run, contexts, stepResults, status }: Leg): Contexts {
  return withValues({ ...contexts, steps: stepResults, job: { status } }, run.options.values ?? {});
}

/** GitHub reads the names of inputs in capitals and small letters alike. */
function inputsOf(step: WorkflowStep): Texts {
  return Object.fromEntries(
    Object.entries(step.with ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function evaluatedTexts(texts: Texts, contexts: Contexts, status: RunStatus): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, evaluateText(String(text ?? ''), contexts, status)]),
  );
}
