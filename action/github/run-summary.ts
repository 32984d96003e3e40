import type { ReportedJob } from './job-entries.ts';
import { isFailure, conclusionOf, overall, type Conclusion } from './conclusion.ts';
import { durationMs, type RunStep } from './run-jobs.ts';
import { shownSeconds, shownTimes } from './time-text.ts';

/** `failed · 3 of 4 jobs · 6 m 12 s`. A run of one job counts its steps instead, unless it failed without a failed step. */
export function jobsSummary(jobs: readonly ReportedJob[]): string {
  const outcomes = jobs.map(({ outcome }) => outcome);
  const steps = stepsOf(jobs).map(conclusionOf);
  const stepsTell = steps.length > 0 && outcomes.some(isFailure) === steps.some(isFailure);
  if (jobs.length === 1 && stepsTell) return summaryOf(outcomes, steps, 'step', spansOf(jobs));
  return summaryOf(outcomes, outcomes, 'job', spansOf(jobs));
}

/** `failed · 2 of 3 steps · 48 s`; the outcome is the job's. */
export function stepsSummary(jobs: readonly ReportedJob[]): string {
  const steps = stepsOf(jobs);
  const outcomes = jobs.map(({ outcome }) => outcome);
  return summaryOf(outcomes, steps.map(conclusionOf), 'step', steps);
}

type Span = Pick<RunStep, 'started_at' | 'completed_at'>;

function summaryOf(
  outcomes: readonly Conclusion[],
  counted: readonly Conclusion[],
  noun: string,
  spans: readonly Span[],
): string {
  // What was skipped did not run: one of two would look like a failure.
  const ran = counted.filter(({ status }) => status !== 'skipped');
  const passed = ran.filter(({ status }) => status === 'success' || status === 'neutral').length;
  const counts = ran.length > 0 && `${passed} of ${ran.length} ${noun}${ran.length === 1 ? '' : 's'}`;
  const ms = durationMs(wholeSpan(spans));
  return [overall(outcomes).word, counts, ms !== undefined && shownSeconds(ms)].filter(Boolean).join(' · ');
}

/** From the first start to the last end. */
function wholeSpan(spans: readonly Span[]): Span {
  const starts = spans.flatMap(({ started_at: start }) => start ?? []).sort();
  const ends = spans.flatMap(({ completed_at: end }) => end ?? []).sort();
  return { started_at: starts[0] ?? null, completed_at: ends.at(-1) ?? null };
}

/** `2026-11-22 20:00:00 to 20:06:12 UTC`: when the jobs ran; empty when that is not known. */
export function timesOf(jobs: readonly ReportedJob[]): string {
  const { started_at: start, completed_at: end } = wholeSpan(spansOf(jobs));
  return shownTimes(start, end);
}

/** The job that is running has no end yet, but its steps have. */
function spansOf(jobs: readonly ReportedJob[]): Span[] {
  return [...jobs.map(({ job }) => job), ...stepsOf(jobs)];
}

function stepsOf(jobs: readonly ReportedJob[]): RunStep[] {
  return jobs.flatMap(({ steps }) => steps);
}
