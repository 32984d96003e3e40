import type { getOctokit } from '@actions/github';
import { backoffMs } from '../../shared/retry/backoff.ts';
import { deadlineIn, type Deadline } from '../../shared/retry/deadline.ts';
import type { World } from '../../shared/ports.ts';
import { readFailureOf } from './read-failure.ts';
import type { ToldRun } from './reported-run.ts';
import { readRunJobs, type RunJob } from './run-jobs.ts';

export type Octokit = ReturnType<typeof getOctokit>;

export type JobsRead =
  { readonly ok: true; readonly jobs: RunJob[] } | { readonly ok: false; readonly message: string };

/** How often a read is tried before the failure is told. */
const ATTEMPTS_LIMIT = 4;

/** Jobs that GitHub gives at once, at most (documented). */
const JOBS_PER_PAGE = 100;

/** Reading may take half of what is left: the logs that tell of it have to be sent, too. */
export function readingDeadline({ at, signal }: Deadline, world: World): Deadline {
  const allowedMs = Math.max(1, Math.round((at - world.now()) / 2));
  const over = AbortSignal.timeout(allowedMs);
  return deadlineIn(allowedMs, world.now(), AbortSignal.any([signal, over]));
}

/** Reads every job of a run attempt, all pages. */
export async function readJobs(
  octokit: Octokit,
  run: ToldRun,
  reading: Deadline,
  world: World,
): Promise<JobsRead> {
  for (let tries = 1; ; tries += 1) {
    try {
      const jobs = await readPages(octokit, run);
      return jobs === undefined ? { ok: false, message: NO_JOBS } : { ok: true, jobs };
    } catch (error) {
      const { message, retryable } = readFailureOf(error, world.secrets.redact);
      const delayMs = backoffMs(tries, world.random);
      const late = reading.signal.aborted || world.now() + delayMs >= reading.at;
      if (!retryable || late || tries === ATTEMPTS_LIMIT) return { ok: false, message };
      world.journal.info(`Jobs of the run, attempt ${tries}: ${message} Next try in ${delayMs} ms.`);
      await world.sleep(delayMs, reading.signal);
    }
  }
}

/**
 * Page by page, and each is looked at: the client's own paging takes for granted that an answer is
 * GitHub's. Undefined when one is not.
 */
async function readPages(
  octokit: Octokit,
  { owner, repo, runId, attempt }: ToldRun,
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

/** Longest time that is spent waiting for GitHub to know what has happened. */
const SETTLING_MS = 10_000;
const FIRST_LOOK_AGAIN_MS = 500;
const LONGEST_LOOK_AGAIN_MS = 2_000;

/**
 * Reads the jobs until they are settled, for GitHub's list lags behind the run; after a while, or
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
