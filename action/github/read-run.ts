import type { getOctokit } from '@actions/github';
import { backoffMs } from '../../shared/delivery/backoff.ts';
import type { Deadline } from '../../shared/delivery/deadline.ts';
import type { World } from '../../shared/ports.ts';
import { readFailureOf } from './read-failure.ts';
import type { ToldRun } from './run-event.ts';
import type { RunJob } from './run-jobs.ts';

export type Octokit = ReturnType<typeof getOctokit>;

export type JobsRead =
  { readonly ok: true; readonly jobs: RunJob[] } | { readonly ok: false; readonly message: string };

/** How often a read is tried before the failure is told. */
const ATTEMPTS_LIMIT = 4;

/** Jobs that GitHub gives at once, at most (documented). */
const JOBS_PER_PAGE = 100;

/** Reads every job of a run attempt, all pages. */
export async function readJobs(
  octokit: Octokit,
  { owner, repo, runId, attempt }: ToldRun,
  deadline: Deadline,
  world: World,
): Promise<JobsRead> {
  for (let tries = 1; ; tries += 1) {
    try {
      const jobs = await octokit.paginate(octokit.rest.actions.listJobsForWorkflowRunAttempt, {
        owner,
        repo,
        run_id: runId,
        attempt_number: attempt,
        per_page: JOBS_PER_PAGE,
      });
      return { ok: true, jobs };
    } catch (error) {
      const { message, retryable } = readFailureOf(error, world.secrets.redact);
      const delayMs = backoffMs(tries, world.random);
      const late = deadline.signal.aborted || world.now() + delayMs >= deadline.at;
      if (!retryable || late || tries === ATTEMPTS_LIMIT) return { ok: false, message };
      world.journal.info(`Jobs of the run, attempt ${tries}: ${message} Next try in ${delayMs} ms.`);
      await world.sleep(delayMs, deadline.signal);
    }
  }
}

/** Longest time that is spent waiting for GitHub to know what has happened. */
const SETTLING_MS = 10_000;
const FIRST_LOOK_AGAIN_MS = 500;
const LONGEST_LOOK_AGAIN_MS = 2_000;

/**
 * Reads the jobs until they are settled, for GitHub's list lags behind the run; after a while, what
 * is known is taken as it is.
 */
export async function readSettledJobs(
  read: () => Promise<JobsRead>,
  isSettled: (jobs: RunJob[]) => boolean,
  deadline: Deadline,
  world: World,
): Promise<JobsRead> {
  // Most of the time belongs to the delivery.
  const until = world.now() + Math.min(SETTLING_MS, (deadline.at - world.now()) / 4);
  for (let delayMs = FIRST_LOOK_AGAIN_MS; ; delayMs = Math.min(LONGEST_LOOK_AGAIN_MS, delayMs * 2)) {
    const result = await read();
    if (!result.ok || isSettled(result.jobs)) return result;
    if (deadline.signal.aborted || world.now() + delayMs > until) return result;
    await world.sleep(delayMs, deadline.signal);
  }
}
