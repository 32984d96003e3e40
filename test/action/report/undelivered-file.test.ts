import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import type { Fault } from '../../../emulator/start-emulator.ts';
import type { StepEnd } from '../../../emulator/runner/local-job.ts';
import { logsWithTitles, portalOf, stepTitles } from '../desk-and-job.ts';
import { sceneForEachTest } from '../scene-for-each-test.ts';
import { errorsOf, linesOfFile, undeliveredLines } from '../step-end.ts';

const scene = sceneForEachTest();
const REFUSED = {
  kind: 'respond',
  status: 422,
  body: '{"errorCode":"INVALID_DATA","message":"No.","errors":[{"fieldName":"/title","errorType":"invalid"}]}',
} as const;
const refuse = (title: string): Fault => ({ ...REFUSED, match: JSON.stringify(title), times: 1 });

test('one refused log fails the step, names it and keeps it in a file; the others arrive', async () => {
  const { desk, job, run } = scene();
  desk.fault(refuse('Step 2'));
  const end = await run({ logs: logsWithTitles(...stepTitles(3)) });
  const path = `${job.runnerTemp}/zoho-desk-undelivered-1.jsonl`;
  const reason =
    'Desk answered 422 INVALID_DATA "No" (/title is invalid). Change what Desk names, and log it again.';
  expect(errorsOf(end)).toEqual([
    `1 of 3 logs undelivered.\n"Step 2": ${reason}\nThey are in ${path} until the job ends. Keep the file with actions/upload-artifact, and give it to logs-file to log them again.`,
  ]);
  expect([end.exitCode, end.stderr]).toEqual([1, '']);
  expect(portalOf(desk)).toEqual({ 'gh-9001-1': ['Step 1', 'Step 3'] });
  const { installationId, orgId } = desk.credentials;
  expect(await linesOfFile(path)).toEqual([
    {
      reference: 'gh-9001-1',
      title: 'Step 2',
      description: 'Step 2',
      installationId,
      orgId,
      reason,
      mayBeRecorded: false,
      slotsTaken: 2,
    },
  ]);
});

test('with fail-on-error false the step stays green, with the same annotation, outputs and file', async () => {
  const { desk, run } = scene();
  desk.fault(refuse('Step 2'));
  const end = await run({ logs: logsWithTitles(...stepTitles(3)), 'fail-on-error': 'false' });
  expect([end.exitCode, end.outputs['ok'], end.outputs['undelivered']]).toEqual([0, 'false', '1']);
  expect(errorsOf(end)[0]).toMatch(/^1 of 3 logs undelivered\./);
  expect(await linesOfFile(end.outputs['undelivered-file'] ?? '')).toHaveLength(1);
});

test('bad input fails the step whatever fail-on-error says', async () => {
  const end = await scene().run({ title: '', 'fail-on-error': 'false' });
  expect([end.exitCode, end.outputs['ok']]).toEqual([1, 'false']);
});

test('a lost answer is marked in the annotation and in the file', async () => {
  const { desk, run } = scene();
  desk.fault({ kind: 'error500After', match: '"Step 2"' });
  const end = await run({ logs: logsWithTitles(...stepTitles(3)), delivery: 'at-most-once' });
  expect(errorsOf(end)[0]).toMatch(/^1 of 3 logs undelivered, 1 of them possibly recorded all the same\.\n/);
  expect(errorsOf(end)[0]).toMatch(
    /\nA line with "mayBeRecorded":true may be in the portal already: look there/,
  );
  expect(end.summary).toContain('may be in the portal already: look there first, and take it out if it is.');
  expect(await linesOfFile(end.outputs['undelivered-file'] ?? '')).toMatchObject([
    { title: 'Step 2', mayBeRecorded: true },
  ]);
  expect(desk.logs().filter(({ title }) => title === 'Step 2')).toHaveLength(1);
});

test('a log that was sent again after a lost answer is marked as possibly recorded more than once', async () => {
  const { desk, run } = scene();
  desk.fault({ kind: 'error500After', match: '"Step 2"' });
  const end = await run({ logs: logsWithTitles(...stepTitles(2)) });
  expect(desk.logs().filter(({ title }) => title === 'Step 2')).toHaveLength(2);
  expect([end.exitCode, end.outputs['ok'], end.outputs['delivered']]).toEqual([0, 'true', '2']);
  expect(end.stdout).toMatch(/ Step 2 \(\d+, recorded, possibly more than once\)/);
  expect(end.summary).toContain('⚠️ recorded, possibly more than once');
});

test('with a file of many reasons, the annotation gives ten and points to the file', async () => {
  const { desk, run } = scene();
  const titles = stepTitles(12);
  desk.fault(
    ...titles.map((title) => ({ ...refuse(title), body: JSON.stringify({ message: `Not ${title}` }) })),
  );
  const end = await run({ logs: logsWithTitles(...titles) });
  const lines = errorsOf(end)[0]?.split('\n') ?? [];
  expect([lines.length, lines[0], lines[11]]).toEqual([
    13,
    '12 of 12 logs undelivered.',
    '2 more reasons in the file.',
  ]);
  expect(new Set((await undeliveredLines(end)).map(({ reason }) => reason)).size).toBe(12);
});

test("an earlier use's file is never overwritten, nor one that was there before the job's first use", async () => {
  const { desk, job, run } = scene();
  await writeFile(`${job.runnerTemp}/zoho-desk-undelivered-1.jsonl`, 'mine');
  desk.fault({ kind: 'html404', times: 'always' });
  const ends = [await run({ title: 'First' }), await run({ title: 'Second' })];
  const paths = ends.map(({ outputs }) => outputs['undelivered-file']?.replace(job.runnerTemp, ''));
  expect(paths).toEqual(['/zoho-desk-undelivered-2.jsonl', '/zoho-desk-undelivered-3.jsonl']);
  expect(await undeliveredLines(ends[0] as StepEnd)).toMatchObject([{ title: 'First' }]);
  expect(await readFile(`${job.runnerTemp}/zoho-desk-undelivered-1.jsonl`, 'utf8')).toBe('mine');
});

test('two uses that fail at the same time have a file each', async () => {
  const { desk, run } = scene();
  desk.fault({ kind: 'html404', times: 'always' });
  const ends = await Promise.all(['First', 'Second'].map((title) => run({ title })));
  const lines = await Promise.all(ends.map(undeliveredLines));
  expect(lines).toMatchObject([[{ title: 'First' }], [{ title: 'Second' }]]);
});

test('where the file cannot be written, the annotation says so and the outputs are there', async () => {
  const { desk, run } = scene();
  desk.fault({ kind: 'html404', times: 'always' });
  const end = await run({ title: 'First' }, { env: { RUNNER_TEMP: '/dev/null/temp' } });
  expect(errorsOf(end)).toEqual([
    'The undelivered file could not be written to /dev/null/temp: ENOTDIR.',
    'The results file could not be written to /dev/null/temp: ENOTDIR.',
    expect.stringMatching(/^1 of 1 log undelivered\.\n"First": Desk answered 404 .*[^\n]$/),
  ]);
  expect([end.exitCode, end.outputs['undelivered'], end.outputs['undelivered-file']]).toEqual([1, '1', '']);
});
