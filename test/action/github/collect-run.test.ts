import { expect, test } from '@jest/globals';
import { logRequests } from '../desk-and-job.ts';
import { githubSceneForEachTest } from './github-scene.ts';
import { current, job, ownJob, pending, recordedJobs, step, REPORTING_JOB } from './run-fixtures.ts';
import { errorsOf, shownLines } from '../step-end.ts';

const scene = githubSceneForEachTest();

test('the connection inputs alone log a whole real run: one parent, and a sub-log for each thing it did', async () => {
  const { github, collect, desk } = scene();
  github.answer({ jobs: [...(await recordedJobs()), REPORTING_JOB] });
  const end = await collect();
  const run = 'amannn/action-semantic-pull-request@48f256284bd46cdaab1048c3721360e808335d50';
  expect(desk.logs().map(({ title, reference }) => [reference, title])).toEqual(
    [
      'Deploy: failed · 6 of 7 jobs · 183 d 6 h',
      'Passed · Validate PR title · 34 s',
      `Failed · Validate PR title / Run ${run} · 5 s`,
      'Passed · pre_job · 16 s',
      'Passed · skip_individual_steps_job · 17 s',
      'Passed · build · 31 s',
      'Passed · private_action · 48 s',
      'Passed · main_job · 40 s',
    ].map((title) => ['gh-9001-1', title]),
  );
  expect(end.outputs).toMatchObject({ ok: 'true', delivered: '8', undelivered: '0' });
  expect(end.summary).toContain('<b>8 logs recorded</b>');
  expect(new Set(github.requests().map(({ authorization }) => authorization?.split(' ')[0]))).toEqual(
    new Set(['token']),
  );
});

test('more than nine steps: a log for each job, and one for each failed step while there is room', async () => {
  const { github, collect, desk, titles } = scene();
  const long = Array.from({ length: 8 }, (_, index) => step(`Part ${index + 1}`));
  github.answer({
    jobs: [
      job(1, 'build', 'success', { steps: [step('Set up job'), ...long, step('Complete job')] }),
      job(2, 'test (22)', 'failure', {
        steps: [...long, step('Unit tests', 'failure', 10, 48), step('Report', 'skipped', 58, 0)],
      }),
      job(3, 'deploy', 'skipped'),
      REPORTING_JOB,
    ],
  });
  await collect();
  expect(titles()).toEqual([
    'Deploy: failed · 1 of 2 jobs · 1 m 0 s',
    'Passed · build · 1 m 0 s',
    'Failed · test (22) · 1 m 0 s',
    'Failed · test (22) / Unit tests · 48 s',
    'Skipped · deploy',
  ]);
  expect(desk.logs()[2]?.description).toBe(
    [
      ...long.map(({ name }) => `- Passed · ${name} · 10 s`),
      '- Failed · Unit tests · 48 s',
      '- Skipped · Report',
      '2026-11-22 20:00:00 to 20:01:00 UTC',
    ].join('\n'),
  );
});

test('without room for a log of its own, a failed step is named in the title of its job', async () => {
  const { github, collect, titles } = scene();
  const failing = [step('One', 'failure'), step('Two', 'timed_out'), step('Three', 'cancelled')];
  const jobs = Array.from({ length: 7 }, (_, index) =>
    job(index + 1, `job ${index + 1}`, 'failure', { steps: index === 6 ? failing : [step('Fine')] }),
  );
  github.answer({ jobs: [...jobs, job(8, 'last', 'failure', { steps: failing }), REPORTING_JOB] });
  await collect();
  expect(titles()).toHaveLength(10);
  expect(titles().slice(7)).toEqual([
    'Failed · job 7 · 1 m 0 s · Two, Three',
    'Failed · job 7 / One · 10 s',
    'Failed · last · 1 m 0 s · One, Two, Three',
  ]);
});

test('230 jobs on three pages become nine sub-logs that name every failure', async () => {
  const { github, collect, desk, titles } = scene();
  const failedIds = [1, 2, 57, 101, 199, 230];
  const jobs = Array.from({ length: 230 }, (_, index) => {
    const failed = failedIds.includes(index + 1);
    const conclusion = failed ? 'failure' : 'success';
    return job(index + 1, `build (${index + 1})`, conclusion, { steps: [step('Compile', conclusion)] });
  });
  github.answer({ jobs: [...jobs.slice(0, 115), REPORTING_JOB, ...jobs.slice(115)] });
  await collect();
  expect(github.requests().map(({ path }) => path.split('?')[1])).toEqual([
    'per_page=100&page=1',
    'per_page=100&page=2',
    'per_page=100&page=3',
  ]);
  expect(titles()).toHaveLength(10);
  expect(titles()[0]).toBe('Deploy: failed · 224 of 230 jobs · 1 m 0 s');
  const failures = titles().filter((title) => title.startsWith('Failed · '));
  expect(failures.map((title) => Number(/\((\d+)\)/.exec(title)?.[1]))).toEqual(failedIds);
  const told = desk.logs().map(({ title, description }) => `${title}\n${description}`);
  for (const { name } of jobs) expect(told.join('\n')).toContain(name);
});

