import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { logRequests, RANDOM_SECRETS } from '../desk-and-job.ts';
import type { Answer } from '../../../emulator/github/fake-github.ts';
import { GITHUB_TOKEN, githubSceneForEachTest } from './github-scene.ts';
import { job, REPORTING_JOB } from './run-fixtures.ts';
import { errorsOf, linesOfFile } from '../step-end.ts';

const scene = githubSceneForEachTest({ credentials: RANDOM_SECRETS });

const says = (message: string) => JSON.stringify({ message });
const ALONE = 'The steps could not be read, so only the parent was logged. ';

const BROKEN: Answer = { status: 502, body: '<html></html>' };

interface Failure {
  readonly answers: readonly Answer[];
  readonly told: RegExp;
  readonly requests: number;
}

const FAILURES: Readonly<Record<string, Failure>> = {
  'an invalid token': {
    answers: [{ status: 401, body: says('Bad credentials') }],
    told: /^GitHub answered 401 "Bad credentials"\. The github-token is invalid\. Leave the input out/,
    requests: 1,
  },
  'a missing permission': {
    answers: [{ status: 403, body: says('Resource not accessible by integration') }],
    told: /^GitHub answered 403 "Resource not accessible by integration"\. Add "permissions: \{ actions: read \}" to the job/,
    requests: 1,
  },
  'a rate limit': {
    answers: [{ status: 403, body: says('API rate limit exceeded for installation ID 1.') }],
    told: /^GitHub answered 403 .*The token has used up its requests for this hour\. Run it later/,
    requests: 1,
  },
  'a run that is not seen, or a server without the list': {
    answers: [{ status: 404, body: says('Not Found') }],
    told: /^GitHub answered 404 .*GitHub Enterprise Server has it from 3\.5 on.*"permissions: \{ actions: read, contents: read \}"/,
    requests: 1,
  },
  'a page of a proxy in place of the list': {
    answers: [{ status: 200, body: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } }],
    told: /^GitHub answered with something other than a list of jobs\. Check GITHUB_API_URL/,
    requests: 1,
  },
  'JSON that is not a list of jobs': {
    answers: [{ status: 200, body: '{"total_count":1,"jobs":[{"id":"one"}]}' }],
    told: /^GitHub answered with something other than a list of jobs\./,
    requests: 1,
  },
  'a redirect, which is not followed': {
    answers: [{ status: 302, body: '', headers: { location: 'http://127.0.0.1:9/' } }],
    told: /^GitHub answered with something other than a list of jobs\./,
    requests: 1,
  },
  'a server that stays broken, and then breaks the connection': {
    answers: [BROKEN, BROKEN, BROKEN, 'reset'],
    told: /^GitHub gave no answer: 127\.0\.0\.1:\d+ ended the connection or took none \(ECONNRESET\)\./,
    requests: 4,
  },
};

test.each(Object.entries(FAILURES))(
  '%s: the parent is logged with the outcome that is known, and the job log says what to do',
  async (_what, failure) => {
    const { github, collect, desk } = scene();
    github.answer(...failure.answers);
    const end = await collect(
      {},
      { event: { name: 'release', payload: { release: { tag_name: 'v1.4.2' } } } },
    );
    const [told = ''] = errorsOf(end);
    expect(told.startsWith(ALONE)).toBe(true);
    const message = told.slice(ALONE.length);
    expect(message).toMatch(failure.told);
    expect(github.requests()).toHaveLength(failure.requests);
    // That this job has gone well so far does not mean that the run did.
    expect(desk.logs().map(({ title }) => title)).toEqual(['Release v1.4.2: outcome unknown']);
    // A customer reads it: why GitHub was not read is for the job log alone.
    expect(desk.logs()[0]?.description).toBe('Workflow Deploy\nThe outcome of each step is not known.');
    expect([end.exitCode, end.stderr]).toEqual([1, '']);
    expect(end.outputs).toMatchObject({ ok: 'false', delivered: '1', undelivered: '0' });
  },
);

test('5xx, and then the list: it is read again, and all is well', async () => {
  const { github, collect, titles } = scene();
  github.answer({ status: 503, body: '' }, 'reset', { jobs: [job(1, 'build'), REPORTING_JOB] });
  const end = await collect();
  expect([end.exitCode, titles().length, github.requests().length]).toEqual([0, 2, 3]);
  expect(end.stdout).toMatch(/^Jobs of the run, attempt 1: GitHub answered 503\. .* Next try in \d+ ms\.$/m);
});

test('silence takes part of the time, and enough is left to log the parent', async () => {
  const { github, collect, titles } = scene();
  github.answer('silence');
  const end = await collect({ 'timeout-seconds': '4' });
  expect(titles()).toEqual(['Deploy: outcome unknown']);
  expect(errorsOf(end)[0]).toMatch(/GitHub gave no answer: no answer from \S+ in time/);
});

