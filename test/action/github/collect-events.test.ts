import { expect, test } from '@jest/globals';
import { job, step, TELLING_JOB } from './run-fixtures.ts';
import { githubSceneForEachTest } from './github-scene.ts';

const scene = githubSceneForEachTest();

const TAG = { GITHUB_REF: 'refs/tags/v1.4.2', GITHUB_REF_NAME: 'v1.4.2', GITHUB_REF_TYPE: 'tag' };
const OTHER_RUN = {
  id: 7007,
  run_attempt: 2,
  run_number: 12,
  name: 'CI',
  head_branch: 'feature/ünïcode',
  html_url: 'https://github.com/acme/desk-extension/actions/runs/7007',
};

const RUN = [
  job(1, 'build', 'success', { steps: [step('Compile')] }),
  job(2, 'lint', 'neutral', { steps: [step('Lint', 'neutral')] }),
  job(3, 'test', 'success', { steps: [step('Unit tests')] }),
  job(4, 'deploy', 'failure', {
    steps: [step('Smoke tests', 'failure', 324, 48)],
    started_at: '2026-11-22T20:05:00Z',
    completed_at: '2026-11-22T20:06:12Z',
  }),
];

interface Event {
  readonly name: string;
  readonly payload?: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly says: string;
}

const EVENTS: readonly Event[] = [
  {
    name: 'release',
    payload: { release: { tag_name: 'v1.4.2', name: 'Winter' } },
    env: TAG,
    says: 'Release v1.4.2',
  },
  { name: 'release', payload: { release: null }, env: TAG, says: 'Release v1.4.2' },
  {
    name: 'deployment',
    payload: { deployment: { environment: 'production' } },
    says: 'Deployment to production',
  },
  { name: 'push', says: 'Push to main' },
  { name: 'push', env: TAG, says: 'Tag v1.4.2' },
  { name: 'workflow_dispatch', says: 'Deploy, started by hand on main' },
  { name: 'schedule', says: 'Deploy, on schedule' },
  { name: 'pull_request', payload: { pull_request: { number: 17 } }, says: 'Pull request #17' },
  { name: 'merge_group', says: 'Deploy on main' },
];

test.each(EVENTS)('$name: "$says"', async ({ name, payload = {}, env = {}, says }) => {
  const { github, collect, desk, titles } = scene();
  github.answer({ jobs: [...RUN, TELLING_JOB] });
  const end = await collect({}, { event: { name, payload }, env });
  expect([end.exitCode, end.stderr]).toEqual([0, '']);
  expect(titles()).toEqual([
    `${says}: failed · 3 of 4 jobs · 6 m 12 s`,
    'Passed · build / Compile · 10 s',
    'Neutral · lint / Lint · 10 s',
    'Passed · test / Unit tests · 10 s',
    'Failed · deploy / Smoke tests · 48 s',
  ]);
  const ref = env['GITHUB_REF_NAME'] ?? 'main';
  expect(desk.logs()[0]?.description).toBe(
    `acme/desk-extension, ${ref}, by octocat\nDeploy, run 42, attempt 1\nhttps://github.com/acme/desk-extension/actions/runs/9001/attempts/1`,
  );
  expect(desk.logs()[4]?.description).toBe(
    'Job deploy, step 1\n2026-11-22 20:05:24 to 20:06:12 UTC\nhttps://github.com/acme/desk-extension/actions/runs/9001/job/4#step:1:1',
  );
});

test('workflow_run tells of the run that has ended, of which every step counts', async () => {
  const { github, collect, desk, titles } = scene();
  github.answer({ jobs: RUN });
  await collect({}, { event: { name: 'workflow_run', payload: { workflow_run: OTHER_RUN } } });
  expect(github.requests().map(({ path }) => path)).toEqual([
    '/repos/acme/desk-extension/actions/runs/7007/attempts/2/jobs?per_page=100&page=1',
  ]);
  expect(titles()[0]).toBe('CI on feature/ünïcode: failed · 3 of 4 jobs · 6 m 12 s');
  expect(desk.logs()[0]?.description).toBe(
    'acme/desk-extension, feature/ünïcode, by octocat\nCI, run 12, attempt 2\nhttps://github.com/acme/desk-extension/actions/runs/7007',
  );
});

test('collect: job on workflow_run tells of the own job, in words of the own run', async () => {
  const { github, collect, desk, titles } = scene();
  github.answer({
    jobs: [
      ...RUN,
      { ...TELLING_JOB, steps: [{ ...step('Notify'), number: 1 }, ...(TELLING_JOB.steps ?? [])] },
    ],
  });
  await collect(
    { collect: 'job' },
    {
      event: { name: 'workflow_run', payload: { workflow_run: OTHER_RUN } },
      env: { GITHUB_WORKFLOW: 'Tell' },
    },
  );
  expect(github.requests()[0]?.path).toContain('/runs/9001/attempts/1/jobs');
  expect(titles()).toEqual(['Tell on main: passed · 1 of 1 step · 10 s', 'Passed · Notify · 10 s']);
  expect(desk.logs()[0]?.description).toContain(
    'Tell, run 42, attempt 1\nhttps://github.com/acme/desk-extension/actions/runs/9001/',
  );
});

test('run attempt 3 is asked for and told of', async () => {
  const { github, collect, desk, titles } = scene();
  github.answer({ jobs: [...RUN, TELLING_JOB] });
  const end = await collect({}, { env: { GITHUB_RUN_ATTEMPT: '3' } });
  expect(github.requests()[0]?.path).toContain('/runs/9001/attempts/3/jobs');
  expect([end.outputs['reference'], titles()]).toEqual(['gh-9001-3', []]);
  expect(desk.logs()[0]?.description).toContain(
    'run 42, attempt 3\nhttps://github.com/acme/desk-extension/actions/runs/9001/attempts/3',
  );
});

test('title and description of the user are the parent’s', async () => {
  const { github, collect, desk } = scene();
  github.answer({ jobs: [...RUN, TELLING_JOB] });
  await collect({ collect: 'run', title: 'Version 1.4.2 is out', description: 'Read the notes.' });
  expect(desk.logs()[0]).toMatchObject({ title: 'Version 1.4.2 is out', description: 'Read the notes.' });
  expect(desk.logs()).toHaveLength(5);
});

test('an API server without a branch or a tag, as of a deployment by commit, still says what ran', async () => {
  const { github, collect, desk } = scene();
  github.answer({ jobs: [...RUN, TELLING_JOB] });
  const env = { GITHUB_REF: '', GITHUB_REF_NAME: '' };
  await collect({}, { event: { name: 'deployment', payload: {} }, env });
  expect(desk.logs()[0]?.title).toMatch(/^Deployment to 8f14e45/);
  expect(desk.logs()[0]?.description).toMatch(/^acme\/desk-extension, 8f14e45/);
});
