import { expect, test } from '@jest/globals';
import * as z from 'zod/mini';
import { check, problemLine, shownValue } from '../../shared/problem.ts';

test.each<[unknown, string]>([
  ['two\nlines', '"two\\nlines"'],
  [7, '7'],
  [12n, '12'],
  [[12n], '["12"]'],
  [undefined, 'undefined'],
  [null, 'null'],
  ['x'.repeat(58), `"${'x'.repeat(58)}"`],
  ['x'.repeat(59), `"${'x'.repeat(58)}…`],
])('%p is shown on one line, cut short', (value, shown) => {
  expect(shownValue(value)).toBe(shown);
});

test('a password in an address is never shown', () => {
  expect(shownValue('https://admin:hunter2@desk.example.com/api')).toBe('"https://***@desk.example.com/api"');
});

test('a problem without a value is shown as its message alone', () => {
  expect(problemLine({ input: 'title', message: 'is missing.' })).toBe('title: is missing.');
});

test('a problem names the path to it', () => {
  const schema = z.object({ a: z.array(z.object({ b: z.string('must be text.') })) });
  const lines = (input: string) => {
    const checked = check(schema, { a: [{ b: 'x' }, { b: 1 }] }, input);
    return checked.ok ? [] : checked.problems.map(problemLine);
  };
  expect(lines('logs')).toEqual(['logs.a[1].b: 1 must be text.']);
  expect(lines('')).toEqual(['a[1].b: 1 must be text.']);
});
