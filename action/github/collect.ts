import type { Deadline } from '../../shared/retry/deadline.ts';
import type { Entry } from '../../shared/entries/entry.ts';
import type { Overflow } from '../../shared/grouping/plan.ts';
import type { World } from '../../shared/ports.ts';
import type { FetchInit } from '../../shared/got-transport.ts';
import type { Place, ToldJob } from './job-entries.ts';
import { isFailure, outcomeOf, overallWord } from './conclusion.ts';
import { findOwnJob, isSettled, stepsToTell, type OwnJob } from './own-job.ts';
import { readingDeadline, readJobs, readSettledJobs } from './read-run.ts';
import { entriesByStep, entriesThatFit } from './run-entries.ts';
import { toldRun, type ToldRun } from './reported-run.ts';
import type { RunJob } from './run-jobs.ts';
import { jobsSummary, stepsSummary } from './run-summary.ts';

/** What is asked of GitHub. */
export interface Collection {
  readonly collect: 'job' | 'run';
  readonly githubToken: string;
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
  const { collect, own } = collection;
  const run = toldRun(context, env, collect);
  const reading = readingDeadline(deadline, world);
  const octokit = getOctokit(collection.githubToken, {
    request: { fetch: world.fetch, signal: reading.signal },
    log: SILENT,
  });

  const result = await readSettledJobs(
    () => readJobs(octokit, run, reading, world),
    (jobs) => !run.isOwn || ownJobIsSettled(jobs, own),
    reading,
    world,
  );
  if (!result.ok) return withoutJobs(run, result.message, collection);

  const ownJob = run.isOwn ? findOwnJob(result.jobs, own) : undefined;
  if (collect === 'run') return { entries: entriesOf(toldJobs(result.jobs, ownJob, own), run, collection) };
  if (ownJob !== undefined) return { entries: entriesOf([toldOwnJob(ownJob, own)], run, collection) };
  const failure =
    'GitHub does not list the job that the Action runs in. Use collect: run, or say what to log with logs.';
  return withoutJobs(run, failure, collection);
}

/** GitHub's client would write to the job log by itself, unmasked. */
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };
function ignore(): void {}

function ownJobIsSettled(jobs: RunJob[], own: OwnJob): boolean {
  const job = findOwnJob(jobs, own);
  return job !== undefined && isSettled(job, own);
}

/** Each job of the run; the own one not where others are there, and it does nothing but tell of them. */
function toldJobs(jobs: readonly RunJob[], ownJob: RunJob | undefined, own: OwnJob): ToldJob[] {
  return jobs.flatMap((job): ToldJob[] => {
    if (job !== ownJob) return [{ job, outcome: outcomeOf(job), steps: stepsToTell(job, own, false) }];
    const told = toldOwnJob(job, own);
    const onlyTells = job.steps.length > 0 && told.steps.length === 0 && !isFailure(told.outcome);
    return onlyTells && jobs.length > 1 ? [] : [told];
  });
}

/** The own job is told of by its status up to now: GitHub has no conclusion before it ends. */
function toldOwnJob(job: RunJob, own: OwnJob): ToldJob {
  const conclusion = own.jobStatus || job.conclusion;
  return { job, outcome: outcomeOf({ ...job, conclusion }), steps: stepsToTell(job, own, true) };
}

function entriesOf(jobs: readonly ToldJob[], run: ToldRun, collection: Collection): Entry[] {
  const { collect, place, overflow } = collection;
  const tells = collect === 'job' ? stepsSummary(jobs) : jobsSummary(jobs);
  const parent = parentEntry(`${run.what}: ${tells}`, run.description, collection);
  const fits = collect === 'run' && overflow === 'condense';
  return [parent, ...(fits ? entriesThatFit(jobs, place) : entriesByStep(jobs, place))];
}

function withoutJobs(run: ToldRun, failure: string, collection: Collection): Collected {
  const title = `${run.what}: ${knownWord(run, collection)}`;
  const description = `${run.description}\nIts steps could not be read. ${failure}`;
  return { entries: [parentEntry(title, description, collection)], failure };
}

/** What is known without the jobs: that the own one went well says nothing of the whole run. */
function knownWord({ isOwn, conclusion }: ToldRun, { collect, own }: Collection): string {
  const known = isOwn ? own.jobStatus : conclusion;
  if (!known) return 'outcome unknown';
  const outcome = outcomeOf({ status: 'completed', conclusion: known });
  const isPartOnly = isOwn && collect === 'run';
  return isPartOnly && !isFailure(outcome) ? 'outcome unknown' : overallWord([outcome]);
}

function parentEntry(
  madeTitle: string,
  madeDescription: string,
  { title, description, place }: Collection,
): Entry {
  return { ...place, title: title || madeTitle, description: description || madeDescription };
}