test('overflow: split gives every step its log, in parts', async () => {
  const { github, collect, desk } = scene();
  const steps = Array.from({ length: 12 }, (_, index) => step(`Step ${index + 1}`));
  github.answer({ jobs: [job(1, 'build', 'success', { steps }), REPORTING_JOB] });
  await collect({ overflow: 'split' });
  const parent = 'Deploy: passed · 12 of 12 steps · 1 m 0 s';
  expect(
    desk
      .logs()
      .map(({ title, reference }) => `${reference}: ${title}`)
      .sort(),
  ).toEqual(
    [
      `gh-9001-1: ${parent}`,
      `gh-9001-1-2: ${parent} (part 2 of 2)`,
      ...steps.map(({ name }, index) => `gh-9001-1${index > 8 ? '-2' : ''}: Passed · ${name} · 10 s`),
    ].sort(),
  );
});

test('overflow: error is reported before any request to Zoho, and no failed delivery hides behind it', async () => {
  const { github, collect, desk } = scene();
  const steps = Array.from({ length: 10 }, (_, index) => step(`Step ${index + 1}`));
  github.answer({ jobs: [job(1, 'build', 'success', { steps }), REPORTING_JOB] });
  const end = await collect({ overflow: 'error' });
  expect([end.exitCode, end.outputs['ok'], desk.requests()]).toEqual([1, 'false', []]);
  expect(errorsOf(end)[0]).toContain('allows 10 logs to a reference, and "gh-9001-1" has 11.');
});

test('an enterprise server: its own path, and the job of the Action found by its runner where there is no id', async () => {
  const { github, collect, titles } = scene();
  const other = {
    ...ownJob([current('Wait')], { runner_name: 'GitHub Actions 8' }),
    id: 77,
    name: 'build (2)',
  };
  const steps = [step('Deploy'), current('Tell Desk'), pending('Complete job')];
  github.answer({ jobs: [other, ownJob(steps, { name: 'build (1)' })] });
  const env = { GITHUB_API_URL: `${github.url}/api/v3`, GITHUB_SERVER_URL: 'https://github.acme.example' };
  await collect({ collect: 'job' }, { env, context: { 'job.check_run_id': '' } });
  expect(github.requests()[0]?.path).toMatch(
    /^\/api\/v3\/repos\/acme\/desk-extension\/actions\/runs\/9001\//,
  );
  expect(titles()).toEqual(['Deploy: passed · 1 of 1 step · 10 s', 'Passed · Deploy · 10 s']);
});

test('a dry run asks GitHub, prints the plan, and never asks Zoho', async () => {
  const { github, collect, desk } = scene();
  github.answer({ jobs: [job(1, 'build'), REPORTING_JOB] });
  const end = await collect({ 'dry-run': 'true', 'client-id': '', 'client-secret': '', 'refresh-token': '' });
  expect([end.exitCode, github.requests().length, desk.requests()]).toEqual([0, 1, []]);
  expect(shownLines(end)).toEqual([
    'Deploy: passed · 1 of 1 job · 1 m 0 s',
    '  Passed · build · 1 m 0 s',
    'Dry run: 2 logs planned, nothing was sent.',
  ]);
});

test('GitHub’s client is loaded for collect alone', async () => {
  const { github, collect, desk } = scene();
  github.answer({ jobs: [job(1, 'build'), REPORTING_JOB] });
  // It says so itself, as soon as it is loaded, when there is no event.
  const env = { GITHUB_EVENT_PATH: '/nowhere/event.json' };
  const explicit = await collect({ title: 'Release' }, { env });
  expect([explicit.stdout.includes('/nowhere'), github.requests()]).toEqual([false, []]);
  expect(logRequests(desk)).toHaveLength(1);
  const collected = await collect({ collect: 'run' }, { env });
  expect([collected.stdout.includes('/nowhere'), github.requests().length]).toEqual([true, 1]);
});
