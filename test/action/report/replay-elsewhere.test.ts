import { expect, test } from '@jest/globals';
import type { Emulator } from '../../../emulator/start-emulator.ts';
import { logsWithTitles, portalOf, stepTitles } from '../desk-and-job.ts';
import { sceneForEachTest } from '../scene-for-each-test.ts';
import { undeliveredLines } from '../step-end.ts';

const scene = sceneForEachTest();

/** Desk itself refuses an eleventh log: what was tried is what tells whether we counted right. */
function triedByReference(desk: Emulator): Record<string, number> {
  const tried: Record<string, number> = {};
  for (const { path, body } of desk.requests()) {
    if (!path.startsWith('/api/')) continue;
    const { reference } = JSON.parse(body) as { reference: string };
    tried[reference] = (tried[reference] ?? 0) + 1;
  }
  return tried;
}

test.each([
  { kind: 'error500After', times: 1 },
  { kind: 'error500', times: 1 },
  // The other job loses two answers of each, too.
  { kind: 'error500', times: 3 },
] as const)(
  'answers lost in one job are counted in another: no reference is tried an eleventh time ($kind, $times times)',
  async ({ kind, times }) => {
    const { desk, job, run } = scene();
    const lost = ['Step 3', 'Step 5', 'Step 7'];
    desk.fault(...lost.map((title) => ({ kind, times, match: JSON.stringify(title) })));
    const first = await run({
      logs: logsWithTitles(...stepTitles(12)),
      reference: 'r',
      delivery: 'at-most-once',
    });
    const lines = await undeliveredLines(first);
    expect(lines.map(({ title, mayBeRecorded }) => [title, mayBeRecorded])).toEqual([
      ['Step 3', true],
      ['Step 5', true],
      ['Step 7', true],
    ]);
    const inAnotherJob = { env: { RUNNER_TEMP: `${job.folder}/other-job` } };
    const replay = await run({ 'logs-file': first.outputs['undelivered-file'] ?? '' }, inAnotherJob);
    expect([replay.exitCode, replay.outputs['delivered']]).toEqual([0, '3']);
    for (const tried of Object.values(triedByReference(desk))) expect(tried).toBeLessThanOrEqual(10);
    const titles = Object.values(portalOf(desk)).flat();
    for (const title of stepTitles(12)) expect(titles).toContain(title);
  },
);

test('a part that was half filled is filled up in another job, and no further', async () => {
  const { desk, job, run } = scene();
  desk.fault({ kind: 'html404', skip: 4 });
  const first = await run({ logs: logsWithTitles(...stepTitles(14)), reference: 'r', concurrency: '1' });
  expect(first.outputs['undelivered']).toBe('10');
  const slotsTaken = (await undeliveredLines(first)).map((line) => line.slotsTaken);
  // Six belong to part 1, where four are taken; the others open part 2.
  expect(slotsTaken).toEqual([4, 4, 4, 4, 4, 4, 0, 0, 0, 0]);
  const inAnotherJob = { env: { RUNNER_TEMP: `${job.folder}/other-job` } };
  const replay = await run({ 'logs-file': first.outputs['undelivered-file'] ?? '' }, inAnotherJob);
  expect([replay.exitCode, replay.outputs['delivered']]).toEqual([0, '10']);
  for (const titles of Object.values(portalOf(desk))) expect(titles.length).toBeLessThanOrEqual(10);
  for (const tried of Object.values(triedByReference(desk))) expect(tried).toBeLessThanOrEqual(11);
});
