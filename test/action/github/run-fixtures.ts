import { readFile } from 'node:fs/promises';
import type { GithubJob, GithubStep } from '../../../emulator/github/fake-github.ts';

export const OWN_JOB_ID = 501;
export const ACTION_STEP = 'Run zoho-desk-extension-log/zoho-desk-extension-log@v1';
const BEGIN = Date.parse('2026-11-22T20:00:00Z');

/** The recording of a public run: seven jobs, five of them without steps. */
export async function recordedJobs(): Promise<GithubJob[]> {
  const text = await readFile(new URL('../../fixtures/github-run-jobs.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { jobs: GithubJob[] }).jobs;
}

/** Seconds after the moment at which the runs of these tests begin, as GitHub writes a time. */
export function at(seconds: number): string {
  return `${new Date(BEGIN + seconds * 1_000).toISOString().slice(0, 19)}Z`;
}

/** A step that is over. */
export function step(name: string, conclusion = 'success', from = 10, seconds = 10): GithubStep {
  return { name, status: 'completed', conclusion, started_at: at(from), completed_at: at(from + seconds) };
}

/** The step that is going on: it began just now. */
export function current(name: string): GithubStep {
  return { name, status: 'in_progress', conclusion: null, started_at: 'now', completed_at: null };
}

/** A step that is still to come. */
export function pending(name: string): GithubStep {
  return { name, status: 'pending', conclusion: null, started_at: null, completed_at: null };
}

/** A job that is over, of so many seconds. */
export function job(
  id: number,
  name: string,
  conclusion = 'success',
  rest: Partial<GithubJob> = {},
): GithubJob {
  return {
    id,
    name,
    status: 'completed',
    conclusion,
    started_at: at(0),
    completed_at: at(60),
    html_url: `https://github.com/acme/desk-extension/actions/runs/9001/job/${id}`,
    runner_name: `Runner of ${id}`,
    ...rest,
    steps: numbered(rest.steps ?? []),
  };
}

/** The job that the Action runs in, as GitHub lists it while it runs. */
export function ownJob(steps: readonly GithubStep[], rest: Partial<GithubJob> = {}): GithubJob {
  const open = {
    status: 'in_progress',
    conclusion: null,
    completed_at: null,
    runner_name: 'GitHub Actions 7',
  };
  return { ...job(OWN_JOB_ID, 'deploy'), ...open, steps: numbered(steps), ...rest };
}

function numbered(steps: readonly GithubStep[]): GithubStep[] {
  return steps.map((one, index) => ({ number: index + 1, ...one }));
}

/** The own job when all it does is report the others. */
export const REPORTING_JOB = ownJob([step('Set up job'), current(ACTION_STEP), pending('Complete job')], {
  name: 'tell',
});
