import { expect, test } from '@jest/globals';
import * as z from 'zod/mini';
import { BadInputError, check, problemLine, shownValue, withoutValue } from '../../shared/problem.ts';

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

test('an error has one line for each problem, and keeps them', () => {
  const problems = [
    { input: 'org-id', value: '"12a"', message: 'must be digits only.' },
    { input: 'title', message: 'is missing.' },
  ];
  const error = new BadInputError(problems);
  expect(error.message).toBe('org-id: "12a" must be digits only.\ntitle: is missing.');
  expect(error.problems).toBe(problems);
  expect(error.name).toBe('BadInputError');
});

test('a secret’s problem never carries what was found', () => {
  const problem = { input: 'client-secret', value: '"hunter2"', message: 'must have no spaces.' };
  expect(problemLine(withoutValue(problem))).toBe('client-secret: must have no spaces.');
});

test('a problem stands under the path to it', () => {
  const schema = z.object({ a: z.array(z.object({ b: z.string('must be text.') })) });
  const lines = (input: string) => {
    const checked = check(schema, { a: [{ b: 'x' }, { b: 1 }] }, input);
    return checked.ok ? [] : checked.problems.map(problemLine);
  };
  expect(lines('logs')).toEqual(['logs.a[1].b: 1 must be text.']);
  expect(lines('')).toEqual(['a[1].b: 1 must be text.']);
});
