import type { AddLogResult } from '../zoho/add-log.ts';
import { backoffMs } from '../retry/backoff.ts';

/** `at-most-once`: an attempt whose answer was lost is never repeated. */
export const DELIVERY_MODES = ['at-least-once', 'at-most-once'] as const;
export type DeliveryMode = (typeof DELIVERY_MODES)[number];

/**
 * Most attempts of one log whose answers were lost. Each may stand in the portal as a copy and takes
 * one of the part's ten places, so the deadline alone would be no limit.
 */
export const AMBIGUOUS_ATTEMPTS_LIMIT = 5;

/** What happened to one log so far. */
export interface History {
  readonly attempts: number;
  /** Attempts that Desk may have recorded although we do not know. */
  readonly ambiguous: number;
  readonly refreshed: boolean;
}

export type NextStep = { readonly kind: 'resend'; readonly afterMs: number } | { readonly kind: 'give-up' };

/** Whether to send a log again after this result, and when. `history` includes the attempt. Pure. */
export function nextStep(
  result: Exclude<AddLogResult, { kind: 'recorded' }>,
  history: History,
  mode: DeliveryMode,
  random: () => number,
): NextStep {
  switch (result.kind) {
    // Refused at the door (429, no connection, 503 with Retry-After): nothing can have been recorded,
    // so there is no harm in asking again for as long as the deadline allows. A Retry-After of 0 names
    // no time, and asking at once, over and over, would keep a busy Desk busy.
    case 'refused':
      return { kind: 'resend', afterMs: result.retryAfterMs || backoffMs(history.attempts, random) };
    // An access token lives an hour. One fresh token settles it; a second refusal is about the client itself.
    case 'unauthorized':
      return history.refreshed ? { kind: 'give-up' } : { kind: 'resend', afterMs: 0 };
    // Desk may have recorded it and has no idempotency key: asking again may make a copy, and the user
    // said which is worse, a copy or a gap.
    case 'ambiguous':
      return mode === 'at-least-once' && history.ambiguous < AMBIGUOUS_ATTEMPTS_LIMIT
        ? { kind: 'resend', afterMs: backoffMs(history.attempts, random) }
        : { kind: 'give-up' };
    // Desk understood and said no: it would say no again. A full reference is a matter of the part.
    case 'full':
    case 'final':
      return { kind: 'give-up' };
  }
}
