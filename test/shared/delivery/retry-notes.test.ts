import { expect, test } from '@jest/globals';
import { RetryNotes } from '../../../shared/delivery/retry-notes.ts';
import { createSecrets } from '../../../shared/redaction.ts';

const busy = { answered: 'Desk answered 429.', advice: '', reach: 'log', sharedCause: false } as const;

function noting() {
  const lines: string[] = [];
  const secrets = createSecrets();
  secrets.learn('a-long-secret');
  const journal = { info: (line: string) => void lines.push(line), warn: () => {} };
  return { notes: new RetryNotes({ journal, secrets }), lines };
}

test('the same answer is reported three times, and is counted from there on', () => {
  const { notes, lines } = noting();
  for (let at = 1; at <= 1_200; at += 1) notes.add('"Deploy"', at, busy, 'Next try in 1 s.');
  notes.add('"Deploy"', 1, { ...busy, answered: 'Desk answered 503.' }, 'Next try in 2 s.');
  notes.summarize();
  expect(lines).toEqual([
    '"Deploy", attempt 1: Desk answered 429. Next try in 1 s.',
    '"Deploy", attempt 2: Desk answered 429. Next try in 1 s.',
    '"Deploy", attempt 3: Desk answered 429. Next try in 1 s.',
    '"Deploy", attempt 1: Desk answered 503. Next try in 2 s.',
    'Desk answered 429. · 1,200 times',
  ]);
});

test('a title can bring neither a secret nor a second line', () => {
  const { notes, lines } = noting();
  notes.add('"one\n::error::a-long-secret"', 1, busy, 'Next try in 1 s.');
  expect(lines).toEqual(['"one ::error::***", attempt 1: Desk answered 429. Next try in 1 s.']);
});
