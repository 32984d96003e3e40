import { expect, test } from '@jest/globals';
import { deadlineIn, requestTimeoutMs } from '../../../shared/retry/deadline.ts';

test('a request takes fifteen seconds at most, and never more than is left', () => {
  const deadline = deadlineIn(60_000, 1_000, new AbortController().signal);
  expect([1_000, 46_000, 50_000, 60_999, 70_000].map((now) => requestTimeoutMs(deadline, now))).toEqual([
    15_000, 15_000, 11_000, 1, 1,
  ]);
});
