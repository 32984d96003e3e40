import type { getOctokit } from '@actions/github';
import { backoffMs } from '../../shared/retry/backoff.ts';
import { deadlineIn, type Deadline } from '../../shared/retry/deadline.ts';
import type { World } from '../../shared/ports.ts';
import { retry } from '../../shared/retry/retry.ts';
import { durationText } from '../../shared/text/duration.ts';
import { readFailureOf } from './read-failure.ts';
import type { ReportedRun } from './reported-run.ts';
import { readRunJobs, type RunJob } from './run-jobs.ts';

/** GitHub's REST client. */
export type Octokit = ReturnType<typeof getOctokit>;

/** The jobs of a run, or why they could not be read and what to do. */
export type JobsRead =
  { readonly ok: true; readonly jobs: RunJob[] } | { readonly ok: false; readonly message: string };

/** How often a read is tried before its failure is reported. */
const ATTEMPTS_LIMIT = 4;

/** Jobs that GitHub gives at once, at most (documented). */
const JOBS_PER_PAGE = 100;

/** Reading may take half of the time left: the logs have to be sent too. */
export function readingDeadline({ at, signal }: Deadline, world: World): Deadline {
  const allowedMs = Math.max(1, Math.round((at - world.now()) / 2));
  const over = AbortSignal.timeout(allowedMs);
  return deadlineIn(allowedMs, world.now(), AbortSignal.any([signal, over]));
}

/** Reads every job of a run attempt, all pages, again where asking again may help. */
export async function readJobs(
  octokit: Octokit,
  run: ReportedRun,
  reading: Deadline,
  world: World,
): Promise<JobsRead> {
  const { journal, random, secrets } = world;
  async function read(): Promise<JobsRead & { readonly retryable?: boolean }> {
    try {
      const jobs = await readPages(octokit, run);
      return jobs === undefined ? { ok: false, message: NO_JOBS } : { ok: true, jobs };
    } catch (error) {
      return { ok: false, ...readFailureOf(error, secrets.redact) };
    }
  }
  const { result } = await retry(
    read,
    ({ retryable = false }, attempts) =>
      retryable && attempts < ATTEMPTS_LIMIT
        ? { kind: 'again', afterMs: backoffMs(attempts, random) }
        : { kind: 'stop' },
    {
      deadline: reading,
      world,
      onAgain: (failed, attempts, afterMs) => {
        if (failed.ok) return;
        journal.info(
          `Jobs of the run, attempt ${attempts}: ${failed.message} Next try in ${durationText(afterMs)}.`,
        );
      },
    },
  );
  return result;
}

/**
 * Reads page by page and checks each: the client's own paging assumes that every answer is GitHub's.
 * Undefined when one is not.
 */
async function readPages(
  octokit: Octokit,
  { owner, repo, runId, attempt }: ReportedRun,
): Promise<RunJob[] | undefined> {
  const jobs: RunJob[] = [];
  for (let page = 1; ; page += 1) {
    const { data, headers } = await octokit.rest.actions.listJobsForWorkflowRunAttempt({
      owner,
      repo,
      run_id: runId,
      attempt_number: attempt,
      per_page: JOBS_PER_PAGE,
      page,
    });
    const found = readRunJobs(data);
    if (found === undefined) return undefined;
    jobs.push(...found);
    if (!headers.link?.includes('rel="next"')) return jobs;
  }
}

const NO_JOBS =
  'GitHub answered with something other than a list of jobs. Check GITHUB_API_URL, and that no proxy answers in its place.';

/** Longest time to wait until GitHub knows what has happened. */
const SETTLING_MS = 10_000;
const FIRST_LOOK_AGAIN_MS = 500;
const LONGEST_LOOK_AGAIN_MS = 2_000;

/**
 * Reads the jobs until they are settled, because GitHub's list lags behind the run. After a while, or
 * when it cannot be read again, what is known is taken as it is.
 */
export async function readSettledJobs(
  read: () => Promise<JobsRead>,
  isSettled: (jobs: RunJob[]) => boolean,
  reading: Deadline,
  world: World,
): Promise<JobsRead> {
  const until = world.now() + Math.min(SETTLING_MS, reading.allowedMs / 2);
  let known = await read();
  for (let delayMs = FIRST_LOOK_AGAIN_MS; ; delayMs = Math.min(LONGEST_LOOK_AGAIN_MS, delayMs * 2)) {
    if (!known.ok || isSettled(known.jobs)) return known;
    if (reading.signal.aborted || world.now() + delayMs > until) return known;
    await world.sleep(delayMs, reading.signal);
    const next = await read();
    if (!next.ok) return known;
    known = next;
  }
}
