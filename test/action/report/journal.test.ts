import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createJournal } from '../../../action/report/journal.ts';
import { createSecrets } from '../../../shared/redaction.ts';

let printed: string;

beforeEach(() => {
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => void jest.restoreAllMocks());

test('what a thousand portals warn of in the same words is a warning once', () => {
  const journal = createJournal(createSecrets());
  for (let portal = 0; portal < 1_000; portal += 1) journal.warn('The token belongs to the data center eu.');
  journal.warn('Another thing.');
  expect(printed.trim().split(/\r?\n/)).toEqual([
    '::warning::The token belongs to the data center eu.',
    '::warning::Another thing.',
  ]);
});

test('a line holds no secret, and no command to the runner', () => {
  const secrets = createSecrets();
  secrets.learn('s3cr3t-of-the-portal');
  createJournal(secrets).info('::error::s3cr3t-of-the-portal\n##[error]no');
  expect(printed.trim()).toBe(': :error::*** ## [error]no');
});
