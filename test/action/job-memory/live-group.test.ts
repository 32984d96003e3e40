import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { logRequests, logsWithTitles, portalOf, stepTitles } from '../desk-and-job.ts';
import { sceneForEachTest } from '../scene-for-each-test.ts';
import { errorsOf, warningsOf } from '../step-end.ts';

const scene = sceneForEachTest();
const LEDGER_WARNING =
  'The record of what this job has logged so far is damaged or belongs to another job, and is ignored.';

const tokenRequests = () =>
  scene()
    .desk.requests()
    .filter(({ path }) => path.startsWith('/oauth/'));
const memory = () => join(scene().job.runnerTemp, 'zoho-desk-extension-log');
const ledger = () => join(memory(), 'groups.json');

test('twelve uses of one job build one group: one parent, one token, part 2 from the eleventh on', async () => {
  const { desk, run } = scene();
  const ends = [];
  for (const title of ['Release v1.4.2', ...stepTitles(11)]) ends.push(await run({ title }));
  expect(portalOf(desk)).toEqual({
    'gh-9001-1': ['Release v1.4.2', ...stepTitles(9)],
    'gh-9001-1-2': ['Release v1.4.2 (part 2)', 'Step 10', 'Step 11'],
  });
  expect(tokenRequests()).toHaveLength(1);
  const [parent] = desk.logs();
  expect(new Set(ends.map(({ outputs }) => outputs['parent-log-id']))).toEqual(new Set([parent?.logId]));
  expect(
    new Set(
      desk
        .logs()
        .slice(1, 10)
        .map(({ parentLogId }) => parentLogId),
    ),
  ).toEqual(new Set([parent?.logId]));
  const ids = ends.flatMap(({ outputs }) => JSON.parse(outputs['log-ids'] ?? '') as string[]);
  expect(ids).toEqual(
    desk
      .logs()
      .filter(({ title }) => !title.includes('(part'))
      .map(({ logId }) => logId),
  );
  expect(ends.map(({ exitCode, outputs }) => [exitCode, outputs['reference'], outputs['delivered']])).toEqual(
    ends.map(() => [0, 'gh-9001-1', '1']),
  );
  // Whole files alone, and nothing that only a crash would leave.
  const names = (await readdir(memory())).map((name) => name.replace(/-[0-9a-f-]+$/, ''));
  expect(names.sort()).toEqual(['groups.json', 'token', ...ends.map(() => 'use')].sort());
  expect((await stat(ledger())).mode & 0o777).toBe(0o600);
});

test('lost attempts take slots of the part, so that no reference ever has more than ten', async () => {
  const { desk, run } = scene();
  desk.fault({ kind: 'error500After', match: '"Step 1"', times: 3 });
  await run({ title: 'Release' });
  for (const title of stepTitles(2)) await run({ title });
  await run({ logs: logsWithTitles('A', 'B', 'C', 'D', 'E') });
  const portal = portalOf(desk);
  expect(portal['gh-9001-1']).toEqual([
    'Release',
    'Step 1',
    'Step 1',
    'Step 1',
    'Step 1',
    'Step 2',
    ...'ABCD',
  ]);
  expect(portal['gh-9001-1-2']).toEqual(['Release (part 2)', 'E']);
  for (const wire of ['gh-9001-1', 'gh-9001-1-2']) {
    expect(logRequests(desk).filter(({ body }) => body.includes(`"${wire}"`)).length).toBeLessThanOrEqual(10);
  }
});

test('a group whose reference another job has filled goes on in part 2, and its headings name the parent once', async () => {
  const { desk, run, job } = scene();
  await run({ title: 'Other job', logs: logsWithTitles(...stepTitles(9)) });
  const env = { RUNNER_TEMP: join(job.folder, 'temp-of-another-machine') };
  await mkdir(env.RUNNER_TEMP);
  for (const title of ['Mine', ...stepTitles(9)]) await run({ title }, { env });
  expect(Object.keys(portalOf(desk))).toEqual(['gh-9001-1', 'gh-9001-1-2', 'gh-9001-1-3']);
  expect(portalOf(desk)['gh-9001-1-2']?.[0]).toBe('Mine (part 2)');
  expect(portalOf(desk)['gh-9001-1-3']).toEqual(['Mine (part 3)', 'Step 9']);
});

test('groups of one job are apart: by reference, by installation and by portal', async () => {
  const { desk, run } = scene();
  await run({ title: 'One' });
  await run({ title: 'Two', reference: 'other' });
  await run({ title: 'One, again' });
  // The same installation under another name of the same host is another portal to us.
  const url = desk.url.replace('127.0.0.1', 'localhost');
  await run({ title: 'Third', 'desk-url': url, logs: logsWithTitles(...stepTitles(8)) });
  expect(portalOf(desk)).toEqual({
    'gh-9001-1': ['One', 'One, again', 'Third', ...stepTitles(7)],
    other: ['Two'],
    'gh-9001-1-2': ['Third (part 2)', 'Step 8'],
  });
});