test('cancelled while GitHub is silent: it does not wait, sends nothing, and keeps the parent in the file', async () => {
  const { github, desk, job: localJob, step } = scene();
  github.answer('silence');
  const onStart: Parameters<typeof localJob.run>[1] = (process) => {
    const watch = setInterval(() => {
      if (github.requests().length > 0 && process.kill('SIGINT')) clearInterval(watch);
    }, 5);
    process.once('close', () => clearInterval(watch));
  };
  const end = await localJob.run(step(), onStart);
  expect([end.exitCode, end.stderr, desk.requests()]).toEqual([1, '', []]);
  expect(errorsOf(end)).toContain('The run was cancelled.');
  expect(await linesOfFile(end.outputs['undelivered-file'] ?? '')).toMatchObject([
    { title: 'Deploy: outcome unknown', mayBeRecorded: false },
  ]);
});

test('no server at the address', async () => {
  const { collect } = scene();
  const end = await collect({ 'timeout-seconds': '4' }, { env: { GITHUB_API_URL: 'http://127.0.0.1:9' } });
  expect(errorsOf(end)[0]).toMatch(
    /GitHub gave no answer: 127\.0\.0\.1:9 .*\(ECONNREFUSED\)\. Check GITHUB_API_URL/,
  );
});

test.each([
  ['failure', 'failed'],
  ['cancelled', 'cancelled'],
])('a job that ended as %s makes the unread run one that %s', async (status, word) => {
  const { github, collect, titles } = scene();
  github.answer({ status: 404, body: '' });
  await collect({}, { context: { 'job.status': status } });
  expect(titles()).toEqual([`Deploy: ${word}`]);
});

test('a run that cannot be read has the outcome that the event gives', async () => {
  const { github, collect, titles } = scene();
  github.answer({ status: 404, body: '' });
  const run = { id: 7, run_attempt: 1, name: 'CI', head_branch: 'main', conclusion: 'success' };
  await collect({}, { event: { name: 'workflow_run', payload: { workflow_run: run } } });
  expect(titles()).toEqual(['CI: passed']);
});

test('with collect: job, an own job that GitHub does not list is a failed read', async () => {
  const { github, collect, titles } = scene();
  github.answer({ jobs: [job(1, 'build')] });
  const end = await collect({ collect: 'job', 'timeout-seconds': '2' });
  expect(errorsOf(end)).toEqual([
    `${ALONE}GitHub does not list the job that the Action runs in. Use collect: run, or say what to log with logs.`,
  ]);
  expect(titles()).toEqual(['Deploy: passed']);
});

test('with fail-on-error: false the step stays green, and the annotation is there', async () => {
  const { github, collect } = scene();
  github.answer({ status: 403, body: says('Resource not accessible by integration') });
  const end = await collect({ 'fail-on-error': 'false' });
  expect([end.exitCode, end.outputs['ok'], errorsOf(end).length]).toEqual([0, 'false', 1]);
});

test('a failed read hides no failed log, and both leave nothing secret behind', async () => {
  const { github, collect, desk, job: localJob } = scene();
  const { clientSecret, refreshToken } = desk.credentials;
  const secrets = [GITHUB_TOKEN, clientSecret, refreshToken];
  github.answer({ status: 403, body: says(`Token ${GITHUB_TOKEN} may not, ${clientSecret.slice(3, 20)}`) });
  desk.fault({
    kind: 'respond',
    status: 422,
    body: '{"errorCode":"INVALID_DATA","message":"No."}',
    times: 'always',
  });
  const end = await collect({ 'fail-on-error': 'false' });
  const [undelivered = '', unread = ''] = errorsOf(end);
  expect(undelivered).toMatch(/^1 of 1 log undelivered\.\n"Deploy: outcome unknown": Desk answered 422/);
  expect(unread).toContain('Add "permissions: { actions: read }"');
  expect(await linesOfFile(end.outputs['undelivered-file'] ?? '')).toHaveLength(1);
  expect(logRequests(desk)).toHaveLength(1);

  const names = await readdir(localJob.runnerTemp, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map(async ({ parentPath, name }) => readFile(`${parentPath}/${name}`, 'utf8')),
  );
  const shown = [
    end.stdout.replaceAll(/^::add-mask::.*$/gm, ''),
    end.summary,
    JSON.stringify(end.outputs),
    ...texts,
  ];
  const bodies = desk
    .requests()
    .filter(({ path }) => path.startsWith('/api/'))
    .map(({ body }) => body);
  for (const secret of secrets) expect([...shown, ...bodies].join('\n')).not.toContain(secret.slice(4, 20));
});

test('not even detail: full takes the reason to the portal', async () => {
  const { github, collect, desk } = scene();
  github.answer({ status: 403, body: says('Resource not accessible by integration') });
  await collect({ detail: 'full' });
  expect(desk.logs()[0]?.description.split('\n').slice(2)).toEqual([
    'The outcome of each step is not known.',
    'https://github.com/acme/desk-extension/actions/runs/9001/attempts/1',
  ]);
});

test('a dry run reports a failed read too', async () => {
  const { github, collect, desk } = scene();
  github.answer({ status: 403, body: says('Resource not accessible by integration') });
  const end = await collect({ 'dry-run': 'true' });
  expect([end.exitCode, end.outputs['ok'], desk.requests()]).toEqual([1, 'false', []]);
  expect(errorsOf(end)[0]).toContain('Add "permissions: { actions: read }"');
});
