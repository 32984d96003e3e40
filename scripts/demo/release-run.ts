import { type GithubJob, type GithubStep } from '../../emulator/github/fake-github.ts';

/** What identifies the demo's job among the run's: the runner gives it to the Action. */
export const OWN_JOB_ID = 9105;

const BEGIN = Date.parse('2026-11-24T09:12:00Z');

/** A step or job that has ended: its name, its seconds, and how it ended. */
type Ended = readonly [name: string, seconds: number, conclusion?: string];

/**
 * A release as GitHub lists its run: built, tested and published, then a smoke test fails and the release is rolled
 * back. The last job is the one that logs all this.
 */
export function releaseRun(): GithubJob[] {
  const ended = [
    job(9101, 'Build', 0, [
      ['Install dependencies', 41],
      ['Bundle the extension', 22],
      ['Validate the manifest', 2],
    ]),
    job(9102, 'Test', 70, [
      ['Type check', 28],
      ['Unit tests', 76],
    ]),
    job(9103, 'Publish', 180, [
      ['Upload to the marketplace', 31],
      ["Migrate the extension's data", 35],
    ]),
    job(9104, 'Verify', 250, [
      ['Smoke tests', 52, 'failure'],
      ['Roll back to v1.4.1', 27],
      ['Announce', 0, 'skipped'],
    ]),
  ];
  return [...ended, loggingJob()];
}

function job(id: number, name: string, from: number, ends: readonly Ended[]): GithubJob {
  let at = from;
  const steps = ends.map(([title, seconds, conclusion = 'success'], index): GithubStep => {
    const began = at;
    at += seconds;
    return {
      name: title,
      number: index + 1,
      status: 'completed',
      conclusion,
      started_at: time(began),
      completed_at: time(at),
    };
  });
  const failed = steps.some(({ conclusion }) => conclusion === 'failure');
  return {
    id,
    name,
    status: 'completed',
    conclusion: failed ? 'failure' : 'success',
    started_at: time(from),
    completed_at: time(at),
    html_url: `https://github.com/acme/parcel-tracker/actions/runs/9001/job/${id}`,
    runner_name: `GitHub Actions ${id - 9100}`,
    steps,
  };
}

function loggingJob(): GithubJob {
  const steps: GithubStep[] = [
    {
      name: 'Set up job',
      number: 1,
      status: 'completed',
      conclusion: 'success',
      started_at: 'now',
      completed_at: 'now',
    },
    {
      name: 'Run zoho-desk-extension-log/zoho-desk-extension-log@v1',
      number: 2,
      status: 'in_progress',
      conclusion: null,
      started_at: 'now',
      completed_at: null,
    },
    {
      name: 'Complete job',
      number: 3,
      status: 'pending',
      conclusion: null,
      started_at: null,
      completed_at: null,
    },
  ];
  return {
    id: OWN_JOB_ID,
    name: 'Log',
    status: 'in_progress',
    conclusion: null,
    started_at: 'now',
    completed_at: null,
    html_url: `https://github.com/acme/parcel-tracker/actions/runs/9001/job/${OWN_JOB_ID}`,
    runner_name: 'GitHub Actions 5',
    steps,
  };
}

function time(seconds: number): string {
  return `${new Date(BEGIN + seconds * 1_000).toISOString().slice(0, 19)}Z`;
}
