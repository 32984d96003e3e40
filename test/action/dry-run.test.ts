import { describe, expect, test } from '@jest/globals';
import { logsWithTitles, stepTitles } from './desk-and-job.ts';
import { sceneForEachTest } from './scene-for-each-test.ts';
import { errorsOf, foldedGroups, shownLines } from './step-end.ts';

const scene = sceneForEachTest();

const NO_CREDENTIALS = { 'client-id': '', 'client-secret': '', 'refresh-token': '' };

test('the plan is printed with its parts and headings, nothing is sent, no credentials are needed', async () => {
  const { desk, run } = scene();
  const end = await run({
    ...NO_CREDENTIALS,
    'dry-run': 'true',
    title: 'Release',
    logs: logsWithTitles(...stepTitles(12)),
    reference: 'r',
  });
  expect(foldedGroups(end)).toEqual({
    'Reference r, installation 4000000000123001: 10 logs': [
      'Release',
      ...stepTitles(9).map((title) => `  ${title}`),
    ],
    'Reference r-2, installation 4000000000123001: 4 logs': [
      'Release (part 2 of 2)',
      ...stepTitles(12)
        .slice(9)
        .map((title) => `  ${title}`),
    ],
  });
  expect(shownLines(end).at(-1)).toBe('Dry run: 13 logs planned, nothing was sent.');
  expect([end.exitCode, end.stderr, desk.requests()]).toEqual([0, '', []]);
  expect(end.outputs).toEqual({
    ok: 'true',
    reference: 'r',
    'parent-log-id': '',
    'log-ids': '[]',
    delivered: '0',
    undelivered: '0',
    'undelivered-file': '',
    'results-file': '',
    installations: '1',
    'failed-installations': '[]',
  });
});

test('a dry run with credentials sends nothing either', async () => {
  const { desk, run } = scene();
  const end = await run({ 'dry-run': 'TRUE', title: 'Release' });
  expect([end.exitCode, desk.requests()]).toEqual([0, []]);
});

test('the plan of condense is what would be sent', async () => {
  const { desk, run } = scene();
  const given = { logs: logsWithTitles(...stepTitles(14)), overflow: 'condense' };
  const planned = foldedGroups(await run({ ...given, 'dry-run': 'true' }));
  await run(given);
  const titles = Object.values(planned)
    .flat()
    .map((line) => line.trim());
  expect(titles).toEqual(desk.logs().map(({ title }) => title));
  expect(titles).toHaveLength(10);
});

test('bad input is reported in a dry run too', async () => {
  const end = await scene().run({ ...NO_CREDENTIALS, 'dry-run': 'true', logs: '- 1', 'org-id': 'x' });
  expect([end.exitCode, end.outputs['ok']]).toEqual([1, 'false']);
  expect(errorsOf(end)).toEqual([
    [
      'Nothing was sent: 2 problems with the inputs.',
      'org-id: "x" must be digits only. Find it in Zoho Desk under Setup > Developer Space > API.',
      'logs[0]: 1 must be text or a mapping with a title. Put text in quotes.',
    ].join('\n'),
  ]);
});

test('half of an OAuth client is reported in a dry run, for the real run would fail', async () => {
  const end = await scene().run({ 'dry-run': 'true', title: 'Release', 'client-secret': '' });
  expect([end.exitCode, end.stdout]).toEqual([1, expect.stringContaining('client-secret: is missing')]);
});

describe('without ids and credentials', () => {
  const NOTHING = { ...NO_CREDENTIALS, 'dry-run': 'true', 'org-id': '', 'installation-id': '' };

  test('the plan is printed all the same', async () => {
    const { desk, run } = scene();
    const end = await run({ ...NOTHING, logs: logsWithTitles('Build', 'Deploy'), reference: 'r' });
    expect([end.exitCode, errorsOf(end), end.stderr, desk.requests()]).toEqual([0, [], '', []]);
    expect(shownLines(end)).toEqual(['Build', '  Deploy', 'Dry run: 2 logs planned, nothing was sent.']);
  });

  test('so is that of a list of installations, whatever door each would have', async () => {
    const { desk, run } = scene();
    const installations = JSON.stringify([
      { installationId: '1', orgId: '71', securityContext: 'what-desk-sent-for-71' },
      { installationId: '2', orgId: '72', refreshToken: '1000.of.72' },
      { installationId: '3' },
    ]);
    const end = await run({ ...NOTHING, installations, title: 'Release', reference: 'r' });
    expect([end.exitCode, errorsOf(end), end.stderr, desk.requests()]).toEqual([0, [], '', []]);
    expect(foldedGroups(end)).toEqual({ 'Reference r, 3 installations: 1 log': ['Release'] });
    expect(shownLines(end).at(-1)).toBe('Dry run: 3 logs planned, nothing was sent.');
  });
});
