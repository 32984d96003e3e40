import type { Deadline } from '../../shared/delivery/deadline.ts';
import type { Entry } from '../../shared/extension-log.ts';
import type { Overflow } from '../../shared/grouping/plan.ts';
import type { World } from '../../shared/ports.ts';
import type { FetchInit } from '../../shared/got-transport.ts';
import type { Place, ToldJob } from './job-entries.ts';
import { outcomeOf, overallWord, type RunOutcome } from './outcome.ts';
import { findOwnJob, isSettled, stepsToTell, type OwnJob } from './own-job.ts';
import { readJobs, readSettledJobs } from './read-run.ts';
import { entriesByStep, entriesThatFit } from './run-entries.ts';
import { toldRun, type ToldRun } from './run-event.ts';
import { durationMs, type RunJob } from './run-jobs.ts';
import { shownSeconds } from './shown-time.ts';

/** What is asked of GitHub. */
export interface Collection {
  readonly collect: 'job' | 'run';
  readonly githubToken: string;
  /** `job.status`: how the own job has gone up to now. */
  readonly jobStatus: string;
  readonly own: OwnJob;
  readonly place: Place;
  readonly overflow: Overflow;
  /** The parent's title and description, where the user gave them. */
  readonly title: string;
  readonly description: string;
}

/** The logs of a run. Where GitHub could not be read there is the parent alone, and the failure. */
export interface Collected {
  readonly entries: readonly Entry[];
  readonly failure?: string;
}

/** The world, and a way to ask GitHub that honours the proxy. */
export type CollectingWorld = World & { readonly fetch: (url: string, init: FetchInit) => Promise<Response> };

/** Makes logs of what GitHub knows of the job or the run. GitHub's client is loaded only here. */
export async function collectEntries(
  collection: Collection,
  deadline: Deadline,
  world: CollectingWorld,
  env: NodeJS.ProcessEnv,
): Promise<Collected> {
  const { context, getOctokit } = await import('@actions/github');
  const ownRun = { ...toldRun(context, env), runId: context.runId, attempt: context.runAttempt || 1 };
  const run = collection.collect === 'job' ? ownRun : toldRun(context, env);
  const isOwnRun = run.runId === ownRun.runId;
  const octokit = getOctokit(collection.githubToken, {
    request: { fetch: world.fetch, signal: deadline.signal },
    log: SILENT,
  });

  const result = await readSettledJobs(
    () => readJobs(octokit, run, deadline, world),
    (jobs) => !isOwnRun || ownJobIsSettled(jobs, collection.own),
    deadline,
    world,
  );
  if (!result.ok)
    return { entries: [parentWithoutJobs(run, result.message, collection)], failure: result.message };

  const ownJob = isOwnRun ? findOwnJob(result.jobs, collection.own) : undefined;
  if (collection.collect === 'job' && ownJob === undefined) {
    const failure =
      'GitHub does not list the job that the Action runs in. Use collect: run, or say what to log with logs.';
    return { entries: [parentWithoutJobs(run, failure, collection)], failure };
  }
  const asked = collection.collect === 'job' && ownJob ? [ownJob] : result.jobs;
  return { entries: entriesOf(toldJobs(asked, ownJob, collection), run, collection) };
}

/** GitHub's client would write to the job log by itself, unmasked. */
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };
function ignore(): void {}

function ownJobIsSettled(jobs: RunJob[], own: OwnJob): boolean {
  const job = findOwnJob(jobs, own);
  return job !== undefined && isSettled(job, own);
}

/** The own job is told of by its status up to now, and not at all where it does nothing but tell. */
function toldJobs(
  jobs: readonly RunJob[],
  ownJob: RunJob | undefined,
  { own, jobStatus, collect }: Collection,
): ToldJob[] {
  return jobs.flatMap((job): ToldJob[] => {
    const isOwn = job === ownJob;
    const steps = stepsToTell(job, own, isOwn);
    if (isOwn && collect === 'run' && steps.length === 0) return [];
    const conclusion = isOwn && jobStatus !== '' ? jobStatus : job.conclusion;
    return [{ job, outcome: outcomeOf({ status: job.status, conclusion }), steps }];
  });
}

function entriesOf(jobs: readonly ToldJob[], run: ToldRun, collection: Collection): Entry[] {
  const { collect, place, overflow } = collection;
  const tells = collect === 'job' ? stepsSummary(jobs) : jobsSummary(jobs);
  const parent = parentEntry(`${run.what}: ${tells}`, run.description, collection);
  const fits = collect === 'run' && overflow === 'condense';
  return [parent, ...(fits ? entriesThatFit(jobs, place) : entriesByStep(jobs, place))];
}

/** `failed · 3 of 4 jobs · 6 m 12 s` */
function jobsSummary(jobs: readonly ToldJob[]): string {
  const outcomes = jobs.map(({ outcome }) => outcome);
  return summaryOf(outcomes, outcomes, 'job', spanMs(jobs.map(({ job }) => job)));
}

function stepsSummary(jobs: readonly ToldJob[]): string {
  const steps = jobs.flatMap((told) => told.steps);
  return summaryOf(
    jobs.map(({ outcome }) => outcome),
    steps.map(outcomeOf),
    'step',
    spanMs(steps),
  );
}

function summaryOf(
  overall: RunOutcome[],
  counted: RunOutcome[],
  noun: string,
  ms: number | undefined,
): string {
  const passed = counted.filter(({ status }) => status === 'success' || status === 'neutral').length;
  const counts =
    counted.length > 0 && `${passed} of ${counted.length} ${noun}${counted.length === 1 ? '' : 's'}`;
  return [overallWord(overall), counts, ms !== undefined && shownSeconds(ms)].filter(Boolean).join(' · ');
}

/** From the first start to the last end. */
function spanMs(spans: readonly Parameters<typeof durationMs>[0][]): number | undefined {
  const starts = spans.flatMap(({ started_at: start }) => start ?? []).sort();
  const ends = spans.flatMap(({ completed_at: end }) => end ?? []).sort();
  return durationMs({ started_at: starts[0] ?? null, completed_at: ends.at(-1) ?? null });
}

function parentWithoutJobs(run: ToldRun, failure: string, collection: Collection): Entry {
  const { jobStatus } = collection;
  const word =
    jobStatus === ''
      ? 'in progress'
      : overallWord([outcomeOf({ status: 'completed', conclusion: jobStatus })]);
  const description = `${run.description}\nIts steps could not be read. ${failure}`;
  return parentEntry(`${run.what}: ${word}`, description, collection);
}

function parentEntry(
  madeTitle: string,
  madeDescription: string,
  { title, description, place }: Collection,
): Entry {
  return { ...place, title: title || madeTitle, description: description || madeDescription };
}
