import { expect, test } from '@jest/globals';
import { githubSceneForEachTest } from '../github/github-scene.ts';
import { job, step, REPORTING_JOB } from '../github/run-fixtures.ts';
import { linesOf, rowsOf } from './summary-text.ts';

const scene = githubSceneForEachTest();

test('a collected run leads with its own outcome, and with a sign for each job', async () => {
  const { github, collect } = scene();
  github.answer({
    jobs: [job(1, 'build'), job(2, 'smoke tests', 'failure'), job(3, 'announce', 'skipped'), REPORTING_JOB],
  });
  const end = await collect();
  expect(linesOf(end.summary)[0]).toBe('❌ Deploy: failed · 1 of 2 jobs · 1 m 0 s');
  expect(rowsOf(end.summary).map((row) => row.split(' | ')[0])).toEqual([
    'Log',
    'Reference gh-9001-1, installation 4000000000123001',
    '❌ Deploy: failed · 1 of 2 jobs · 1 m 0 s',
    '✅ build · 1 m 0 s',
    '❌ smoke tests · 1 m 0 s',
    '⏭️ announce',
  ]);
});

test('a run that passed although a step failed is shown as passed, and the step as failed', async () => {
  const { github, collect } = scene();
  const steps = [step('Build'), step('Lint', 'failure')];
  github.answer({ jobs: [job(1, 'build', 'success', { steps }), REPORTING_JOB] });
  const end = await collect();
  expect(linesOf(end.summary)[0]).toMatch(/^✅ Deploy: passed/);
  expect(rowsOf(end.summary).at(-1)).toMatch(/^❌ /);
});

test('where GitHub could not be read, no outcome is made up', async () => {
  const { github, collect } = scene();
  github.answer({ status: 403, body: '{"message":"Resource not accessible by integration"}' });
  const end = await collect();
  expect(linesOf(end.summary)[0]).toBe('Deploy: outcome unknown');
});
