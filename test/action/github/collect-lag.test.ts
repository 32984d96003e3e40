import { describe, expect, test } from '@jest/globals';
import type { GithubStep } from '../../../emulator/github/fake-github.ts';
import { githubSceneForEachTest } from './github-scene.ts';
import { ACTION_STEP, at, current, job, ownJob, pending, step } from './run-fixtures.ts';

const scene = githubSceneForEachTest();

const DONE = [step('Set up job'), step('Checkout'), step('Deploy', 'success', 20, 48)];
const SETTLED = ownJob([...DONE, current(ACTION_STEP), pending('Post Run actions/checkout@v4')]);
const LOGGED = ['Deploy: passed · 2 of 2 steps · 58 s', 'Passed · Checkout · 10 s', 'Passed · Deploy · 48 s'];
const began = (name: string, seconds: number): GithubStep => ({
  ...current(name),
  started_at: new Date(Date.now() - seconds * 1_000).toISOString(),
});

describe('GitHub lags behind: it is asked again until the steps before the Action are over', () => {
  const stale: readonly (readonly [string, Parameters<typeof ownJob>])[] = [
    ['the job of the Action is queued, without steps', [[], { status: 'queued', started_at: null }]],
    ['the job of the Action is in progress, without steps', [[]]],
    ['no step is in progress', [[...DONE, pending(ACTION_STEP)]]],
    ['the step before is in progress', [[...DONE.slice(0, 2), began('Deploy', 48), pending(ACTION_STEP)]]],
    ['a short step before is in progress', [[...DONE.slice(0, 2), current('Deploy'), pending(ACTION_STEP)]]],
    [
      'a step before it is in progress as well as its own',
      [[...DONE.slice(0, 2), current('Deploy'), current(ACTION_STEP)]],
    ],
  ];

  test.each(stale)('%s', async (_what, own) => {
    const { github, collect, titles } = scene();
    github.answer({ jobs: [job(1, 'build'), ownJob(...own)] }, { jobs: [job(1, 'build'), SETTLED] });
    await collect({ collect: 'job' });
    expect(titles()).toEqual(LOGGED);
    expect(github.requests()).toHaveLength(2);
  });

  test('the job of the Action is not in the list yet', async () => {
    const { github, collect, titles } = scene();
    github.answer({ jobs: [job(1, 'build')] }, { jobs: [job(1, 'build'), SETTLED] });
    await collect({ collect: 'job' });
    expect(titles()).toEqual(LOGGED);
  });

  test('the step before is in progress, and the Action’s has a name of its own', async () => {
    const { github, collect, titles } = scene();
    const lagging = ownJob([...DONE.slice(0, 2), began('Deploy', 48), pending('Tell Desk')]);
    github.answer({ jobs: [lagging] }, { jobs: [ownJob([...DONE, current('Tell Desk')])] });
    await collect({ collect: 'job' });
    expect(titles()).toEqual(LOGGED);
  });

  test('the job has failed, and no step has yet', async () => {
    const { github, collect, titles } = scene();
    const failed = [...DONE.slice(0, 2), step('Deploy', 'failure', 20, 48)];
    github.answer({ jobs: [SETTLED] }, { jobs: [ownJob([...failed, current(ACTION_STEP)])] });
    await collect({ collect: 'job' }, { context: { 'job.status': 'failure' } });
    expect(titles()).toEqual([
      'Deploy: failed · 1 of 2 steps · 58 s',
      'Passed · Checkout · 10 s',
      'Failed · Deploy · 48 s',
    ]);
  });

  test('it never catches up: what is known is logged within part of the time, and the failure shows', async () => {
    const { github, collect, titles } = scene();
    github.answer({ jobs: [job(1, 'build'), ownJob([], { status: 'queued' })] });
    const end = await collect({ 'timeout-seconds': '4' }, { context: { 'job.status': 'failure' } });
    expect(titles()).toEqual([
      'Deploy: failed · 1 of 2 jobs · 1 m 0 s',
      'Passed · build · 1 m 0 s',
      'Failed · deploy',
    ]);
    expect(end.outputs).toMatchObject({ ok: 'true', delivered: '3' });
  });

  test('it cannot be read again: what was read before is logged', async () => {
    const { github, collect, titles } = scene();
    const lagging = ownJob([...DONE, pending(ACTION_STEP)]);
    github.answer({ jobs: [lagging] }, { status: 403, body: '{"message":"API rate limit exceeded"}' });
    const end = await collect({ collect: 'job' });
    expect([end.exitCode, titles()]).toEqual([0, LOGGED]);
  });
});

