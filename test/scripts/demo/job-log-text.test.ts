import { expect, test } from '@jest/globals';
import { JobLogText } from '../../../scripts/demo/job-log-text.ts';

function shown(log: string): string[] {
  const lines: string[] = [];
  const text = new JobLogText((line) => lines.push(line));
  // Cut anywhere, as a pipe does.
  for (const character of log) text.write(character);
  text.end();
  return lines;
}

test('folds groups, hides commands to the runner, and reads annotations', () => {
  const log = `::add-mask::secret
1 of 2 logs
::group::Acme: 2 logs recorded
Release (4001)
::endgroup::
2 logs recorded
::error title=Desk::1 log undelivered.%0A50%25 of all
the end`;
  expect(shown(log)).toEqual([
    '1 of 2 logs',
    '▸ Acme: 2 logs recorded',
    '2 logs recorded',
    'Error: 1 log undelivered.\n50% of all',
    'the end',
  ]);
});

test('of many groups shows the first and those with something undelivered', () => {
  const groups = Array.from(
    { length: 9 },
    (_, at) => `::group::Portal ${at}: 1 log recorded\n::endgroup::\n`,
  );
  const log = `${groups.join('')}::group::Portal 9: 0 logs recorded, 1 undelivered\n::endgroup::\ndone\n`;
  expect(shown(log)).toEqual([
    ...[0, 1, 2, 3, 4].map((at) => `▸ Portal ${at}: 1 log recorded`),
    '▸ Portal 9: 0 logs recorded, 1 undelivered',
    '▸ … and 4 more like these',
    'done',
  ]);
});
