const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 20_000;

/** Exponential backoff with full jitter, in whole milliseconds; `attempt` counts from 1. */
export function backoffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
  return Math.ceil(random() * ceiling);
}
