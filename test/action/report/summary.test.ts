import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { logsWithTitles, stepTitles } from '../desk-and-job.ts';
import { sceneForEachTest } from '../scene-for-each-test.ts';
import { warningsOf } from '../step-end.ts';
import { linesOf, rowsOf } from './summary-text.ts';

const scene = sceneForEachTest();

test('it leads with the outcome, then the delivery, then the tree of the portal', async () => {
  const { desk, run } = scene();
  const logs = [
    { title: 'Passed · Build · 22 s', status: 'success' },
    { title: 'Failed · Smoke tests · 48 s', status: 'failure' },
    'Skipped · Announce',
    'Roll back',
  ];
  const end = await run({ title: 'Release v1.4.2', logs: JSON.stringify(logs), reference: 'r' });
  const ids = desk.logs().map(({ logId }) => logId);
  const gone = new Date(Date.parse(desk.logs()[0]?.logTime ?? '') + 3 * 86_400_000).toISOString();
  expect(linesOf(end.summary)).toEqual([
    '❌ Release v1.4.2',
    '❌ Smoke tests · 48 s',
    `5 logs recorded · they expire from ${gone.slice(0, 10)} ${gone.slice(11, 16)} UTC on`,
  ]);
  expect(rowsOf(end.summary)).toEqual([
    'Log | Delivery',
    'Reference r, installation 4000000000123001',
    `Release v1.4.2 | ${ids[0]} · n ms`,
    `✅ Build · 22 s | ${ids[1]} · n ms`,
    `❌ Smoke tests · 48 s | ${ids[2]} · n ms`,
    `⏭️ Announce | ${ids[3]} · n ms`,
    `Roll back | ${ids[4]} · n ms`,
  ]);
});

test('of many failures, the first five are named above the tree, each once', async () => {
  const failures = stepTitles(8).map((title) => `Failed · ${title}`);
  const end = await scene().run({ logs: logsWithTitles('Release', ...failures, 'Failed · Step 1') });
  expect(linesOf(end.summary)[1]).toBe(
    [...stepTitles(5).map((title) => `❌ ${title}`), 'and 3 more that failed'].join(' / '),
  );
});

test('where nothing is known of the outcome, the summary makes none up', async () => {
  const end = await scene().run({ title: 'Release', logs: logsWithTitles('Build', 'Deploy') });
  expect(linesOf(end.summary)[0]).toBe('Release');
});

test('further parts stand under their own reference with their heading', async () => {
  const end = await scene().run({ logs: logsWithTitles(...stepTitles(11)), reference: 'r' });
  const rows = rowsOf(end.summary);
  expect(rows[12]).toBe('Reference r-2, installation 4000000000123001');
  expect(rows[13]).toMatch(/^Step 1 \(part 2 of 2\) \| \d+ · n ms$/);
  expect(rows[14]).toMatch(/^Step 11 \|/);
  expect(linesOf(end.summary)[1]).toMatch(/^11 logs recorded · /);
});

test('what is missing stands in its place, and the reasons come before the tree', async () => {
  const { desk, run } = scene();
  desk.fault(
    { kind: 'respond', status: 422, body: '{"message":"<b>No & never</b>"}', match: '"Step 2"' },
    { kind: 'error500After', match: '"Step 3"' },
  );
  const end = await run({ logs: logsWithTitles(...stepTitles(3)), delivery: 'at-most-once' });
  const rows = rowsOf(end.summary);
  expect(rows[2]).toMatch(/^Step 1 \| \d+ · n ms$/);
  expect(rows[3]).toBe('Step 2 | ⚠️ undelivered');
  expect(rows[4]).toBe('Step 3 | ⚠️ undelivered, possibly recorded');
  expect(linesOf(end.summary)[1]).toMatch(/^⚠️ 2 logs undelivered · 1 log recorded · /);
  const [before, after = ''] = end.summary.split('<table>');
  expect(before).toContain('&lt;b&gt;No &amp; never&lt;/b&gt;');
  expect(after).toContain(
    `<code>${end.outputs['undelivered-file']}</code> until the job ends. Keep the file with <code>actions/upload-artifact</code>`,
  );
});

test('a delivered failure and an undelivered success are told apart', async () => {
  const { desk, run } = scene();
  desk.fault({ kind: 'respond', status: 422, body: '{}', match: 'Passed · Build' });
  const end = await run({ logs: logsWithTitles('Release', 'Passed · Build', 'Failed · Deploy') });
  expect(rowsOf(end.summary).slice(3)).toEqual([
    '✅ Build | ⚠️ undelivered',
    expect.stringMatching(/^❌ Deploy \| \d+ · n ms$/),
  ]);
});

test('without a token nothing expires, and all is shown as undelivered', async () => {
  const end = await scene().run({ title: 'Release', 'refresh-token': 'revoked-token' });
  expect(rowsOf(end.summary)[2]).toBe('Release | ⚠️ undelivered');
  expect(linesOf(end.summary)).toEqual([
    'Release',
    '⚠️ 1 log undelivered · 0 logs recorded',
    expect.stringMatching(/^Zoho did not issue an access token\. It answered 200 invalid_code\./),
    expect.stringMatching(/^The undelivered logs are in /),
  ]);
});

test('a dry run shows the plan, without ids or deliveries', async () => {
  const logs = JSON.stringify(['Passed · Build', 'Failed · Deploy']);
  const end = await scene().run({ title: 'Release', logs, reference: 'r', 'dry-run': 'true' });
  expect(linesOf(end.summary)).toEqual([
    '❌ Release',
    '❌ Deploy',
    'Dry run: 3 logs planned, nothing was sent.',
  ]);
  expect(rowsOf(end.summary)).toEqual([
    'Log',
    'Reference r, installation 4000000000123001',
    'Release',
    '✅ Build',
    '❌ Deploy',
  ]);
});

test('no blank line: a line break in a title does not end the table', async () => {
  const end = await scene().run({ logs: JSON.stringify(['a\n\nb', { title: 'c', reference: 'x  y' }]) });
  expect(end.summary.trim()).not.toMatch(/\n\s*\n/);
  expect(end.summary).toContain('<b>a b</b>');
});

test('thousands of logs with the longest titles leave a summary that GitHub takes', async () => {
  const { desk, job, run } = scene();
  const titles = Array.from({ length: 3_000 }, (_, at) => `${at} ${'"✅&'.repeat(330)}`);
  await writeFile(join(job.workspace, 'logs.json'), JSON.stringify(titles));
  desk.fault({ kind: 'html404', times: 'always' });
  const end = await run({ 'logs-file': 'logs.json' });
  expect(Buffer.byteLength(end.summary)).toBeLessThan(1_048_576);
  const lines = linesOf(end.summary);
  expect(lines[2]).toContain('This address is not a Zoho Desk API.');
  expect(lines[3]).toMatch(/^[\d,]+ more rows are left out here\.$/);
  expect([end.exitCode, end.outputs['undelivered']]).toEqual([1, '3000']);
});

test('a runner without summaries gives a warning, and the step passes', async () => {
  const end = await scene().run({ title: 'Release' }, { env: { GITHUB_STEP_SUMMARY: '' } });
  expect([end.exitCode, end.outputs['ok']]).toEqual([0, 'true']);
  expect(warningsOf(end)).toEqual([expect.stringMatching(/^The job summary could not be written: /)]);
});
