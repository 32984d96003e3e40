/** When a delivery has to end, and the signal that may end it earlier. */
export interface Deadline {
  /** On the world's clock, in milliseconds. */
  readonly at: number;
  /** How long it was in all, in milliseconds, for the messages. */
  readonly allowedMs: number;
  readonly signal: AbortSignal;
}

/** No request may take longer than this, whatever is left of the deadline. */
const REQUEST_TIMEOUT_MS = 15_000;

/** A deadline `allowedMs` milliseconds after `now`, or as soon as the signal fires. */
export function deadlineIn(allowedMs: number, now: number, signal: AbortSignal): Deadline {
  return { at: now + allowedMs, allowedMs, signal };
}

/** Milliseconds that a request which begins now may take. */
export function requestTimeoutMs(deadline: Deadline, now: number): number {
  return Math.max(1, Math.min(REQUEST_TIMEOUT_MS, deadline.at - now));
}
