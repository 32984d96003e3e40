import type { World } from '../ports.ts';
import type { Deadline } from './deadline.ts';

/** What a policy says about a result: ask again after a pause, or take it as it is. */
export type NextStep =
  | {
      readonly kind: 'again';
      readonly afterMs: number;
      /** The server itself named the pause, so a shorter one would be refused. */
      readonly asked?: boolean;
    }
  | { readonly kind: 'stop' };

/** Looks at the result of attempt number `attempts`, counted from 1. */
export type RetryPolicy<Result> = (result: Result, attempts: number) => NextStep;

/** The last result, and why there was no further attempt. */
export interface Retried<Result> {
  readonly result: Result;
  readonly attempts: number;
  readonly ended:
    | { readonly kind: 'settled' | 'out-of-time' | 'cancelled' }
    /** The server asked for a pause that reaches beyond the deadline. */
    | { readonly kind: 'asked-to-wait'; readonly forMs: number };
}

/** A pause that would reach beyond the deadline is cut so that this much is left for one last attempt. */
const LAST_ATTEMPT_MS = 2_000;

/** How long to try, by which clock, and what to call before each further attempt. */
export interface RetryTerms<Result> {
  readonly deadline: Deadline;
  readonly world: Pick<World, 'now' | 'sleep'>;
  /** Called before each further attempt. */
  readonly onAgain?: (result: Result, attempts: number, afterMs: number) => void;
}

/** The one retry loop: attempts until the policy is satisfied, the deadline comes or its signal fires. */
export async function retry<Result>(
  attempt: (number: number) => Promise<Result>,
  policy: RetryPolicy<Result>,
  { deadline, world, onAgain }: RetryTerms<Result>,
): Promise<Retried<Result>> {
  let isLast = false;
  for (let attempts = 1; ; attempts += 1) {
    const result = await attempt(attempts);
    const next = policy(result, attempts);
    if (next.kind === 'stop') return { result, attempts, ended: { kind: 'settled' } };
    if (deadline.signal.aborted) return { result, attempts, ended: { kind: 'cancelled' } };

    const leftMs = deadline.at - world.now();
    const late = next.afterMs >= leftMs;
    if (late && next.asked) {
      return { result, attempts, ended: { kind: 'asked-to-wait', forMs: next.afterMs } };
    }
    // A last attempt that must not wait (a fresh token, a turn at the portal) is still the same one.
    if (leftMs <= 0 || (isLast && next.afterMs > 0)) {
      return { result, attempts, ended: { kind: 'out-of-time' } };
    }
    const afterMs = late ? Math.ceil(leftMs - Math.min(LAST_ATTEMPT_MS, leftMs / 2)) : next.afterMs;
    isLast ||= late;
    onAgain?.(result, attempts, afterMs);
    if (afterMs > 0) await world.sleep(afterMs, deadline.signal);
    if (deadline.signal.aborted) return { result, attempts, ended: { kind: 'cancelled' } };
    if (world.now() >= deadline.at) return { result, attempts, ended: { kind: 'out-of-time' } };
  }
}
