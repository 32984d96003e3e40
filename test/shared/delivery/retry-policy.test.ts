import { expect, test } from '@jest/globals';
import { nextStep, type History } from '../../../shared/delivery/retry-policy.ts';

const problem = { answered: 'No.', advice: '', reach: 'log', sharedCause: false } as const;
const history = (more: Partial<History> = {}): History => ({
  attempts: 1,
  ambiguous: 0,
  unauthorized: 0,
  ...more,
});
const half = () => 0.5;
const MODES = ['at-least-once', 'at-most-once'] as const;

test.each(MODES)(
  '%s: what was refused at the door is sent again, after the pause that Desk names',
  (mode) => {
    expect(nextStep({ kind: 'refused', problem }, history({ attempts: 3 }), mode, half)).toEqual({
      kind: 'again',
      afterMs: 1_000,
    });
    expect(nextStep({ kind: 'refused', problem, retryAfterMs: 7_000 }, history(), mode, half)).toEqual({
      kind: 'again',
      afterMs: 7_000,
      asked: true,
    });
    expect(nextStep({ kind: 'refused', problem, retryAfterMs: 0 }, history(), mode, half)).toEqual({
      kind: 'again',
      afterMs: 250,
    });
  },
);

test.each(MODES)('%s: too many concurrent calls wait for their turn, not for a clock', (mode) => {
  const crowded = { kind: 'crowded', problem } as const;
  expect(nextStep(crowded, history({ attempts: 40 }), mode, half)).toEqual({ kind: 'again', afterMs: 0 });
});

test.each(MODES)('%s: one fresh token, not two', (mode) => {
  const refused = { kind: 'unauthorized', problem } as const;
  expect(nextStep(refused, history({ unauthorized: 1 }), mode, half)).toEqual({ kind: 'again', afterMs: 0 });
  expect(nextStep(refused, history({ unauthorized: 2 }), mode, half)).toEqual({ kind: 'stop' });
});

test('what may be recorded is sent again as the user chose, and five times at most', () => {
  const lost = { kind: 'ambiguous', problem } as const;
  const step = (mode: (typeof MODES)[number], ambiguous: number) =>
    nextStep(lost, history({ ambiguous }), mode, half).kind;
  expect(step('at-most-once', 1)).toBe('stop');
  expect(step('at-least-once', 4)).toBe('again');
  expect(step('at-least-once', 5)).toBe('stop');
});

test.each(['full', 'final'] as const)('%s is not sent again', (kind) => {
  for (const mode of MODES) expect(nextStep({ kind, problem }, history(), mode, half).kind).toBe('stop');
});
