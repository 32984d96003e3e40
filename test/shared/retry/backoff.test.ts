import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { backoffMs } from '../../../shared/retry/backoff.ts';

test('backoff is whole milliseconds, from nothing to twice as much each time, twenty seconds at most', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => backoffMs(attempt, () => 1 - Number.EPSILON))).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000,
  ]);
  expect(backoffMs(5, () => 0)).toBe(0);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        const delay = backoffMs(attempt, () => random);
        expect(Number.isInteger(delay) && delay >= 0 && delay <= 20_000).toBe(true);
      },
    ),
  );
});
