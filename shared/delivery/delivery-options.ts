import * as z from 'zod/mini';
import { OVERFLOW_MODES } from '../grouping/plan.ts';

/** `at-most-once`: an attempt whose answer was lost is never repeated. */
export const DELIVERY_MODES = ['at-least-once', 'at-most-once'] as const;
/** What is done about an attempt whose answer was lost. */
export type DeliveryMode = (typeof DELIVERY_MODES)[number];

/**
 * Most requests in flight to all portals together, and the most that may be asked for one portal.
 * The largest edition of Zoho Desk allows 25 concurrent calls.
 */
export const IN_FLIGHT_LIMIT = 100;

/** Longest that a delivery may take: a job on a GitHub-hosted runner lives six hours at most. */
const TIMEOUT_SECONDS_LIMIT = 21_600;

/** What every host offers, with the same defaults. */
export const DELIVERY_DEFAULTS = {
  overflow: 'split',
  delivery: 'at-least-once',
  concurrency: 5,
  timeoutSeconds: 120,
} as const satisfies DeliveryOptions;

/** How logs are grouped and delivered. */
export interface DeliveryOptions {
  readonly overflow: (typeof OVERFLOW_MODES)[number];
  readonly delivery: DeliveryMode;
  /** Most requests in flight to one portal. */
  readonly concurrency: number;
  readonly timeoutSeconds: number;
}

/** Checks each option; a number may also come as a text of digits. */
export const deliveryOptionSchemas = {
  overflow: oneOf(OVERFLOW_MODES),
  delivery: oneOf(DELIVERY_MODES),
  concurrency: wholeNumber(IN_FLIGHT_LIMIT),
  timeoutSeconds: wholeNumber(TIMEOUT_SECONDS_LIMIT),
};

/** One of a few words; the message lists them. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  return z.enum(words, `must be one of ${words.join(', ')}. Choose one of them, or leave it out.`);
}

function wholeNumber(limit: number) {
  const rule = `must be a whole number from 1 to ${limit}. Write digits only.`;
  const isAllowed = (value: unknown) =>
    /^\d+$/.test(String(value)) && Number(value) >= 1 && Number(value) <= limit;
  return z.pipe(
    z.union([z.string(), z.number()], rule).check(z.refine(isAllowed, rule)),
    z.transform((value: string | number) => Number(value)),
  );
}
