import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { StepEnd } from '../../../emulator/runner/local-job.ts';
import { connectionInputs } from '../../../emulator/runner/connection-inputs.ts';
import { logRequests, RANDOM_SECRETS, type Scene } from '../desk-and-job.ts';
import { sceneForEachTest } from '../scene-for-each-test.ts';
import { warningsOf } from '../step-end.ts';

const scene = sceneForEachTest({ credentials: RANDOM_SECRETS });

const memory = () => join(scene().job.runnerTemp, 'zoho-desk-extension-log');
const tokenRequests = () =>
  scene()
    .desk.requests()
    .filter(({ path }) => path.startsWith('/oauth/'));
const sentTokens = () =>
  logRequests(scene().desk).map(({ headers }) => String(headers['authorization']).split(' ')[1] ?? '');

/** What is under RUNNER_TEMP when the job is over, but for what later steps may read. */
async function leftBehind({ runnerTemp }: Scene['job']): Promise<string[]> {
  const names = await readdir(runnerTemp);
  return names.filter((name) => !name.startsWith('zoho-desk-results-'));
}

async function tokenFiles(): Promise<string[]> {
  const names = await readdir(memory()).catch(() => []);
  return names.filter((name) => name.startsWith('token-')).map((name) => join(memory(), name));
}

test('the token is for the job’s own user to read, and encrypted anew each time', async () => {
  const { run, desk } = scene();
  await run({ title: 'One' });
  const [path = ''] = await tokenFiles();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(memory())).mode & 0o777).toBe(0o700);
  const first = JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
  desk.revokeAccessTokens();
  await run({ title: 'Two' });
  const second = JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
  for (const part of ['salt', 'iv', 'tag', 'data']) expect(second[part]).not.toBe(first[part]);
  expect(await tokenFiles()).toEqual([path]);
});

test('no file under RUNNER_TEMP holds a secret, nor one in base64 or hex, nor a piece', async () => {
  const { run, desk, job } = scene();
  await run({ title: 'One' });
  desk.fault({ kind: 'html404', times: 'always' });
  await run({ title: `Lost ${RANDOM_SECRETS.refreshToken}` });
  const entries = await readdir(job.runnerTemp, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  expect(files.length).toBeGreaterThanOrEqual(5);
  const texts = await Promise.all(files.map(async (path) => `${path}\n${await readFile(path, 'latin1')}`));
  const [accessToken = ''] = sentTokens();
  expect(accessToken).toMatch(/^1000\./);
  for (const secret of [accessToken, RANDOM_SECRETS.clientSecret, RANDOM_SECRETS.refreshToken]) {
    const base64 = Buffer.from(secret).toString('base64');
    const hex = Buffer.from(secret).toString('hex');
    for (const form of [secret, base64, base64.replaceAll('+', '-').replaceAll('/', '_'), hex]) {
      for (let from = 0; from + 12 <= form.length; from += 4) {
        expect(texts.join('\n')).not.toContain(form.slice(from, from + 12));
      }
    }
  }
});

test('a token that Desk refuses is dropped and replaced, for the next use, too', async () => {
  const { run, desk } = scene();
  await run({ title: 'One' });
  desk.revokeAccessTokens();
  const end = await run({ title: 'Two' });
  await run({ title: 'Three' });
  expect([end.exitCode, tokenRequests().length]).toEqual([0, 2]);
  const [first, again, second, third] = sentTokens();
  expect(again).toBe(first);
  expect(second).not.toBe(first);
  expect(third).toBe(second);
});

test('a token with less than a minute left is not handed on', async () => {
  const { run, desk } = scene();
  const token = (seconds: number) =>
    JSON.stringify({ access_token: desk.issueAccessToken(), expires_in: seconds, token_type: 'Bearer' });
  desk.fault({ kind: 'respond', on: 'token', status: 200, body: token(59) });
  await run({ title: 'One' });
  await run({ title: 'Two' });
  await run({ title: 'Three' });
  expect(tokenRequests()).toHaveLength(2);
  expect(new Set(sentTokens()).size).toBe(2);
});

test('a refused token that cannot be replaced is gone', async () => {
  const { run, desk } = scene();
  await run({ title: 'One' });
  desk.revokeAccessTokens();
  desk.fault({
    kind: 'respond',
    on: 'token',
    status: 200,
    body: '{"error":"invalid_code"}',
    times: 'always',
  });
  expect((await run({ title: 'Two' })).exitCode).toBe(1);
  expect(await tokenFiles()).toEqual([]);
});

test.each(['client-secret', 'refresh-token', 'client-id'])(
  'other credentials, by their %s, neither get the token nor take it away',
  async (input) => {
    const { run } = scene();
    await run({ title: 'One' });
    const other = await run({ title: 'Two', [input]: `${'0'.repeat(20)}.other` });
    expect([other.exitCode, sentTokens().length]).toEqual([1, 1]);
    await run({ title: 'Three' });
    expect(tokenRequests()).toHaveLength(2);
    expect(new Set(sentTokens()).size).toBe(1);
  },
);

test('a token file that is damaged, swapped or a folder is made anew', async () => {
  const { run } = scene();
  await run({ title: 'One' });
  const [path = ''] = await tokenFiles();
  const file = JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
  const tampered = Buffer.from(file['data'] ?? '', 'base64');
  tampered[0] = (tampered[0] ?? 0) ^ 1;
  for (const text of [
    '',
    '{',
    '{"salt":1}',
    JSON.stringify({ ...file, data: tampered.toString('base64') }),
  ]) {
    await writeFile(path, text);
    expect((await run({ title: 'Again' })).exitCode).toBe(0);
  }
  expect(tokenRequests()).toHaveLength(5);
  await rm(path);
  await mkdir(path);
  const end = await run({ title: 'Last' });
  expect([end.exitCode, end.stderr, warningsOf(end)]).toEqual([0, '', []]);
  expect((await stat(path)).isFile()).toBe(true);
});

test('the tokens live until the post phase of the last use: main phases, then posts in reverse', async () => {
  const { job, run, desk } = scene();
  const mains: StepEnd[] = [];
  for (const title of ['One', 'Two', 'Three']) mains.push(await run({ title }));
  const left: number[] = [];
  for (const main of mains.toReversed()) {
    const post = await job.runPost({ with: connectionInputs(desk) }, main);
    expect([post.exitCode, post.stderr, post.outputs]).toEqual([0, '', {}]);
    left.push((await tokenFiles()).length);
  }
  expect(left).toEqual([1, 1, 0]);
  expect(await leftBehind(job)).toEqual([]);
});

test('a use that ended in bad input does not keep the tokens', async () => {
  const { job, run, desk } = scene();
  const mains = [await run({ title: 'One' }), await run({ title: 'Two', concurrency: '0' })];
  for (const main of mains.toReversed()) await job.runPost({ with: connectionInputs(desk) }, main);
  expect(await leftBehind(job)).toEqual([]);
});

test('an access token of the caller’s own is not kept at all', async () => {
  const { run, desk } = scene();
  await run({
    title: 'One',
    'client-id': '',
    'client-secret': '',
    'refresh-token': '',
    'access-token': desk.issueAccessToken(),
  });
  expect(await tokenFiles()).toEqual([]);
});

test('without RUNNER_TEMP each use has its own token and its own part, and nothing else changes', async () => {
  const { run } = scene();
  const env = { RUNNER_TEMP: '' };
  const ends = [await run({ title: 'One' }, { env }), await run({ title: 'Two' }, { env })];
  expect(ends.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
    [0, ''],
    [0, ''],
  ]);
  expect(tokenRequests()).toHaveLength(2);
});