test.each([
  ['without a name', ACTION_STEP],
  ['with a name', 'Tell Desk'],
])('a step of the Action %s is not logged, nor is an earlier use of the same name', async (_what, name) => {
  const { github, collect, titles } = scene();
  const steps = [...DONE, step(name, 'success', 70, 1), current(name), pending(`Post ${name}`)];
  github.answer({ jobs: [ownJob(steps)] });
  await collect({ collect: 'job' });
  expect(titles()).toEqual(LOGGED);
  expect(github.requests()).toHaveLength(1);
});

test('an earlier use of the Action that failed is logged', async () => {
  const { github, collect, titles } = scene();
  const steps = [...DONE, step(ACTION_STEP, 'failure', 70, 1), current(ACTION_STEP)];
  github.answer({ jobs: [ownJob(steps)] });
  await collect({ collect: 'job' }, { context: { 'job.status': 'failure' } });
  expect(titles()[3]).toBe(`Failed · ${ACTION_STEP} · 1 s`);
});

test('a job with more than nine steps is condensed, every failure with a log of its own', async () => {
  const { github, collect, titles } = scene();
  const steps = Array.from({ length: 20 }, (_, index) =>
    step(`Step ${index + 1}`, [4, 11, 19].includes(index) ? 'failure' : 'success', index * 10),
  );
  github.answer({ jobs: [ownJob([...steps, current(ACTION_STEP)], { started_at: at(0) })] });
  await collect({ collect: 'job' }, { context: { 'job.status': 'failure' } });
  expect(titles()).toHaveLength(10);
  expect(titles()[0]).toBe('Deploy: failed · 17 of 20 steps · 3 m 20 s');
  expect(titles().filter((title) => title.startsWith('Failed'))).toEqual([
    'Failed · Step 5 · 10 s',
    'Failed · Step 12 · 10 s',
    'Failed · Step 20 · 10 s',
  ]);
});

describe('inside a composite action, GitHub lists only the step of that action', () => {
  const IN_COMPOSITE = { GITHUB_ACTION_PATH: '/home/runner/_actions/acme/tell/v1' };

  test('it settles at once where no step of the workflow follows', async () => {
    const { github, collect, titles } = scene();
    github.answer({
      jobs: [ownJob([...DONE, began('Tell', 60), pending('Post Tell'), pending('Complete job')])],
    });
    await collect({ collect: 'job' }, { env: IN_COMPOSITE });
    expect(titles()).toEqual(LOGGED);
    expect(github.requests()).toHaveLength(1);
  });

  test('it settles well before the longest wait where steps follow', async () => {
    const { github, collect, titles } = scene();
    github.answer({ jobs: [ownJob([...DONE, began('Tell', 60), pending('Clean up')])] });
    const end = await collect({ collect: 'job' }, { env: IN_COMPOSITE });
    expect([end.exitCode, titles()]).toEqual([0, LOGGED]);
    expect(github.requests().length).toBeLessThanOrEqual(4);
  });

  test('a step before it that is listed as in progress is waited for', async () => {
    const { github, collect, titles } = scene();
    const lagging = ownJob([...DONE.slice(0, 2), began('Deploy', 48), pending('Tell'), pending('Clean up')]);
    const caughtUp = ownJob([...DONE, began('Tell', 60), pending('Clean up')]);
    github.answer({ jobs: [lagging] }, { jobs: [caughtUp] });
    await collect({ collect: 'job' }, { env: IN_COMPOSITE });
    expect(titles()).toEqual(LOGGED);
  });
});
