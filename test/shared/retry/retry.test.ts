import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deadlineIn } from '../../../shared/retry/deadline.ts';
import { retry, type NextStep } from '../../../shared/retry/retry.ts';

/** Attempts that take so long and come to what the policy says of them, on a clock of their own. */
async function retrying(
  steps: readonly NextStep[],
  { allowedMs = 10_000, attemptMs = 100, cancelAfter = Infinity } = {},
) {
  const cancel = new AbortController();
  const deadline = deadlineIn(allowedMs, 0, cancel.signal);
  const attemptsAt: number[] = [];
  const again: number[] = [];
  let now = 0;
  const world = {
    now: () => now,
    sleep(ms: number) {
      now += ms;
      return Promise.resolve();
    },
  };
  const { result, attempts, ended } = await retry(
    (number) => {
      attemptsAt.push(now);
      now += attemptMs;
      if (number >= cancelAfter) cancel.abort();
      return Promise.resolve(`answer ${number}`);
    },
    (_, number) => steps[number - 1] ?? { kind: 'stop' },
    { deadline, world, onAgain: (_result, _attempts, afterMs) => void again.push(afterMs) },
  );
  return { result, attempts, ended, attemptsAt, again, endedAt: now };
}

const after = (afterMs: number): NextStep => ({ kind: 'again', afterMs });
const asked = (afterMs: number): NextStep => ({ kind: 'again', afterMs, asked: true });

test('asks until the policy is satisfied, after each pause', async () => {
  expect(await retrying([after(500), after(1_000)])).toMatchObject({
    result: 'answer 3',
    attempts: 3,
    ended: { kind: 'settled' },
    attemptsAt: [0, 600, 1_700],
    again: [500, 1_000],
  });
});

describe('a pause that reaches beyond the deadline', () => {
  test('is cut, so that a last attempt has two seconds', async () => {
    const { attemptsAt, ended } = await retrying([after(20_000), after(20_000)]);
    expect(attemptsAt).toEqual([0, 8_000]);
    expect(ended).toEqual({ kind: 'out-of-time' });
  });

  test('is cut to half of what is left, where that is less', async () => {
    const { attemptsAt } = await retrying([after(20_000)], { allowedMs: 1_100 });
    expect(attemptsAt).toEqual([0, 600]);
  });

  test('is not begun when the server asked for it: a shorter one would be refused', async () => {
    const { attempts, ended, endedAt } = await retrying([asked(60_000)]);
    expect([attempts, ended, endedAt]).toEqual([1, { kind: 'asked-to-wait', forMs: 60_000 }, 100]);
  });

  test('does not take away a new token’s turn, which needs no pause', async () => {
    const { attempts, ended } = await retrying([after(20_000), after(0)]);
    expect([attempts, ended]).toEqual([3, { kind: 'settled' }]);
  });
});

test('an attempt that lasts to the deadline is the last', async () => {
  const { attempts, ended } = await retrying([after(0), after(0)], { attemptMs: 10_000 });
  expect([attempts, ended]).toEqual([1, { kind: 'out-of-time' }]);
});

test('a run that is cancelled tries nothing more', async () => {
  const { attempts, ended } = await retrying([after(0), after(0), after(0)], { cancelAfter: 2 });
  expect([attempts, ended]).toEqual([2, { kind: 'cancelled' }]);
});

test('whatever the policy asks for, no attempt begins at the deadline or later', async () => {
  const aStep = fc.oneof(fc.nat(30_000).map(after), fc.nat(30_000).map(asked));
  await fc.assert(
    fc.asyncProperty(fc.array(aStep), fc.integer({ min: 1, max: 20_000 }), async (steps, allowedMs) => {
      const { attemptsAt } = await retrying(steps, { allowedMs });
      expect(Math.max(...attemptsAt)).toBeLessThan(allowedMs);
    }),
  );
});
