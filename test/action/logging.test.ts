import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Switches } from '../../emulator/start-emulator.ts';
import { logRequests, logsWithTitles, portalOf, stepTitles } from './desk-and-job.ts';
import { sceneForEachTest } from './scene-for-each-test.ts';
import { errorsOf, shownLines } from './step-end.ts';

const scene = sceneForEachTest();

const bodies = () => logRequests(scene().desk).map(({ body }) => JSON.parse(body) as Record<string, string>);

test('a title alone is one log, whose description repeats it', async () => {
  const { desk, run } = scene();
  const end = await run({ title: ' Released v1.4.2 ' });
  expect([end.exitCode, end.stderr, errorsOf(end)]).toEqual([0, '', []]);
  expect(bodies()).toEqual([
    {
      reference: 'gh-9001-1',
      title: 'Released v1.4.2',
      description: 'Released v1.4.2',
      installationId: desk.credentials.installationId,
    },
  ]);
  const [log] = desk.logs();
  expect(shownLines(end)).toEqual([`Released v1.4.2 (${log?.logId})`, '1 log recorded, 0 undelivered.']);
});

test('a request is as Zoho documents it, with a user agent that names the Action', async () => {
  const { desk, run } = scene();
  await run({ title: 'Released', description: 'By octocat\nat noon' });
  const [token, log] = desk.requests();
  expect([token?.method, token?.path]).toEqual(['POST', '/oauth/v2/token']);
  expect([log?.method, log?.path]).toEqual(['POST', '/api/v1/extensionLogs']);
  expect(log?.headers).toMatchObject({
    orgid: desk.credentials.orgId,
    'content-type': 'application/json',
  });
  expect(log?.headers['authorization']).toMatch(/^Zoho-oauthtoken 1000\./);
  expect(log?.headers['user-agent']).toMatch(/^zoho-desk-extension-log-action\/\d+\.\d+\.\d+$/);
  expect(bodies()[0]?.['description']).toBe('By octocat\nat noon');
  expect(desk.requests()).toHaveLength(2);
});

test('an access token of the caller is used as it is, and no other is asked for', async () => {
  const { desk, run } = scene();
  const client = { 'client-id': '', 'client-secret': '', 'refresh-token': '' };
  const end = await run({ ...client, 'access-token': desk.issueAccessToken(), title: 'Released' });
  expect([end.exitCode, desk.requests().map(({ path }) => path)]).toEqual([0, ['/api/v1/extensionLogs']]);
});

test('without title the first entry is the parent, with it the title is', async () => {
  const { desk, run } = scene();
  await run({ logs: logsWithTitles('Build', 'Deploy'), reference: 'first' });
  await run({ title: 'Release', logs: logsWithTitles('Build', 'Deploy'), reference: 'titled' });
  expect(portalOf(desk)).toEqual({ first: ['Build', 'Deploy'], titled: ['Release', 'Build', 'Deploy'] });
  const parents = desk.logs().filter(({ parentLogId }) => parentLogId === null);
  expect(parents.map(({ title }) => title)).toEqual(['Build', 'Release']);
});

const LIST = [
  'Build',
  { title: 'Deploy', description: 'to production', status: 'success' },
  { title: 'Announce', status: 'skipped' },
];
const YAML = `
# The deployment
- Build
- title: Deploy
  description: to production
  status: success
- { title: Announce, status: skipped }
`;

test.each([
  ['logs.json', JSON.stringify(LIST, null, '\t')],
  ['logs.jsonl', `\uFEFF${LIST.map((entry) => JSON.stringify(entry)).join('\r\n\r\n')}`],
  ['logs.yaml', YAML],
  ['LOGS.YML', YAML],
])('the list in %s is read', async (name, content) => {
  const { desk, job, run } = scene();
  await writeFile(join(job.workspace, name), content);
  await run({ 'logs-file': name });
  expect(desk.logs().map(({ title, description }) => [title, description])).toEqual([
    ['Build', 'Build'],
    ['Deploy', 'to production'],
    ['Announce', 'Announce'],
  ]);
});

test.each([
  ['JSON', JSON.stringify(LIST, null, '\t')],
  ['YAML', YAML],
])('logs may be %s', async (_format, logs) => {
  const { desk, run } = scene();
  await run({ logs });
  expect(portalOf(desk)).toEqual({ 'gh-9001-1': ['Build', 'Deploy', 'Announce'] });
});

