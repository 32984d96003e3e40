import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { backoffMs } from '../../../shared/retry/backoff.ts';
import { deadlineIn, requestTimeoutMs } from '../../../shared/retry/deadline.ts';
import { AMBIGUOUS_ATTEMPTS_LIMIT, nextStep, type History } from '../../../shared/delivery/retry-policy.ts';

const problem = { answered: 'No.', advice: '', reach: 'log' } as const;
const history = (more: Partial<History> = {}): History => ({
  attempts: 1,
  ambiguous: 0,
  refreshed: false,
  ...more,
});
const half = () => 0.5;
const MODES = ['at-least-once', 'at-most-once'] as const;

test.each(MODES)('%s: what was refused at the door is sent again, when it was asked to', (mode) => {
  expect(nextStep({ kind: 'refused', problem }, history({ attempts: 3 }), mode, half)).toEqual({
    kind: 'resend',
    afterMs: 1_000,
  });
  expect(nextStep({ kind: 'refused', problem, retryAfterMs: 7_000 }, history(), mode, half)).toEqual({
    kind: 'resend',
    afterMs: 7_000,
  });
  expect(nextStep({ kind: 'refused', problem, retryAfterMs: 0 }, history(), mode, half)).toEqual({
    kind: 'resend',
    afterMs: 250,
  });
});

test.each(MODES)('%s: one fresh token, not two', (mode) => {
  const refused = { kind: 'unauthorized', problem } as const;
  expect(nextStep(refused, history(), mode, half)).toEqual({ kind: 'resend', afterMs: 0 });
  expect(nextStep(refused, history({ refreshed: true }), mode, half)).toEqual({ kind: 'give-up' });
});

test('what may be recorded is sent again as the user chose, and not for ever', () => {
  const lost = { kind: 'ambiguous', problem } as const;
  const step = (mode: (typeof MODES)[number], ambiguous: number) =>
    nextStep(lost, history({ ambiguous }), mode, half).kind;
  expect(step('at-most-once', 1)).toBe('give-up');
  expect(step('at-least-once', AMBIGUOUS_ATTEMPTS_LIMIT - 1)).toBe('resend');
  expect(step('at-least-once', AMBIGUOUS_ATTEMPTS_LIMIT)).toBe('give-up');
});

test.each(['full', 'final'] as const)('%s is not asked again', (kind) => {
  for (const mode of MODES) expect(nextStep({ kind, problem }, history(), mode, half).kind).toBe('give-up');
});

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

test('a request takes fifteen seconds at most, and never more than is left', () => {
  const deadline = deadlineIn(60_000, 1_000, new AbortController().signal);
  expect([1_000, 46_000, 50_000, 60_999, 70_000].map((now) => requestTimeoutMs(deadline, now))).toEqual([
    15_000, 15_000, 11_000, 1, 1,
  ]);
});
