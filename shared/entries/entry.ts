/** One extension log as a user asks for it, before it is grouped. */
export interface Entry {
  readonly title: string;
  readonly description: string;
  readonly installationId: string;
  /** The group's reference; without one, the log stands alone. */
  readonly reference?: string;
  /** How the thing that it reports went. It never reaches Desk; `condense` decides by it what to merge. */
  readonly status?: string;
  /** The portal's organization, where the entry names one itself. */
  readonly orgId?: string;
  /** The parent of what one use logs together. It is never merged, even in a group begun earlier. */
  readonly isParent?: boolean;
  /** Slots of its reference that are taken already, as an undelivered file says. */
  readonly slotsTaken?: number;
}

/** The words that an entry's `status` may be when a user writes it. */
export const ENTRY_STATUSES = ['success', 'failure', 'cancelled', 'skipped'] as const;

/** The status of a job or step that has not ended. */
export const UNFINISHED = 'in_progress';

/**
 * Words that mean nothing went wrong. `neutral` is GitHub's
 * (https://docs.github.com/en/rest/checks/runs); every word that is not in this list, unknown ones
 * included, counts as failed, so that no failure is ever taken for a success.
 */
const FINE_STATUSES: ReadonlySet<string> = new Set(['success', 'skipped', 'neutral']);

/** How an entry counts when logs are merged. One without a status is fine. */
export function standingOf({ status }: Pick<Entry, 'status'>): 'fine' | 'unfinished' | 'failed' {
  if (status === undefined || FINE_STATUSES.has(status)) return 'fine';
  return status === UNFINISHED ? 'unfinished' : 'failed';
}