test('an entry may have a reference and an installation of its own', async () => {
  const { desk, run } = scene();
  const [other = ''] = desk.credentials.furtherInstallationIds;
  const logs = [
    'Here',
    { title: 'Elsewhere', installationId: other },
    { title: 'Apart', reference: 'nightly' },
    'Here too',
  ];
  const end = await run({ logs: JSON.stringify(logs), reference: 'release' });
  const at = Object.fromEntries(
    desk.logs().map(({ title, ...log }) => [title, [log.installationId, log.reference]]),
  );
  const { installationId } = desk.credentials;
  expect(at).toEqual({
    Here: [installationId, 'release'],
    Elsewhere: [other, 'release'],
    Apart: [installationId, 'nightly'],
    'Here too': [installationId, 'release'],
  });
  const idOf = (title: string) => desk.logs().find((log) => log.title === title)?.logId;
  expect(JSON.parse(end.outputs['log-ids'] ?? '')).toEqual(
    ['Here', 'Elsewhere', 'Apart', 'Here too'].map(idOf),
  );
});

test('every character of every script arrives as it was', async () => {
  const { desk, run } = scene();
  const title = 'Déployé ✅ 日本語 👩‍🚀 "quoted" \\ & <b> 100 % %0A';
  const end = await run({ title, description: 'línea 1\n\tlínea 2 \u2028 🎉' });
  expect(desk.logs()[0]).toMatchObject({ title, description: 'línea 1\n\tlínea 2 \u2028 🎉' });
  expect(end.stdout).toContain(title);
});

describe('25 logs', () => {
  const parts = [
    stepTitles(25).slice(0, 10),
    ['Step 1 (part 2 of 3)', ...stepTitles(25).slice(10, 19)],
    ['Step 1 (part 3 of 3)', ...stepTitles(25).slice(19)],
  ];

  test.each<Partial<Switches>>([
    { parentIdOfParent: 'absent' },
    { parentIdOfParent: 'null' },
    { parentIdOfParent: 'empty' },
    { parentIdOfParent: 'self' },
    { overflow: 'newParent' },
    { referenceScope: 'organization' },
    { edition: 'free' },
    { concurrentCalls: 1 },
    { latencyMs: 5 },
  ])('arrive as parts of at most ten with headings, in order: %j', async (switches) => {
    const { desk, run } = scene();
    const before: Partial<Switches> = {
      parentIdOfParent: 'absent',
      overflow: 'error',
      referenceScope: 'installation',
      edition: 'enterprise',
      concurrentCalls: null,
      latencyMs: 0,
    };
    desk.configure({ ...before, ...switches });
    const end = await run({ logs: logsWithTitles(...stepTitles(25)), reference: 'r' });
    desk.configure(before);
    expect([end.exitCode, end.outputs['ok'], end.outputs['delivered']]).toEqual([0, 'true', '25']);
    expect(portalOf(desk)).toEqual({ r: parts[0], 'r-2': parts[1], 'r-3': parts[2] });
    const idOf = new Map(desk.logs().map(({ title, logId }) => [title, logId]));
    expect(end.outputs['parent-log-id']).toBe(idOf.get('Step 1'));
    expect(JSON.parse(end.outputs['log-ids'] ?? '')).toEqual(stepTitles(25).map((title) => idOf.get(title)));
    expect(desk.mostInFlight()).toBeLessThanOrEqual(5);
  });

  test('one at a time where concurrency is 1', async () => {
    const { desk, run } = scene();
    await run({ logs: logsWithTitles(...stepTitles(25)), concurrency: '1' });
    expect([desk.mostInFlight(), desk.logs().length]).toEqual([1, 27]);
  });

  test('condensed into one part, the failure apart', async () => {
    const { desk, run } = scene();
    const logs = stepTitles(24).map((title, at) => ({ title, status: at === 11 ? 'failure' : 'success' }));
    const end = await run({ title: 'Release', logs: JSON.stringify(logs), overflow: 'condense' });
    const titles = portalOf(desk)['gh-9001-1'] ?? [];
    expect([Object.keys(portalOf(desk)), titles.length, titles[0]]).toEqual([['gh-9001-1'], 10, 'Release']);
    expect(titles).toContain('Step 12');
    for (const merged of titles.filter((title) => title.includes('went well')))
      expect(merged).not.toContain('Step 12,');
    const told = desk.logs().map(({ title, description }) => `${title}\n${description}`);
    for (const title of stepTitles(24)) expect(told.join('\n')).toMatch(new RegExp(`${title}\\b`));
    expect([end.outputs['delivered'], JSON.parse(end.outputs['log-ids'] ?? '')]).toEqual([
      '10',
      desk.logs().map(({ logId }) => logId),
    ]);
  });
});

test('ten logs are no overflow for overflow: error, and one reference does not count for another', async () => {
  const { desk, run } = scene();
  const further = stepTitles(5).map((title) => ({ title, reference: 'other' }));
  const end = await run({ logs: JSON.stringify([...stepTitles(10), ...further]), overflow: 'error' });
  expect([end.exitCode, desk.logs().length]).toEqual([0, 15]);
});

test('the reference of a second attempt of the run is another', async () => {
  const { desk, run } = scene();
  const end = await run({ title: 'Released' }, { env: { GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: '2' } });
  expect([end.outputs['reference'], desk.logs()[0]?.reference]).toEqual(['gh-77-2', 'gh-77-2']);
});
