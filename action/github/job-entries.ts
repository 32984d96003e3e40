import { cut } from '../../shared/text/cut.ts';
import { DESCRIPTION_LIMIT, TITLE_LIMIT } from '../../shared/entries/read-entries.ts';
import type { Entry } from '../../shared/entries/entry.ts';
import { isFailure, conclusionOf, type Conclusion } from './conclusion.ts';
import { durationMs, type RunJob, type RunStep } from './run-jobs.ts';
import { shownSeconds, shownTimes } from './time-text.ts';

/** A job, how it went, and those of its steps that are reported. */
export interface ReportedJob {
  readonly job: RunJob;
  readonly outcome: Conclusion;
  readonly steps: readonly RunStep[];
}

/** Where the logs go; the same for all that are collected. */
export type GroupAddress = Pick<Entry, 'installationId' | 'reference'>;

/** `Failed · Smoke tests · 48 s`; with several jobs, `Failed · deploy / Smoke tests · 48 s`. */
export function stepEntry(
  { job }: ReportedJob,
  step: RunStep,
  namesJob: boolean,
  address: GroupAddress,
): Entry {
  const outcome = conclusionOf(step);
  const name = namesJob ? `${job.name} / ${step.name}` : step.name;
  return {
    ...address,
    title: titleOf(outcome, name, durationMs(step)),
    description: lines(
      `Job ${job.name}, step ${step.number}`,
      shownTimes(step.started_at, step.completed_at),
      job.html_url && `${job.html_url}#step:${step.number}:1`,
    ),
    status: outcome.status,
  };
}

/**
 * `Failed · deploy · 3 m 2 s · Smoke tests`: a whole job, its steps in the description. A job that
 * passed all the same, as `continue-on-error` lets it, is kept apart like one that did not.
 * @param failed the failed steps that have no log of their own
 */
export function jobEntry(
  { job, outcome, steps }: ReportedJob,
  failed: readonly RunStep[],
  address: GroupAddress,
): Entry {
  const title = titleOf(outcome, job.name, durationMs(job));
  const passed = !isFailure(outcome);
  const names = failed.map(({ name }) => name).join(', ');
  const [firstFailed] = failed;
  return {
    ...address,
    title: cut(
      [title, names && (passed ? `failed: ${names}` : names)].filter(Boolean).join(' · '),
      TITLE_LIMIT,
    ),
    description: lines(
      ...steps.map((step) => `- ${titleOf(conclusionOf(step), step.name, durationMs(step))}`),
      shownTimes(job.started_at, job.completed_at),
      job.html_url,
    ),
    status: passed && firstFailed ? conclusionOf(firstFailed).status : outcome.status,
  };
}

export function failedSteps({ steps }: ReportedJob): RunStep[] {
  return steps.filter((step) => isFailure(conclusionOf(step)));
}

function titleOf({ word, status }: Conclusion, name: string, ms: number | undefined): string {
  const took = ms === undefined || status === 'skipped' ? undefined : shownSeconds(ms);
  return cut([word, name, took].filter(Boolean).join(' · '), TITLE_LIMIT);
}

function lines(...texts: (string | null)[]): string {
  return cut(texts.filter(Boolean).join('\n'), DESCRIPTION_LIMIT);
}
