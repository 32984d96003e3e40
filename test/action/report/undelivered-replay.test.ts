import { expect, test } from '@jest/globals';
import type { Fault } from '../../../emulator/start-emulator.ts';
import { logsWithTitles, portalOf, stepTitles } from '../desk-and-job.ts';
import { sceneForEachTest } from '../scene-for-each-test.ts';
import { undeliveredLines } from '../step-end.ts';

const scene = sceneForEachTest();

const KEYS = [
  'reference',
  'title',
  'description',
  'installationId',
  'orgId',
  'reason',
  'mayBeRecorded',
  'slotsTaken',
];

/** Refuses one log once, for its own sake. */
const refuse = (title: string): Fault => ({
  kind: 'respond',
  status: 422,
  body: '{"errorCode":"INVALID_DATA","errors":[{"fieldName":"/title","errorType":"invalid"}]}',
  match: JSON.stringify(title),
});

const FAULTS: readonly (readonly [string, readonly Fault[], number])[] = [
  ['one in the middle of part 1', [refuse('Step 4')], 1],
  ['the parent', [refuse('Step 1')], 1],
  ['a heading, which nobody misses', [refuse('Step 1 (part 2 of 3)')], 0],
  ['all of part 2 but its heading', stepTitles(25).slice(10, 19).map(refuse), 9],
  ['part 1', stepTitles(10).map(refuse), 10],
  ['from the fifth request on', [{ kind: 'html404', skip: 4 }], 21],
  ['from the second part’s third request on', [{ kind: 'html404', skip: 12 }], 14],
  ['everything', [{ kind: 'html404' }], 25],
  ['the token', [{ kind: 'respond', on: 'token', body: '{"error":"invalid_client"}' }], 25],
];

test.each(FAULTS)('the file delivers what was missing: %s', async (_what, faults, missing) => {
  const { desk, run } = scene();
  desk.fault(...faults);
  // One at a time, so that the fault strikes the request that it is meant for.
  const first = await run({ logs: logsWithTitles(...stepTitles(25)), reference: 'r', concurrency: '1' });
  expect([first.outputs['undelivered'], first.outputs['delivered']]).toEqual([
    String(missing),
    String(25 - missing),
  ]);
  if (missing === 0) return;
  for (const line of await undeliveredLines(first)) expect(Object.keys(line)).toEqual(KEYS);

  const second = await run({ 'logs-file': first.outputs['undelivered-file'] ?? '' });
  expect([second.exitCode, second.outputs['delivered'], second.outputs['undelivered-file']]).toEqual([
    0,
    String(missing),
    '',
  ]);
  const steps = desk.logs().filter(({ title }) => !title.includes('(part'));
  expect(steps.map(({ title }) => title).sort()).toEqual(stepTitles(25).sort());
  for (const titles of Object.values(portalOf(desk))) expect(titles.length).toBeLessThanOrEqual(10);
});

test('logs that stood under references of several installations go back to theirs', async () => {
  const { desk, run } = scene();
  const [other = ''] = desk.credentials.furtherInstallationIds;
  const logs = [
    { title: 'Here', status: 'failure' },
    { title: 'There', installationId: other, reference: 'nightly', description: 'a "quoted"\n line ✅' },
  ];
  desk.fault({ kind: 'html404' });
  const first = await run({ logs: JSON.stringify(logs), concurrency: '1' });
  const second = await run({
    'logs-file': first.outputs['undelivered-file'] ?? '',
    reference: 'of the replay',
  });
  expect(second.exitCode).toBe(0);
  expect(desk.logs()).toMatchObject([
    { title: 'Here', reference: 'gh-9001-1', installationId: desk.credentials.installationId },
    {
      title: 'There',
      reference: 'nightly',
      installationId: other,
      description: 'a "quoted"\n line ✅',
    },
  ]);
});
