import { expect, test } from '@jest/globals';
import { outcomeOf, worstOf } from '../../../emulator/page/outcome.ts';

test.each([
  ['Passed · Build · 1 m 9 s', 'passed'],
  ['Failed · Smoke tests · 48 s', 'failed'],
  ['Timed out · Upload', 'failed'],
  ['Failed to start · Deploy', 'failed'],
  ['Action required · Approve', 'failed'],
  ['Cancelled · Deploy', 'cancelled'],
  ['Skipped · Announce', 'skipped'],
  ['In progress · Deploy', 'unfinished'],
  ['Release v1.4.2: failed · 3 of 4 jobs · 6 m 12 s', 'failed'],
  ['Deploy #42: passed', 'passed'],
  ['Passed · Build (part 2 of 3)', 'passed'],
  ['12 went well: Lint, Build', 'passed'],
  ['2 failed: Lint, Unit tests (with 3 that went well)', 'failed'],
  ['3 skipped: a, b, c', 'skipped'],
  ['Failed logins: 3', undefined],
  ['Failed logins exported', undefined],
  ['712 contacts of Berlin', undefined],
  ['Passed on to the next team', undefined],
  ['', undefined],
])('%j is %s', (title, outcome) => {
  expect(outcomeOf(title)).toBe(outcome);
});

test('one failure outweighs what went well', () => {
  expect(worstOf(['passed', undefined, 'failed', 'skipped'])).toBe('failed');
  expect(worstOf([undefined])).toBeUndefined();
});
