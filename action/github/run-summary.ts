import type { ToldJob } from './job-entries.ts';
import { outcomeOf, overallWord, type RunOutcome } from './outcome.ts';
import { durationMs, type RunStep } from './run-jobs.ts';
import { shownSeconds } from './shown-time.ts';

/** `failed · 3 of 4 jobs · 6 m 12 s` */
export function jobsSummary(jobs: readonly ToldJob[]): string {
  const outcomes = jobs.map(({ outcome }) => outcome);
  // The own job has no end yet; its steps have.
  return summaryOf(outcomes, outcomes, 'job', [...jobs.map(({ job }) => job), ...stepsOf(jobs)]);
}

/** `failed · 2 of 3 steps · 48 s`; the outcome is the job's. */
export function stepsSummary(jobs: readonly ToldJob[]): string {
  const steps = stepsOf(jobs);
  const outcomes = jobs.map(({ outcome }) => outcome);
  return summaryOf(outcomes, steps.map(outcomeOf), 'step', steps);
}

type Span = Pick<RunStep, 'started_at' | 'completed_at'>;

function summaryOf(
  overall: readonly RunOutcome[],
  counted: readonly RunOutcome[],
  noun: string,
  spans: readonly Span[],
): string {
  const passed = counted.filter(({ status }) => status === 'success' || status === 'neutral').length;
  const counts =
    counted.length > 0 && `${passed} of ${counted.length} ${noun}${counted.length === 1 ? '' : 's'}`;
  const ms = spanMs(spans);
  return [overallWord(overall), counts, ms !== undefined && shownSeconds(ms)].filter(Boolean).join(' · ');
}

/** From the first start to the last end. */
function spanMs(spans: readonly Span[]): number | undefined {
  const starts = spans.flatMap(({ started_at: start }) => start ?? []).sort();
  const ends = spans.flatMap(({ completed_at: end }) => end ?? []).sort();
  return durationMs({ started_at: starts[0] ?? null, completed_at: ends.at(-1) ?? null });
}

function stepsOf(jobs: readonly ToldJob[]): RunStep[] {
  return jobs.flatMap(({ steps }) => steps);
}
