import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cut } from '../../../shared/text/cut.ts';
import { oneLine } from '../../../shared/text/one-line.ts';
import { shownValue } from '../../../shared/problem.ts';

test('a text that is short enough stays as it is', () => {
  expect(cut('abc', 3)).toBe('abc');
});

test('a longer text ends in an ellipsis, within the limit', () => {
  expect(cut('abcd', 3)).toBe('ab…');
});

test.each([
  ['a cut text', (text: string) => cut(text, 20)],
  ['a text on one line', oneLine],
  ['a shown value', shownValue],
])('%s never ends in half a character', (_name, cutShort) => {
  fc.assert(
    fc.property(fc.nat(300), (before) => {
      const text = 'a'.repeat(before) + '🚀'.repeat(300);
      expect(cutShort(text)).toMatch(/^"?a*(🚀)*…$/u);
    }),
  );
});
