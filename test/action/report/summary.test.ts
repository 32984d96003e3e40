import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { logsWithTitles, stepTitles } from '../desk-and-job.ts';
import { sceneForEachTest } from '../scene-for-each-test.ts';
import { warningsOf } from '../step-end.ts';

const scene = sceneForEachTest();

/** The cells of the summary's table, as a reader sees them; a duration is different each time. */
function rowsOf(summary: string): string[] {
  return [...summary.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) =>
    row
      .replaceAll(/<\/t[dh]>(?=<)/g, ' | ')
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll('&nbsp;', ' ')
      .replace(/\d+(\.\d)? m?s(?= |$)/, 'n ms')
      .trim(),
  );
}

test('it shows the tree of the portal: parent, sub-logs, status, duration, id, and when they expire', async () => {
  const { desk, run } = scene();
  const logs = [
    { title: 'Build', status: 'success' },
    { title: 'Deploy', status: 'failure' },
  ];
  const end = await run({ title: 'Release', logs: JSON.stringify(logs), reference: 'r' });
  const ids = desk.logs().map(({ logId }) => logId);
  expect(rowsOf(end.summary)).toEqual([
    'Log | Status | Delivery | Took | Log id',
    'Reference r, installation 4000000000123001',
    `Release |  | ✅ recorded | n ms | ${ids[0]}`,
    `↳ Build | success | ✅ recorded | n ms | ${ids[1]}`,
    `↳ Deploy | failure | ✅ recorded | n ms | ${ids[2]}`,
  ]);
  const gone = new Date(Date.parse(desk.logs()[0]?.logTime ?? '') + 3 * 86_400_000).toISOString();
  expect(end.summary).toContain('**3 logs recorded**');
  expect(end.summary).toContain(`expire from ${gone.slice(0, 10)} ${gone.slice(11, 16)} UTC on`);
  expect(end.summary).not.toContain('undelivered');
});

test('further parts stand under their own reference with their heading', async () => {
  const end = await scene().run({ logs: logsWithTitles(...stepTitles(11)), reference: 'r' });
  const rows = rowsOf(end.summary);
  expect(rows[12]).toBe('Reference r-2, installation 4000000000123001');
  expect(rows[13]).toMatch(/^Step 1 \(part 2 of 2\) \| {2}\| ✅ recorded/);
  expect(rows[14]).toMatch(/^↳ Step 11 \|/);
  expect(end.summary).toContain('**11 logs recorded**');
});

test('what is missing stands in its place, with the reason and the file', async () => {
  const { desk, run } = scene();
  desk.fault(
    { kind: 'respond', status: 422, body: '{"message":"<b>No & never</b>"}', match: '"Step 2"' },
    { kind: 'error500After', match: '"Step 3"' },
  );
  const end = await run({ logs: logsWithTitles(...stepTitles(3)), delivery: 'at-most-once' });
  const rows = rowsOf(end.summary);
  expect(rows[2]).toMatch(/^Step 1 \|.*✅ recorded/);
  expect(rows[3]).toMatch(/^↳ Step 2 \|.*❌ undelivered \|/);
  expect(rows[4]).toMatch(/^↳ Step 3 \|.*❌ undelivered, possibly recorded \|/);
  expect(end.summary).toContain('**1 log recorded** · **2 undelivered**');
  expect(end.summary).toContain('&lt;b&gt;No &amp; never&lt;/b&gt;');
  expect(end.summary).toContain(
    `<code>${end.outputs['undelivered-file']}</code> until the job ends: keep the file with <code>actions/upload-artifact</code>`,
  );
});

test('without a token nothing expires, and all is shown as undelivered', async () => {
  const end = await scene().run({ title: 'Release', 'refresh-token': 'revoked-token' });
  expect(rowsOf(end.summary)[2]).toMatch(/^Release \|.*❌ undelivered/);
  expect(end.summary).toContain('**0 logs recorded** · **1 undelivered**\n');
  expect(end.summary).toContain('Zoho gave no access token: 200 invalid_code.');
  expect(end.summary).not.toContain('expire');
});

test('rows without a blank line between: a line break in a title does not end the table', async () => {
  const end = await scene().run({ logs: JSON.stringify(['a\n\nb', { title: 'c', reference: 'x  y' }]) });
  const table = end.summary.slice(end.summary.indexOf('<table>'), end.summary.indexOf('</table>'));
  expect(table).not.toMatch(/\n\s*\n/);
  expect(table).toContain('<b>a b</b>');
});

test('thousands of logs with the longest titles leave a summary that GitHub takes', async () => {
  const { desk, job, run } = scene();
  const titles = Array.from({ length: 3_000 }, (_, at) => `${at} ${'"✅&'.repeat(330)}`);
  await writeFile(join(job.workspace, 'logs.json'), JSON.stringify(titles));
  desk.fault({ kind: 'html404', times: 'always' });
  const end = await run({ 'logs-file': 'logs.json' });
  expect(Buffer.byteLength(end.summary)).toBeLessThan(1_048_576);
  expect(end.summary).toMatch(/<\/table>\n\n\d+ more rows in the job log\./);
  expect(end.summary).toContain('This address is no Zoho Desk API.');
  expect([end.exitCode, end.outputs['undelivered']]).toEqual([1, '3000']);
});

test('a runner without summaries is warned, not failed', async () => {
  const end = await scene().run({ title: 'Release' }, { env: { GITHUB_STEP_SUMMARY: '' } });
  expect([end.exitCode, end.outputs['ok']]).toEqual([0, 'true']);
  expect(warningsOf(end)).toEqual([expect.stringMatching(/^The job summary could not be written: /)]);
});
