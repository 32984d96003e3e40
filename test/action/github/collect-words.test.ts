import { expect, test } from '@jest/globals';
import type { GithubStep } from '../../../emulator/github/fake-github.ts';
import { githubSceneForEachTest } from './github-scene.ts';
import { ACTION_STEP, current, job, ownJob, pending, step, REPORTING_JOB } from './run-fixtures.ts';
import { errorsOf } from '../step-end.ts';

const scene = githubSceneForEachTest();

test('every status and conclusion has its word, none but success and neutral counts as passed', async () => {
  const { github, collect, titles } = scene();
  const over = ['success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed_out', 'action_required'];
  const odd = ['startup_failure', 'stale', 'on_fire', 'constructor', '__proto__', ''];
  const open = ['queued', 'in_progress', 'completed', 'waiting', 'requested', 'pending', 'thinking'];
  const steps: GithubStep[] = [
    ...[...over, ...odd].map((conclusion) => step(conclusion || 'empty', conclusion)),
    ...open.map((status) => ({
      name: status,
      status,
      conclusion: null,
      started_at: null,
      completed_at: null,
    })),
  ];
  github.answer({ jobs: [job(1, 'all', 'mystery', { steps }), REPORTING_JOB] });
  await collect({ overflow: 'split' });
  expect(titles()[0]).toBe('Deploy: failed · 2 of 19 steps · 1 m 0 s');
  const told = scene()
    .desk.logs()
    .map(({ title }) => title);
  const wanted = [
    'Passed · success · 10 s',
    'Failed · failure · 10 s',
    'Neutral · neutral · 10 s',
    'Cancelled · cancelled · 10 s',
    'Skipped · skipped',
    'Timed out · timed_out · 10 s',
    'Action required · action_required · 10 s',
    'Failed to start · startup_failure · 10 s',
    'Stale · stale · 10 s',
    'on_fire · on_fire · 10 s',
    'constructor · constructor · 10 s',
    '__proto__ · __proto__ · 10 s',
    'In progress · empty · 10 s',
    'Queued · queued',
    'In progress · in_progress',
    'In progress · completed',
    'Waiting · waiting',
    'Requested · requested',
    'Pending · pending',
    'thinking · thinking',
  ];
  expect(told.filter((title) => !title.startsWith('Deploy: ')).sort()).toEqual([...wanted].sort());
});

test('a job that is not over makes the run one that is in progress, never one that passed', async () => {
  const { github, collect, titles } = scene();
  const waiting = {
    ...job(2, 'deploy'),
    status: 'waiting',
    conclusion: null,
    started_at: null,
    completed_at: null,
  };
  github.answer({ jobs: [job(1, 'build'), waiting, REPORTING_JOB] });
  await collect();
  expect(titles()).toEqual([
    'Deploy: in progress · 1 of 2 jobs · 1 m 0 s',
    'Passed · build · 1 m 0 s',
    'Waiting · deploy',
  ]);
});

test('odd data: an end before its start, no steps, times that are not times, names of every kind', async () => {
  const { github, collect, desk, titles } = scene();
  const cut = `${'x'.repeat(97)}...`;
  github.answer({
    jobs: [
      job(1, 'build (20, ubuntu)', 'success', { steps: [step('Zurück ⏪', 'success', 20, -5)] }),
      job(2, 'call / inner / 发布 🚀', 'success', { steps: null }),
      job(3, cut, 'failure', { started_at: 'soon', completed_at: '0001-01-01T00:00:00Z' }),
      job(4, '<b>::error::</b>', 'success', {
        started_at: '2026-11-22T20:00:09Z',
        completed_at: '2026-11-22T20:00:01Z',
      }),
      REPORTING_JOB,
    ],
  });
  const end = await collect();
  expect(titles().slice(1)).toEqual([
    'Passed · build (20, ubuntu) / Zurück ⏪ · 0 s',
    'Passed · call / inner / 发布 🚀 · 1 m 0 s',
    `Failed · ${cut}`,
    'Passed · <b>::error::</b> · 0 s',
  ]);
  expect(desk.logs()[1]?.description).toBe('Job build (20, ubuntu)\n2026-11-22 20:00:20 UTC');
  expect([end.exitCode, errorsOf(end)]).toEqual([0, []]);
});

test('the runner’s own steps and bare actions are logged only where they failed; a user’s own "Post" step always', async () => {
  const { github, collect, titles } = scene();
  const steps = [
    step('Set up job'),
    step('Initialize containers', 'failure'),
    step('Pre Run actions/cache@v4'),
    step('Run actions/cache@v4'),
    step('Deploy'),
    step('Post Deploy'),
    step('Post the notes'),
    step(ACTION_STEP),
    step(`${ACTION_STEP.replace('@v1', '-extra@v1')}`),
    step('Post Run actions/cache@v4', 'failure'),
    step('Post Deploy'),
    step('Stop containers'),
    step('Complete job'),
  ];
  github.answer({ jobs: [job(1, 'deploy', 'failure', { steps }), REPORTING_JOB] });
  await collect();
  expect(titles().slice(1)).toEqual([
    'Failed · Initialize containers · 10 s',
    'Passed · Deploy · 10 s',
    'Passed · Post Deploy · 10 s',
    'Passed · Post the notes · 10 s',
    'Failed · Post Run actions/cache@v4 · 10 s',
  ]);
});

test('the job of the Action is logged when it is the only one, or has done more than log', async () => {
  const { github, collect, desk, titles } = scene();
  github.answer({ jobs: [REPORTING_JOB] });
  await collect();
  expect(titles()).toEqual(['Deploy: passed · 1 of 1 job', 'Passed · tell']);
  desk.reset();
  const steps = [
    step('Set up job'),
    step('Deploy', 'success', 10, 48),
    current(ACTION_STEP),
    pending('Later'),
  ];
  github.answer({ jobs: [job(1, 'build'), ownJob(steps)] });
  await collect({ reference: 'again' });
  expect(desk.logs().map(({ title }) => title)).toEqual([
    'Deploy: passed · 2 of 2 jobs · 1 m 0 s',
    'Passed · build · 1 m 0 s',
    'Passed · deploy / Deploy · 48 s',
  ]);
});
