/** One extension log as a user asks for it, before it is grouped. */
export interface Entry {
  readonly title: string;
  readonly description: string;
  readonly installationId: string;
  /** The group's reference; without one, the log stands alone. */
  readonly reference?: string;
  /** How the thing it tells of went. It never reaches Desk: it only says what `condense` may merge. */
  readonly status?: string;
}

/** The words that an entry's `status` may be when a user writes it. */
export const ENTRY_STATUSES = ['success', 'failure', 'cancelled', 'skipped'] as const;

/**
 * Words that mean nothing went wrong. `neutral` is GitHub's; whatever is not in this list, words
 * nobody knows yet included, counts as failed, so that no failure is ever taken for a success.
 */
const FINE_STATUSES: ReadonlySet<string> = new Set(['success', 'skipped', 'neutral']);

/** Whether an entry tells of a failure. An entry without a status is fine. */
export function hasFailed(entry: Pick<Entry, 'status'>): boolean {
  return entry.status !== undefined && !FINE_STATUSES.has(entry.status);
}
