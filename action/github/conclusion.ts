/** How a job or a step went: the word that a title begins with, and what the core knows it by. */
export interface RunOutcome {
  readonly word: string;
  /** `success`, `skipped` and `neutral` are fine for the core, every other word is not. */
  readonly status: string;
}

/** GitHub's conclusions. One that is not here is shown as it is, and is not taken for a success. */
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

const NOT_OVER = 'in_progress';

/** The outcome of a job or a step. A null conclusion is never a success. */
export function outcomeOf(of: { readonly status: string; readonly conclusion: string | null }): RunOutcome {
  if (of.conclusion) {
    return { word: CONCLUSION_WORDS.get(of.conclusion) ?? of.conclusion, status: of.conclusion };
  }
  return { word: STATUS_WORDS.get(of.status) ?? of.status, status: NOT_OVER };
}

/** Whether it went wrong: not fine, and not merely unfinished. */
export function isFailure({ status }: RunOutcome): boolean {
  return !['success', 'skipped', 'neutral', NOT_OVER].includes(status);
}

/** How several together went, in the word that stands in the parent's title. */
export function overallWord(outcomes: readonly RunOutcome[]): string {
  if (outcomes.length === 0) return 'in progress';
  if (outcomes.some((outcome) => isFailure(outcome) && outcome.status !== 'cancelled')) return 'failed';
  if (outcomes.some(({ status }) => status === 'cancelled')) return 'cancelled';
  if (outcomes.some(({ status }) => status === NOT_OVER)) return 'in progress';
  return outcomes.every(({ status }) => status === 'skipped') ? 'skipped' : 'passed';
}
