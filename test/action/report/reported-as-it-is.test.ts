import { expect, test } from '@jest/globals';
import { logRequests, type With } from '../desk-and-job.ts';
import { sceneForEachTest } from '../scene-for-each-test.ts';
import { errorsOf, linesOfFile, shownLines } from '../step-end.ts';

const scene = sceneForEachTest();

const withToken = (accessToken: string): With => ({
  'client-id': '',
  'client-secret': '',
  'refresh-token': '',
  'access-token': accessToken,
});

test('a cancelled run announces no further try', async () => {
  const { desk, run } = scene();
  desk.fault({ kind: 'stall', times: 'always' });
  const end = await run(
    { title: 'Release' },
    {
      onStart(process) {
        const watch = setInterval(() => {
          if (logRequests(desk).length === 0) return;
          clearInterval(watch);
          process.kill('SIGINT');
        }, 5);
        process.once('close', () => clearInterval(watch));
      },
    },
  );
  expect(shownLines(end).filter((line) => /next try|again/i.test(line))).toEqual([]);
  expect(errorsOf(end)[0]).toContain('The run was cancelled.');
  expect(errorsOf(end)[0]).not.toMatch(/Next try|No time was left/);
  expect(await linesOfFile(end.outputs['results-file'] ?? '')).toMatchObject([
    { title: 'Release', reason: expect.stringContaining('The run was cancelled.') },
  ]);
});

test('where the last try failed, it says that no time was left to try again', async () => {
  const { desk, run } = scene();
  desk.fault({ kind: 'error503', retryAfter: 0, times: 'always' });
  const end = await run({ title: 'Release', 'timeout-seconds': '2' });
  expect(errorsOf(end)[0]).toContain('No time was left to try again: the delivery may take 2 s.');
});

test('a pause that Desk asks for and that is too long is reported as that, not as time running out', async () => {
  const { desk, run } = scene();
  desk.fault({ kind: 'tooMany', retryAfter: 300, times: 'always' });
  const end = await run({ title: 'Release', 'timeout-seconds': '30' });
  expect(errorsOf(end)[0]).toContain('It asks to wait 5 m 0 s, which is longer than the time left.');
  expect(errorsOf(end)[0]).not.toContain('No time was left');
});

test('a refused token that cannot be renewed promises no other one', async () => {
  const { desk, run } = scene();
  const end = await run({ title: 'Release', ...withToken(desk.issueAccessToken({ expiresInSeconds: 0 })) });
  expect(shownLines(end).filter((line) => /token/i.test(line) && !line.startsWith('Undelivered'))).toEqual(
    [],
  );
  expect(errorsOf(end)[0]).toContain('The access token was refused.');
});

test('a refused token that can be renewed says that a new one is asked for, and no more', async () => {
  const { desk, run } = scene();
  desk.fault(
    { kind: 'unauthorized' },
    { kind: 'respond', on: 'token', skip: 1, body: '{"error":"invalid_code"}' },
  );
  const end = await run({ title: 'Release' });
  expect(shownLines(end)[0]).toMatch(
    /^"Release", attempt 1: Desk answered 401 INVALID_OAUTH .*\. A new token is asked for\.$/,
  );
  expect(errorsOf(end)[0]).toContain('Zoho did not issue an access token. It answered 200 invalid_code.');
});