test('a group whose first log was refused has the next one for its parent', async () => {
  const { desk, run } = scene();
  desk.fault({ kind: 'respond', status: 422, body: '{"errorCode":"INVALID_DATA"}', match: '"Refused"' });
  const refused = await run({ title: 'Refused' });
  expect([refused.exitCode, refused.outputs['parent-log-id']]).toEqual([1, '']);
  const end = await run({ title: 'Accepted' });
  expect(end.outputs['parent-log-id']).toBe(desk.logs()[0]?.logId);
  await run({ logs: logsWithTitles(...stepTitles(10)) });
  expect(portalOf(desk)['gh-9001-1-2']).toEqual(['Accepted (part 2)', 'Step 10']);
});

const DAMAGES: Readonly<Record<string, (text: string) => string>> = {
  'cut short': (text) => text.slice(0, -20),
  empty: () => '',
  'something else': () => '[1, 2]',
  'of another run': (text) => text.replace('9001/1/deploy', '9000/1/deploy'),
  'of another attempt': (text) => text.replace('9001/1/deploy', '9001/2/deploy'),
  'of another version': (text) => text.replace('"version":2', '"version":3'),
  'of the wrong types': (text) => text.replace(/"slotsTaken":\d+/, '"slotsTaken":"ten"'),
  'beyond ten': (text) => text.replace(/"slotsTaken":\d+/, '"slotsTaken":11'),
};

test('a record that is damaged or not of this job costs a warning, and no log', async () => {
  const { desk, run } = scene();
  await run({ title: 'Release', logs: logsWithTitles(...stepTitles(9)) });
  const good = await readFile(ledger(), 'utf8');
  for (const [what, damaged] of Object.entries(DAMAGES)) {
    expect(damaged(good)).not.toBe(good);
    await writeFile(ledger(), damaged(good));
    const end = await run({ title: what });
    // Where Desk then says that the part is full, a second warning says so.
    expect([what, end.exitCode, warningsOf(end)[0], errorsOf(end), end.stderr]).toEqual([
      what,
      0,
      LEDGER_WARNING,
      [],
      '',
    ]);
  }
  const portal = portalOf(desk);
  // What cannot be known is found out from Desk, which says that the part is full.
  expect(portal['gh-9001-1']).toEqual(['Release', ...stepTitles(9)]);
  expect(portal['gh-9001-1-2']?.slice(0, 4)).toEqual([
    'cut short (part 2)',
    'cut short',
    'empty (part 2)',
    'empty',
  ]);
  expect(Object.values(portal).every((titles) => titles.length <= 10)).toBe(true);
  expect(warningsOf(await run({ title: 'Later' }))).toEqual([]);
});

test('a record that is a folder, and a memory that is a file, cost warnings, and no log', async () => {
  const { desk, run, job } = scene();
  await mkdir(ledger(), { recursive: true });
  const end = await run({ title: 'Release' });
  expect(end.exitCode).toBe(0);
  expect(warningsOf(end)[0]).toBe(LEDGER_WARNING);
  expect(warningsOf(end)[1]).toMatch(
    /^RUNNER_TEMP cannot be written \(EISDIR|^RUNNER_TEMP cannot be written \(ENOTEMPTY/,
  );
  expect((await readdir(memory())).filter((name) => name.startsWith('draft-'))).toEqual([]);

  const env = { RUNNER_TEMP: join(job.folder, 'other-temp') };
  await mkdir(env.RUNNER_TEMP);
  await writeFile(join(env.RUNNER_TEMP, 'zoho-desk-extension-log'), 'mine');
  const blocked = await run({ title: 'Second' }, { env });
  expect([blocked.exitCode, blocked.stderr, errorsOf(blocked)]).toEqual([0, '', []]);
  expect(desk.logs().map(({ title }) => title)).toEqual(['Release', 'Second']);
  const post = await job.runPost({ with: {}, env }, blocked);
  expect([post.exitCode, post.stderr]).toEqual([0, '']);
});

test('the record holds no title’s secret, and no reference', async () => {
  const { desk, run } = scene();
  await run({
    title: `Token ${desk.credentials.clientSecret}`,
    reference: `r-${desk.credentials.clientSecret}`,
  });
  await run({ title: 'Second', reference: `r-${desk.credentials.clientSecret}` });
  expect(await readFile(ledger(), 'utf8')).not.toContain(desk.credentials.clientSecret.slice(0, 8));
  expect(Object.values(portalOf(desk)).map((titles) => titles.length)).toEqual([2]);
});
