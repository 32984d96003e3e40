import { cut } from '../../shared/text/cut.ts';
import { DESCRIPTION_LIMIT, TITLE_LIMIT } from '../../shared/entries/read-entries.ts';
import type { Entry } from '../../shared/entries/entry.ts';
import { isFailure, outcomeOf, type RunOutcome } from './conclusion.ts';
import { durationMs, type RunJob, type RunStep } from './run-jobs.ts';
import { shownSeconds, shownTimes } from './time-text.ts';

/** A job, how it went, and the steps of it that are told of. */
export interface ToldJob {
  readonly job: RunJob;
  readonly outcome: RunOutcome;
  readonly steps: readonly RunStep[];
}

/** Where the logs go; the same for all that are collected. */
export type Place = Pick<Entry, 'installationId' | 'reference'>;

/** `Failed · Smoke tests · 48 s`; with several jobs, `Failed · deploy / Smoke tests · 48 s`. */
export function stepEntry({ job }: ToldJob, step: RunStep, namesJob: boolean, place: Place): Entry {
  const outcome = outcomeOf(step);
  const name = namesJob ? `${job.name} / ${step.name}` : step.name;
  return {
    ...place,
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
export function jobEntry({ job, outcome, steps }: ToldJob, failed: readonly RunStep[], place: Place): Entry {
  const title = titleOf(outcome, job.name, durationMs(job));
  const passed = !isFailure(outcome);
  const names = failed.map(({ name }) => name).join(', ');
  const [firstFailed] = failed;
  return {
    ...place,
    title: cut(
      [title, names && (passed ? `failed: ${names}` : names)].filter(Boolean).join(' · '),
      TITLE_LIMIT,
    ),
    description: lines(
      ...steps.map((step) => `- ${titleOf(outcomeOf(step), step.name, durationMs(step))}`),
      shownTimes(job.started_at, job.completed_at),
      job.html_url,
    ),
    status: passed && firstFailed ? outcomeOf(firstFailed).status : outcome.status,
  };
}

export function failedSteps({ steps }: ToldJob): RunStep[] {
  return steps.filter((step) => isFailure(outcomeOf(step)));
}

function titleOf({ word, status }: RunOutcome, name: string, ms: number | undefined): string {
  const took = ms === undefined || status === 'skipped' ? undefined : shownSeconds(ms);
  return cut([word, name, took].filter(Boolean).join(' · '), TITLE_LIMIT);
}

function lines(...texts: (string | null)[]): string {
  return cut(texts.filter(Boolean).join('\n'), DESCRIPTION_LIMIT);
}
