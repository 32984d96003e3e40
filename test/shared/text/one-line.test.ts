import { expect, test } from '@jest/globals';
import { oneLine } from '../../../shared/text/one-line.ts';

test('line breaks and control characters become single spaces', () => {
  expect(oneLine(' a\r\n\tb\u0000\u001b[31mc  d ')).toBe('a b [31mc d');
});

test('a long text is cut short', () => {
  expect(oneLine('x'.repeat(201))).toBe(`${'x'.repeat(199)}…`);
});
