import { readdir } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { logsWithTitles } from './desk-and-job.ts';
import { githubSceneForEachTest } from './github/github-scene.ts';
import { ACTION_STEP, current, ownJob, pending, step } from './github/run-fixtures.ts';
import { errorsOf, shownLines } from './step-end.ts';

const scene = githubSceneForEachTest();

const AT_END = { 'log-at': 'job-end', collect: 'job' };
const SILENT = { exitCode: 0, stderr: '', outputs: {}, summary: '', state: {} };

/** The job as GitHub lists it when the post phase of its first step, the Action's, goes on. */
function endedJob(deploy: string, name = ACTION_STEP) {
  return ownJob([
    step('Set up job', 'success', 0, 2),
    step(name, 'success', 2, 1),
    step('Run actions/checkout@v4', 'success', 3, 7),
    step('Deploy', deploy, 10, 48),
    step('Post Run actions/checkout@v4', 'success', 58, 1),
    current(`Post ${name}`),
    pending('Complete job'),
  ]);
}

test.each([
  ['success', 'success', 'passed · 1 of 1 step · 48 s', 'Passed · Deploy · 48 s'],
  ['failure', 'failure', 'failed · 0 of 1 step · 48 s', 'Failed · Deploy · 48 s'],
  ['cancelled', 'cancelled', 'cancelled · 0 of 1 step · 48 s', 'Cancelled · Deploy · 48 s'],
])('as the first step of a job that ends with %s', async (status, deploy, summary, deployTitle) => {
  const { github, job, desk, step: stepWith, titles } = scene();
  github.answer({ jobs: [endedJob(deploy)] });
  const first = stepWith(AT_END);
  const main = await job.run(first);
  expect(shownLines(main)).toEqual(['Inputs are valid. The logs are sent when the job ends.']);
  expect([main.exitCode, main.outputs, main.summary]).toEqual([0, {}, '']);
  expect([desk.requests(), github.requests()]).toEqual([[], []]);

  const post = await job.runPost(stepWith(AT_END, { context: { 'job.status': status } }), main);
  expect(titles()).toEqual([`Deploy: ${summary}`, deployTitle]);
  expect([post.exitCode, post.stderr, github.requests().length]).toEqual([0, '', 1]);
  expect(post.outputs).toMatchObject({ ok: 'true', delivered: '2', undelivered: '0' });
  expect(post.summary).toContain('<b>2 logs recorded</b>');
});

test('a step of the Action with a name is not logged, and the lag of the list is waited for', async () => {
  const { github, job, step: stepWith, titles } = scene();
  const ended = endedJob('success', 'Tell Desk');
  const steps = ended.steps ?? [];
  const lagging = { ...ended, steps: [...steps.slice(0, 3), { ...current('Deploy'), number: 4 }] };
  const postsLag = { ...ended, steps: [...steps.slice(0, 4), { ...pending('Post Tell Desk'), number: 6 }] };
  github.answer({ jobs: [lagging] }, { jobs: [postsLag] }, { jobs: [ended] });
  const main = await job.run(stepWith(AT_END));
  await job.runPost(stepWith(AT_END), main);
  expect(titles()).toEqual(['Deploy: passed · 1 of 1 step · 48 s', 'Passed · Deploy · 48 s']);
  expect(github.requests()).toHaveLength(3);
});

test('collect: run, and a list that never catches up', async () => {
  const { github, job, step: stepWith, titles } = scene();
  github.answer({ jobs: [ownJob([step('Deploy'), pending('Later')])] });
  const given = { 'log-at': 'job-end', 'timeout-seconds': '4' };
  const main = await job.run(stepWith(given));
  const post = await job.runPost(stepWith(given, { context: { 'job.status': 'failure' } }), main);
  expect([post.exitCode, titles()]).toEqual([
    0,
    ['Deploy: failed · 0 of 1 job · 20 s', 'Passed · Deploy · 10 s'],
  ]);
});

test('bad input fails in the main phase, at the start of the job, and no phase sends a request', async () => {
  const { github, job, desk, step: stepWith } = scene();
  const bad = stepWith({ ...AT_END, concurrency: '0', 'org-id': 'x', collect: 'all' });
  const main = await job.run(bad);
  expect([main.exitCode, main.outputs['ok']]).toEqual([1, 'false']);
  expect(errorsOf(main)[0]).toMatch(/^Nothing was sent: 3 problems with the inputs\./);
  const post = await job.runPost(bad, main);
  expect(post).toEqual({ ...SILENT, stdout: post.stdout });
  expect([shownLines(post), errorsOf(post)]).toEqual([[], []]);
  expect([desk.requests(), github.requests()]).toEqual([[], []]);
});

test('logs of the user’s own are sent at the job’s end, too, with the parent’s title as it is then', async () => {
  const { job, desk, step: stepWith, titles, github } = scene();
  const given = { 'log-at': 'job-end', title: 'Release', logs: logsWithTitles('Built', 'Deployed') };
  const main = await job.run(stepWith(given));
  expect(desk.requests()).toEqual([]);
  const post = await job.runPost(stepWith({ ...given, title: 'Release v1.4.2' }), main);
  expect([post.exitCode, titles()]).toEqual([0, ['Release v1.4.2', 'Built', 'Deployed']]);
  expect(github.requests()).toEqual([]);
});

test('what has become bad input by the job’s end fails the post phase, with its reason', async () => {
  const { job, desk, step: stepWith } = scene();
  const main = await job.run(stepWith({ 'log-at': 'job-end', title: 'Release' }));
  const post = await job.runPost(
    stepWith({ 'log-at': 'job-end', title: '', description: 'left over' }),
    main,
  );
  expect([post.exitCode, desk.requests()]).toEqual([1, []]);
  expect(errorsOf(post)[0]).toContain('description: needs a title.');
});

test('an undelivered log fails the post phase and is kept in a file', async () => {
  const { job, desk, step: stepWith } = scene();
  const given = { 'log-at': 'job-end', title: 'Release' };
  const main = await job.run(stepWith(given));
  desk.fault({ kind: 'html404', times: 'always' });
  const post = await job.runPost(stepWith(given), main);
  expect([post.exitCode, post.outputs['undelivered']]).toEqual([1, '1']);
  expect((await readdir(job.runnerTemp)).sort()).toEqual([
    'zoho-desk-results-1.jsonl',
    'zoho-desk-undelivered-1.jsonl',
  ]);
});

test('a post phase with nothing to do prints nothing, sends nothing and leaves nothing behind', async () => {
  const { job, desk, step: stepWith } = scene();
  const main = await job.run(stepWith({ title: 'Release' }));
  const before = desk.requests().length;
  const post = await job.runPost(stepWith({ title: 'Release' }), main);
  expect(post).toEqual({ ...SILENT, stdout: post.stdout });
  expect(shownLines(post)).toEqual([]);
  expect([desk.requests().length, await readdir(job.runnerTemp)]).toEqual([
    before,
    ['zoho-desk-results-1.jsonl'],
  ]);
});

test('a dry run at the job’s end prints the plan there, and sends nothing', async () => {
  const { github, job, desk, step: stepWith } = scene();
  github.answer({ jobs: [endedJob('success')] });
  const given = { ...AT_END, 'dry-run': 'true' };
  const main = await job.run(stepWith(given));
  const post = await job.runPost(stepWith(given), main);
  expect(shownLines(post)).toContain('  Passed · Deploy · 48 s');
  expect([post.exitCode, desk.requests(), github.requests().length]).toEqual([0, [], 1]);
});
