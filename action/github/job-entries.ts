import { cut } from '../../shared/text/cut.ts';
import { DESCRIPTION_LIMIT, TITLE_LIMIT } from '../../shared/entries/read-entries.ts';
import type { Entry } from '../../shared/entries/entry.ts';
import type { Detail } from '../inputs/settings.ts';
import { isFailure, conclusionOf, type Conclusion } from './conclusion.ts';
import { durationMs, type RunJob, type RunStep } from './run-jobs.ts';
import { stepName } from './step-name.ts';
import { shownSeconds, shownTimes } from './time-text.ts';

/** A job, how it went, and those of its steps that are reported. */
export interface ReportedJob {
  readonly job: RunJob;
  readonly outcome: Conclusion;
  readonly steps: readonly RunStep[];
}

/** Where the logs go; the same for all that are collected. */
export type GroupAddress = Pick<Entry, 'installationId' | 'reference'>;

/** What the logs of one collection have in common. */
export interface EntryOptions {
  readonly address: GroupAddress;
  readonly detail: Detail;
}

/** `Failed · Smoke tests · 48 s`; with several jobs, `Failed · deploy / Smoke tests · 48 s`. */
export function stepEntry(
  { job }: ReportedJob,
  step: RunStep,
  namesJob: boolean,
  { address, detail }: EntryOptions,
): Entry {
  const outcome = conclusionOf(step);
  const name = stepName(step, detail);
  return {
    ...address,
    title: titleOf(outcome, namesJob ? `${job.name} / ${name}` : name, durationMs(step)),
    description: lines(
      `Job ${job.name}`,
      shownTimes(step.started_at, step.completed_at),
      detail === 'full' && job.html_url && `${job.html_url}#step:${step.number}:1`,
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
  { address, detail }: EntryOptions,
): Entry {
  const passed = !isFailure(outcome);
  const names = failed.map((step) => stepName(step, detail)).join(', ');
  const [firstFailed] = failed;
  const parts = [titleOf(outcome, job.name, durationMs(job)), names && (passed ? `failed: ${names}` : names)];
  const title = cut(parts.filter(Boolean).join(' · '), TITLE_LIMIT);
  const description = lines(
    ...steps.map((step) => `- ${titleOf(conclusionOf(step), stepName(step, detail), durationMs(step))}`),
    shownTimes(job.started_at, job.completed_at),
    detail === 'full' && job.html_url,
  );
  return {
    ...address,
    title,
    // Of a job that never began nothing else is known, and Desk wants a description.
    description: description || title,
    status: passed && firstFailed ? conclusionOf(firstFailed).status : outcome.status,
  };
}

/** The steps of a job that went wrong, each of which may have a log of its own. */
export function failedSteps({ steps }: ReportedJob): RunStep[] {
  return steps.filter((step) => isFailure(conclusionOf(step)));
}

function titleOf({ word, status }: Conclusion, name: string, ms: number | undefined): string {
  const took = ms === undefined || status === 'skipped' ? undefined : shownSeconds(ms);
  return cut([word, name, took].filter(Boolean).join(' · '), TITLE_LIMIT);
}

function lines(...texts: (string | null | false)[]): string {
  return cut(texts.filter(Boolean).join('\n'), DESCRIPTION_LIMIT);
}
