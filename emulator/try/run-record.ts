import type { GithubJob, GithubStep } from '../github/fake-github.ts';

/** A step of a made-up run. */
export interface StepRecord {
  readonly name: string;
  /** Null while it is going on or still to come. */
  conclusion: 'success' | 'failure' | 'skipped' | null;
  isCurrent: boolean;
}

/** A job of a made-up run, or one leg of its matrix. */
export interface JobRecord {
  readonly id: number;
  readonly name: string;
  state: 'queued' | 'in_progress' | 'success' | 'failure' | 'skipped';
  readonly steps: StepRecord[];
}

/** The first job of a run has this id, the others the next ones. */
export const FIRST_JOB_ID = 501;
const LONG_AGO_MS = 600_000;

/** The jobs as GitHub would list them now, with durations that are made up but always the same. */
export function githubJobs(jobs: readonly JobRecord[], runnerName: string, now: number): GithubJob[] {
  return jobs.map((job) => githubJob(job, runnerName, now - LONG_AGO_MS));
}

function githubJob({ id, name, state, steps }: JobRecord, runnerName: string, beginMs: number): GithubJob {
  const isOver = state !== 'queued' && state !== 'in_progress';
  const timed = timedSteps(steps, beginMs);
  return {
    id,
    name,
    status: isOver ? 'completed' : state,
    conclusion: isOver ? state : null,
    started_at: state === 'queued' ? null : timeText(beginMs),
    completed_at: isOver ? timeText(timed.endMs) : null,
    html_url: `https://github.com/acme/desk-extension/actions/runs/9001/job/${id}`,
    runner_name: runnerName,
    steps: state === 'queued' || state === 'skipped' ? [] : timed.steps,
  };
}

function timedSteps(records: readonly StepRecord[], beginMs: number) {
  let endMs = beginMs;
  const steps = records.map(({ name, conclusion, isCurrent }, index): GithubStep => {
    const number = index + 1;
    if (isCurrent)
      return { name, number, status: 'in_progress', conclusion: null, started_at: 'now', completed_at: null };
    if (conclusion === null)
      return { name, number, status: 'pending', conclusion, started_at: null, completed_at: null };
    const startMs = endMs;
    if (conclusion !== 'skipped') endMs += secondsOf(index) * 1_000;
    return {
      name,
      number,
      status: 'completed',
      conclusion,
      started_at: timeText(startMs),
      completed_at: timeText(endMs),
    };
  });
  return { steps, endMs };
}

/** 2 s, 19 s, 36 s, …: unlike each other, and always the same. */
function secondsOf(index: number): number {
  return 2 + ((index * 17) % 60);
}

function timeText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** The jobs of the other run that a `workflow_run` event reports. */
export function jobsOfOtherRun(wentWell: boolean): JobRecord[] {
  const stepsOf = (name: string, conclusion: 'success' | 'failure'): StepRecord[] => [
    { name: 'Set up job', conclusion: 'success', isCurrent: false },
    { name, conclusion, isCurrent: false },
    { name: 'Complete job', conclusion: 'success', isCurrent: false },
  ];
  const end = wentWell ? 'success' : 'failure';
  return [
    { id: 1, name: 'build', state: 'success', steps: stepsOf('Run make build', 'success') },
    { id: 2, name: 'deploy', state: end, steps: stepsOf('Run make deploy', end) },
  ];
}
