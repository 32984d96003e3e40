import { expect, test } from '@jest/globals';
import { logsWithTitles, portalOf, stepTitles } from '../desk-and-job.ts';
import { sceneForEachTest } from '../scene-for-each-test.ts';
import { warningsOf } from '../step-end.ts';

const scene = sceneForEachTest();

test('another job of the matrix that fills our part 1: nothing is lost, and a warning says how to part the two', async () => {
  const { desk, job, run } = scene();
  const otherJob = { env: { RUNNER_TEMP: `${job.folder}/other-job` } };
  await run({ title: 'Ours' });
  await run({ logs: logsWithTitles(...stepTitles(9)) }, otherJob);
  const end = await run({ logs: logsWithTitles('Deployed', 'Verified') });
  expect([end.exitCode, end.outputs['delivered']]).toEqual([0, '2']);
  expect(portalOf(desk)).toEqual({
    'gh-9001-1': ['Ours', ...stepTitles(9)],
    'gh-9001-1-2': ['Ours (part 2)', 'Deployed', 'Verified'],
  });
  expect(warningsOf(end)).toEqual([
    'Another sender also writes to the reference gh-9001-1, so its logs are mixed with those of this job. ' +
      'In a matrix, set reference: gh-${{ github.run_id }}-${{ github.run_attempt }}-${{ strategy.job-index }}',
  ]);
});

test('a reference that was full before our first log mixes nothing, and costs no warning', async () => {
  const { job, run } = scene();
  const otherJob = { env: { RUNNER_TEMP: `${job.folder}/other-job` } };
  await run({ logs: logsWithTitles(...stepTitles(10)) }, otherJob);
  const end = await run({ logs: logsWithTitles('Deployed', 'Verified') });
  expect([end.outputs['delivered'], warningsOf(end)]).toEqual(['2', []]);
});
