import { context, getOctokit } from '@actions/github';
import type { Deadline } from '../../shared/retry/deadline.ts';
import type { Entry } from '../../shared/entries/entry.ts';
import type { Overflow } from '../../shared/grouping/plan.ts';
import type { World } from '../../shared/ports.ts';
import type { FetchInit } from '../../shared/got-transport.ts';
import type { Detail } from '../inputs/settings.ts';
import type { GroupAddress, ReportedJob } from './job-entries.ts';
import { isFailure, conclusionOf, overall, type Conclusion } from './conclusion.ts';
import { findOwnJob, isSettled, stepsToReport, type OwnJob } from './own-job.ts';
import { readingDeadline, readJobs, readSettledJobs } from './read-run.ts';
import { entriesByStep, entriesThatFit } from './run-entries.ts';
import { reportedRun, type ReportedRun } from './reported-run.ts';
import type { RunJob } from './run-jobs.ts';
import { jobsSummary, stepsSummary, timesOf } from './run-summary.ts';

/** What is asked of GitHub. */
export interface Collection {
  readonly collect: 'job' | 'run';
  readonly githubToken: string;
  readonly own: OwnJob;
  readonly address: GroupAddress;
  readonly overflow: Overflow;
  readonly detail: Detail;
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

/** Makes logs of what GitHub knows of the job or the run. */
export async function collectEntries(
  collection: Collection,
  deadline: Deadline,
  world: CollectingWorld,
  env: NodeJS.ProcessEnv,
): Promise<Collected> {
  const { collect, own } = collection;
  const run = reportedRun(context, env, collection);
  const reading = readingDeadline(deadline, world);
  const octokit = getOctokit(collection.githubToken, {
    request: { fetch: world.fetch, signal: reading.signal },
    log: SILENT,
  });

  const result = await readSettledJobs(
    () => readJobs(octokit, run, reading, world),
    (jobs) => !run.isOwn || ownJobIsSettled(jobs, own, world.now()),
    reading,
    world,
  );
  if (!result.ok) return withoutJobs(run, result.message, collection);

  const ownJob = run.isOwn ? findOwnJob(result.jobs, own) : undefined;
  if (collect === 'run')
    return { entries: entriesOf(reportedJobs(result.jobs, ownJob, own), run, collection) };
  if (ownJob !== undefined) return { entries: entriesOf([reportedOwnJob(ownJob, own)], run, collection) };
  const failure =
    'GitHub does not list the job that the Action runs in. Use collect: run, or say what to log with logs.';
  return withoutJobs(run, failure, collection);
}

/** GitHub's client would write to the job log itself, unmasked. */
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };
function ignore(): void {}

function ownJobIsSettled(jobs: RunJob[], own: OwnJob, runningMs: number): boolean {
  const job = findOwnJob(jobs, own);
  return job !== undefined && isSettled(job, own, runningMs);
}

/** Each job of the run, except this process's own where it does nothing but report the others. */
function reportedJobs(jobs: readonly RunJob[], ownJob: RunJob | undefined, own: OwnJob): ReportedJob[] {
  return jobs.flatMap((job): ReportedJob[] => {
    if (job !== ownJob) return [{ job, outcome: conclusionOf(job), steps: stepsToReport(job, own, false) }];
    const reported = reportedOwnJob(job, own);
    const onlyReports = job.steps.length > 0 && reported.steps.length === 0 && !isFailure(reported.outcome);
    return onlyReports && jobs.length > 1 ? [] : [reported];
  });
}

/** This process's own job is reported by its status so far: GitHub has no conclusion before it ends. */
function reportedOwnJob(job: RunJob, own: OwnJob): ReportedJob {
  const conclusion = own.jobStatus || job.conclusion;
  return { job, outcome: conclusionOf({ ...job, conclusion }), steps: stepsToReport(job, own, true) };
}

function entriesOf(jobs: readonly ReportedJob[], run: ReportedRun, collection: Collection): Entry[] {
  const { collect, overflow } = collection;
  const outcome = collect === 'job' ? stepsSummary(jobs) : jobsSummary(jobs);
  const description = [...run.about, timesOf(jobs), run.link].filter(Boolean).join('\n');
  const { status } = overall(jobs.map((job) => job.outcome));
  const parent = parentEntry(`${run.what}: ${outcome}`, description, status, collection);
  const fits = collect === 'run' && overflow === 'condense';
  return [parent, ...(fits ? entriesThatFit(jobs, collection) : entriesByStep(jobs, collection))];
}

/** The portal gets the outcome where it is known. Why GitHub could not be read stays in the job log. */
function withoutJobs(run: ReportedRun, failure: string, collection: Collection): Collected {
  const outcome = knownOutcome(run, collection);
  const title = `${run.what}: ${outcome?.word ?? 'outcome unknown'}`;
  const description = [...run.about, 'The outcome of each step is not known.', run.link]
    .filter(Boolean)
    .join('\n');
  return { entries: [parentEntry(title, description, outcome?.status, collection)], failure };
}

/** What is known without the jobs. That this job went well does not mean that the whole run did. */
function knownOutcome(
  { isOwn, conclusion }: ReportedRun,
  { collect, own }: Collection,
): Conclusion | undefined {
  const known = isOwn ? own.jobStatus : conclusion;
  if (!known) return undefined;
  const outcome = conclusionOf({ status: 'completed', conclusion: known });
  const isPartOnly = isOwn && collect === 'run';
  return isPartOnly && !isFailure(outcome) ? undefined : overall([outcome]);
}

function parentEntry(
  madeTitle: string,
  madeDescription: string,
  status: string | undefined,
  { title, description, address }: Collection,
): Entry {
  return {
    ...address,
    title: title || madeTitle,
    // Of a run of which nothing is known there may be none, and Desk wants one.
    description: description || madeDescription || madeTitle,
    isParent: true,
    ...(status !== undefined && { status }),
  };
}
