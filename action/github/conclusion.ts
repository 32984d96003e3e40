import { UNFINISHED } from '../../shared/entries/entry.ts';

/** How a job or a step ended: the word that a title begins with, and the status of its entry. */
export interface Conclusion {
  readonly word: string;
  /** See `standingOf` for what the core makes of it. */
  readonly status: string;
}

/**
 * GitHub's conclusions (https://docs.github.com/en/rest/actions/workflow-jobs). One that is not here
 * is shown as it is, and is not taken for a success.
 */
const CONCLUSION_WORDS: ReadonlyMap<string, string> = new Map([
  ['success', 'Passed'],
  ['failure', 'Failed'],
  ['neutral', 'Neutral'],
  ['cancelled', 'Cancelled'],
  ['skipped', 'Skipped'],
  ['timed_out', 'Timed out'],
  ['action_required', 'Action required'],
  ['startup_failure', 'Failed to start'],
  ['stale', 'Stale'],
]);

/** GitHub's statuses, for what has no conclusion yet. `completed` without one is the API lagging. */
const STATUS_WORDS: ReadonlyMap<string, string> = new Map([
  ['queued', 'Queued'],
  ['in_progress', 'In progress'],
  ['completed', 'In progress'],
  ['waiting', 'Waiting'],
  ['requested', 'Requested'],
  ['pending', 'Pending'],
]);

/** The conclusion of a job or a step. A null conclusion is never a success. */
export function conclusionOf(of: {
  readonly status: string;
  readonly conclusion: string | null;
}): Conclusion {
  if (of.conclusion) {
    return { word: CONCLUSION_WORDS.get(of.conclusion) ?? of.conclusion, status: of.conclusion };
  }
  return { word: STATUS_WORDS.get(of.status) ?? of.status, status: UNFINISHED };
}

/** Whether it went wrong: not fine, and not merely unfinished. */
export function isFailure({ status }: Conclusion): boolean {
  return !['success', 'skipped', 'neutral', UNFINISHED].includes(status);
}

/** How several together went: the word that stands in the parent's title, and the parent's status. */
export function overall(outcomes: readonly Conclusion[]): Conclusion {
  const some = (status: string) => outcomes.some((outcome) => outcome.status === status);
  if (outcomes.some((outcome) => isFailure(outcome) && outcome.status !== 'cancelled')) {
    return { word: 'failed', status: 'failure' };
  }
  if (some('cancelled')) return { word: 'cancelled', status: 'cancelled' };
  if (outcomes.length === 0 || some(UNFINISHED)) return { word: 'in progress', status: UNFINISHED };
  return outcomes.every(({ status }) => status === 'skipped')
    ? { word: 'skipped', status: 'skipped' }
    : { word: 'passed', status: 'success' };
}
