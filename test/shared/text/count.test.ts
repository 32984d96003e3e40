import { expect, test } from '@jest/globals';
import { countOf, numberText } from '../../../shared/text/count.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1,000'],
  [1_234_567, '1,234,567'],
])('%d is shown as %s', (count, text) => expect(numberText(count)).toBe(text));

test('one is singular, any other count plural', () => {
  expect([0, 1, 2, 1_000].map((count) => countOf(count, 'log'))).toEqual([
    '0 logs',
    '1 log',
    '2 logs',
    '1,000 logs',
  ]);
});
