import { expect, test } from '@jest/globals';
import { logsWithTitles, stepTitles } from '../desk-and-job.ts';
import { sceneForEachTest } from '../scene-for-each-test.ts';

const scene = sceneForEachTest();

const idOf = (title: string) =>
  scene()
    .desk.logs()
    .find((log) => log.title === title)?.logId ?? '';

/** The text of `failed-installations` for the one installation of the scene. */
function failedWith(reason: unknown): unknown {
  const { installationId, orgId } = scene().desk.credentials;
  const asJson = (text: string) => JSON.stringify([{ installationId, orgId, reason: text }]);
  return typeof reason === 'string' ? asJson(reason) : expect.stringContaining('Zoho did not issue');
}

test('all delivered: every output, ids as strings in the order given, headings not among them', async () => {
  const { job, run } = scene();
  const end = await run({ title: 'Release', logs: logsWithTitles(...stepTitles(11)), reference: 'r' });
  const ids = ['Release', ...stepTitles(11)].map(idOf);
  expect(end.outputs).toEqual({
    ok: 'true',
    reference: 'r',
    'parent-log-id': idOf('Release'),
    'log-ids': JSON.stringify(ids),
    delivered: '12',
    undelivered: '0',
    'undelivered-file': '',
    'results-file': `${job.runnerTemp}/zoho-desk-results-1.jsonl`,
    installations: '1',
    'failed-installations': '[]',
  });
  expect(end.outputs['log-ids']).toMatch(/^\["\d{18}"/);
});

test('some delivered: the ids of those that were, and the file of those that were not', async () => {
  const { desk, job, run } = scene();
  desk.fault({ kind: 'respond', status: 422, body: '{"errorCode":"INVALID_DATA"}', match: '"Step 2"' });
  const end = await run({ logs: logsWithTitles(...stepTitles(3)), reference: 'r' });
  expect(end.outputs).toEqual({
    ok: 'false',
    reference: 'r',
    'parent-log-id': idOf('Step 1'),
    'log-ids': JSON.stringify([idOf('Step 1'), idOf('Step 3')]),
    delivered: '2',
    undelivered: '1',
    'undelivered-file': `${job.runnerTemp}/zoho-desk-undelivered-1.jsonl`,
    'results-file': `${job.runnerTemp}/zoho-desk-results-1.jsonl`,
    installations: '1',
    'failed-installations': failedWith(
      'Desk answered 422 INVALID_DATA. Change what Desk names, and log it again.',
    ),
  });
});

test('no token: nothing delivered, all of it in the file', async () => {
  const { job, run } = scene();
  const end = await run({ logs: logsWithTitles(...stepTitles(3)), 'refresh-token': 'revoked-token' });
  expect(end.outputs).toEqual({
    ok: 'false',
    reference: 'gh-9001-1',
    'parent-log-id': '',
    'log-ids': '[]',
    delivered: '0',
    undelivered: '3',
    'undelivered-file': `${job.runnerTemp}/zoho-desk-undelivered-1.jsonl`,
    'results-file': `${job.runnerTemp}/zoho-desk-results-1.jsonl`,
    installations: '1',
    'failed-installations': failedWith(expect.stringMatching(/^Zoho did not issue an access token\. /)),
  });
});

test('a secret that has the name of a field in it leaves the output as JSON that can be read', async () => {
  const { desk, run } = scene();
  const { installationId, orgId } = desk.credentials;
  const end = await run({ title: 'Release', 'client-secret': 'the-installationId-","orgId":"-of-acme' });
  expect(JSON.parse(end.outputs['failed-installations'] ?? '')).toEqual([
    { installationId, orgId, reason: expect.stringContaining('Zoho did not issue an access token') },
  ]);
});

test('bad input: nothing delivered and nothing to be delivered again', async () => {
  const end = await scene().run({ title: '', reference: 'r' });
  expect(end.outputs).toEqual({
    ok: 'false',
    reference: 'r',
    'parent-log-id': '',
    'log-ids': '[]',
    delivered: '0',
    undelivered: '0',
    'undelivered-file': '',
    'results-file': '',
    installations: '0',
    'failed-installations': '[]',
  });
});

test('where others opened the reference, parent-log-id is the id of their log', async () => {
  const { desk, run } = scene();
  const first = await run({ title: 'Release' });
  const second = await run({ title: 'Deployed' });
  expect(second.outputs['parent-log-id']).toBe(first.outputs['parent-log-id']);
  expect(second.outputs['log-ids']).toBe(JSON.stringify([idOf('Deployed')]));
  expect(desk.logs()[1]?.parentLogId).toBe(idOf('Release'));
});

test('a reference that another job filled goes on in a further part, and all is delivered', async () => {
  const { desk, job, run } = scene();
  const elsewhere = { RUNNER_TEMP: `${job.folder}/other-job` };
  await run({ logs: logsWithTitles(...stepTitles(10)), reference: 'r' }, { env: elsewhere });
  const end = await run({ logs: logsWithTitles('Deploy', 'Verify'), reference: 'r' });
  expect(end.outputs).toMatchObject({
    ok: 'true',
    'log-ids': JSON.stringify([idOf('Deploy'), idOf('Verify')]),
    delivered: '2',
  });
  expect(desk.logs().flatMap(({ reference, title }) => (reference === 'r-2' ? [title] : []))).toEqual([
    'Deploy (part 2)',
    'Deploy',
    'Verify',
  ]);
});

test('when the first log is refused, the next one is the parent', async () => {
  const { desk, run } = scene();
  desk.fault({ kind: 'respond', status: 422, body: '{}', match: '"Step 1"' });
  const end = await run({ logs: logsWithTitles('Step 1', 'Step 2') });
  expect(end.outputs['parent-log-id']).toBe(idOf('Step 2'));
});

test('an id without quotes keeps all its digits', async () => {
  const { desk, run } = scene();
  desk.fault({ kind: 'respond', body: '{"logId":400000000004567003,"parentLogId":null,"title":"a"}' });
  const end = await run({ title: 'a' });
  expect([end.outputs['log-ids'], end.outputs['parent-log-id']]).toEqual([
    '["400000000004567003"]',
    '400000000004567003',
  ]);
});
