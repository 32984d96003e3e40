import { expect, test } from '@jest/globals';
import { overallSign, shownOutcome } from '../../../action/report/outcome-sign.ts';

test.each([
  ['Failed · Smoke tests · 48 s', undefined, '❌', 'Smoke tests · 48 s'],
  ['Passed · Build', 'success', '✅', 'Build'],
  ['Build', 'success', '✅', 'Build'],
  ['Skipped · Announce', 'skipped', '⏭️', 'Announce'],
  ['Cancelled · Deploy', 'cancelled', '🚫', 'Deploy'],
  ['Timed out · Deploy', 'timed_out', '❌', 'Timed out · Deploy'],
  ['Neutral · Lint', 'neutral', '✅', 'Neutral · Lint'],
  ['In progress · Deploy', 'in_progress', '⏳', 'In progress · Deploy'],
  // The user's own word for how it went counts before the title, whose word then stays.
  ['Passed · Deploy', 'failure', '❌', 'Passed · Deploy'],
  ['Passed all tests', undefined, '', 'Passed all tests'],
])('%s (%s) is shown as %s %s', (title, status, sign, shownTitle) => {
  expect(shownOutcome({ title, status })).toEqual({ sign, title: shownTitle });
});

test.each([
  [['Passed · a', 'Failed · b', 'Cancelled · c'], '❌'],
  [['Passed · a', 'Cancelled · b'], '🚫'],
  [['Passed · a', 'Skipped · b'], '✅'],
  [['Skipped · a'], '⏭️'],
  [['a', 'b'], ''],
])('%j together: %s', (titles, sign) => {
  expect(overallSign(titles.map((title) => ({ title })))).toBe(sign);
});
