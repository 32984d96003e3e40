import { expect, test } from '@jest/globals';
import { logsWithTitles, stepTitles } from '../desk-and-job.ts';
import { sceneForEachTest } from '../scene-for-each-test.ts';
import { linesOfFile, warningsOf } from '../step-end.ts';

const scene = sceneForEachTest();

test('one line a log, with its id or the reason why it has none, headings left out', async () => {
  const { desk, run } = scene();
  desk.fault({ kind: 'respond', status: 422, body: '{"errorCode":"INVALID_DATA"}', match: '"Step 11"' });
  const end = await run({ logs: logsWithTitles(...stepTitles(12)), reference: 'r' });
  const { installationId, orgId } = desk.credentials;
  const idOf = (title: string) => desk.logs().find((log) => log.title === title)?.logId;
  const place = { installationId, orgId, reference: 'r' };
  expect(await linesOfFile(end.outputs['results-file'] ?? '')).toEqual([
    ...stepTitles(10).map((title) => ({ ...place, part: 1, title, logId: idOf(title) })),
    {
      ...place,
      part: 2,
      title: 'Step 11',
      reason: 'Desk answered 422 INVALID_DATA. Change what Desk names, and log it again.',
    },
    { ...place, part: 2, title: 'Step 12', logId: idOf('Step 12') },
  ]);
});

test('every use of a job has a file of its own; a dry run has none', async () => {
  const { job, run } = scene();
  const ends = [
    await run({ title: 'First' }),
    await run({ title: 'Never', 'dry-run': 'true' }),
    await run({ title: 'Second' }),
  ];
  expect(ends.map(({ outputs }) => outputs['results-file']?.replace(job.runnerTemp, ''))).toEqual([
    '/zoho-desk-results-1.jsonl',
    '',
    '/zoho-desk-results-2.jsonl',
  ]);
  expect(await linesOfFile(ends[2]?.outputs['results-file'] ?? '')).toMatchObject([
    { reference: 'gh-9001-1', part: 1, title: 'Second' },
  ]);
});

test('ids that are too many for GitHub are left out of the output, with a warning that names the file', async () => {
  const { desk, run } = scene();
  // Each id as long as Desk's JSON may say it: a few hundred logs do for what would take 20,000.
  const logId = '4'.repeat(4_000);
  desk.fault({ kind: 'respond', body: JSON.stringify({ logId }), times: 'always' });
  const logs = logsWithTitles(...stepTitles(100));
  const end = await run({ logs, concurrency: '20' });
  expect([end.outputs['log-ids'], end.outputs['delivered']]).toEqual(['[]', '100']);
  expect(warningsOf(end)).toEqual([
    `The output log-ids is empty: 100 ids take more room than GitHub gives to the outputs of a job. The file that results-file names has them: ${end.outputs['results-file']}`,
  ]);
  expect(await linesOfFile(end.outputs['results-file'] ?? '')).toHaveLength(100);
});
