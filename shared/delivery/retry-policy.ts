import { backoffMs } from '../retry/backoff.ts';
import type { NextStep } from '../retry/retry.ts';
import type { DeliveryMode } from './delivery-options.ts';
import type { FailedAttempt } from './recorder.ts';

/**
 * Most attempts of one log whose answers were lost. Each may stand in the portal as a copy and takes
 * one of the part's ten slots, so the deadline alone would be no limit.
 */
const AMBIGUOUS_ATTEMPTS_LIMIT = 5;

/** What has happened to one log so far. */
export interface History {
  readonly attempts: number;
  /** Attempts that Desk may have recorded although we do not know. */
  readonly ambiguous: number;
  /** Attempts whose token was refused. */
  readonly unauthorized: number;
}

/** Whether to send a log again after this result, and when. `history` includes the attempt. Pure. */
export function nextStep(
  result: FailedAttempt,
  history: History,
  mode: DeliveryMode,
  random: () => number,
): NextStep {
  switch (result.kind) {
    // Nothing was recorded, and the portal has room again as soon as one call is answered. The
    // portal's window says when: waiting by the clock would leave the portal idle.
    case 'crowded':
      return { kind: 'again', afterMs: 0 };
    // Refused at the door (no connection, 503 or 429 with Retry-After): nothing can have been recorded,
    // so there is no harm in asking again for as long as the deadline allows. A Retry-After of 0 names
    // no time, and asking at once, over and over, would keep a busy Desk busy.
    case 'refused':
      return result.retryAfterMs
        ? { kind: 'again', afterMs: result.retryAfterMs, asked: true }
        : { kind: 'again', afterMs: backoffMs(history.attempts, random) };
    // An access token lives an hour. One fresh token settles it; a second refusal is about the client itself.
    case 'unauthorized':
      return history.unauthorized > 1 ? { kind: 'stop' } : { kind: 'again', afterMs: 0 };
    // Desk may have recorded it and has no idempotency key: asking again may make a copy, and the user
    // said which is worse, a copy or a gap.
    case 'ambiguous':
      return mode === 'at-least-once' && history.ambiguous < AMBIGUOUS_ATTEMPTS_LIMIT
        ? { kind: 'again', afterMs: backoffMs(history.attempts, random) }
        : { kind: 'stop' };
    // Desk understood and said no: it would say no again. A full reference is a matter of the part.
    case 'full':
    case 'final':
      return { kind: 'stop' };
  }
}
