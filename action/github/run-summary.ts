import type { ReportedJob } from './job-entries.ts';
import { isFailure, conclusionOf, overallWord, type Conclusion } from './conclusion.ts';
import { durationMs, type RunStep } from './run-jobs.ts';
import { shownSeconds } from './time-text.ts';

/** `failed · 3 of 4 jobs · 6 m 12 s`; of a run that is one job, its steps say more, where they tell why it failed. */
export function jobsSummary(jobs: readonly ReportedJob[]): string {
  const outcomes = jobs.map(({ outcome }) => outcome);
  // The own job has no end yet; its steps have.
  const spans = [...jobs.map(({ job }) => job), ...stepsOf(jobs)];
  const steps = stepsOf(jobs).map(conclusionOf);
  const stepsTell = steps.length > 0 && outcomes.some(isFailure) === steps.some(isFailure);
  if (jobs.length === 1 && stepsTell) return summaryOf(outcomes, steps, 'step', spans);
  return summaryOf(outcomes, outcomes, 'job', spans);
}

/** `failed · 2 of 3 steps · 48 s`; the outcome is the job's. */
export function stepsSummary(jobs: readonly ReportedJob[]): string {
  const steps = stepsOf(jobs);
  const outcomes = jobs.map(({ outcome }) => outcome);
  return summaryOf(outcomes, steps.map(conclusionOf), 'step', steps);
}

type Span = Pick<RunStep, 'started_at' | 'completed_at'>;

function summaryOf(
  overall: readonly Conclusion[],
  counted: readonly Conclusion[],
  noun: string,
  spans: readonly Span[],
): string {
  // What was skipped did not run: one of two would look like a failure.
  const ran = counted.filter(({ status }) => status !== 'skipped');
  const passed = ran.filter(({ status }) => status === 'success' || status === 'neutral').length;
  const counts = ran.length > 0 && `${passed} of ${ran.length} ${noun}${ran.length === 1 ? '' : 's'}`;
  const ms = spanMs(spans);
  return [overallWord(overall), counts, ms !== undefined && shownSeconds(ms)].filter(Boolean).join(' · ');
}

/** From the first start to the last end. */
function spanMs(spans: readonly Span[]): number | undefined {
  const starts = spans.flatMap(({ started_at: start }) => start ?? []).sort();
  const ends = spans.flatMap(({ completed_at: end }) => end ?? []).sort();
  return durationMs({ started_at: starts[0] ?? null, completed_at: ends.at(-1) ?? null });
}

function stepsOf(jobs: readonly ReportedJob[]): RunStep[] {
  return jobs.flatMap(({ steps }) => steps);
}
