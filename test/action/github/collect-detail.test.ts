import { describe, expect, test } from '@jest/globals';
import { connectionInputs } from '../../../emulator/runner/connection-inputs.ts';
import { current, job, OWN_JOB_ID, ownJob, step, REPORTING_JOB } from './run-fixtures.ts';
import { errorsOf } from '../step-end.ts';
import { GITHUB_TOKEN, githubSceneForEachTest } from './github-scene.ts';

const scene = githubSceneForEachTest();

const TAG = { GITHUB_REF: 'refs/tags/v1.4.2', GITHUB_REF_NAME: 'v1.4.2', GITHUB_REF_TYPE: 'tag' };
const BRANCH = { GITHUB_REF: 'refs/heads/octocat/fix', GITHUB_REF_NAME: 'octocat/fix' };
const OTHER_RUN = {
  id: 7007,
  run_attempt: 2,
  run_number: 12,
  name: 'CI',
  head_branch: 'feature/ünïcode',
  html_url: 'https://github.com/acme/desk-extension/actions/runs/7007',
};

const RUN = [
  job(1, 'build', 'success', { steps: [step('Run actions/checkout@v5'), step('Compile')] }),
  job(2, 'lint', 'neutral', { steps: [step('Lint', 'neutral')] }),
  job(3, 'test', 'success', { steps: [step('Run ./test.sh --url https://ci.acme.internal')] }),
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
  /** What the parent's title begins with, for customers and with `detail: full`. */
  readonly outcome: string;
  readonly full: string;
}

const EVENTS: readonly Event[] = [
  {
    name: 'release',
    payload: { release: { tag_name: 'v1.4.2', name: 'Winter' } },
    env: TAG,
    outcome: 'Release v1.4.2',
    full: 'Release v1.4.2',
  },
  {
    name: 'release',
    payload: { release: null },
    env: TAG,
    outcome: 'Release v1.4.2',
    full: 'Release v1.4.2',
  },
  {
    name: 'deployment',
    payload: { deployment: { environment: 'production' } },
    env: BRANCH,
    outcome: 'Deployment to production',
    full: 'Deployment to production',
  },
  { name: 'deployment_status', env: BRANCH, outcome: 'Deployment', full: 'Deployment to octocat/fix' },
  { name: 'push', env: BRANCH, outcome: 'Deploy', full: 'Push to octocat/fix' },
  { name: 'push', env: TAG, outcome: 'Deploy v1.4.2', full: 'Tag v1.4.2' },
  {
    name: 'workflow_dispatch',
    env: BRANCH,
    outcome: 'Deploy',
    full: 'Deploy, started by hand on octocat/fix',
  },
  { name: 'schedule', env: BRANCH, outcome: 'Deploy', full: 'Deploy, on schedule' },
  {
    name: 'pull_request',
    payload: { pull_request: { number: 17 } },
    env: BRANCH,
    outcome: 'Deploy',
    full: 'Pull request #17',
  },
  { name: 'merge_group', env: BRANCH, outcome: 'Deploy', full: 'Deploy on octocat/fix' },
  {
    name: 'schedule',
    env: { ...BRANCH, GITHUB_WORKFLOW: '.github/workflows/nightly-deploy.yml' },
    outcome: 'nightly-deploy',
    full: 'nightly-deploy, on schedule',
  },
];

/** All that reached Desk: titles and descriptions, references and ids. */
const sent = () =>
  JSON.stringify(
    scene()
      .desk.requests()
      .map(({ body }) => body),
  );

describe('by default a customer reads names, outcomes and durations', () => {
  test.each(EVENTS)('$name: "$outcome"', async ({ name, payload = {}, env = {}, outcome }) => {
    const { github, collect, desk, titles } = scene();
    github.answer({ jobs: [...RUN, REPORTING_JOB] });
    const end = await collect({}, { event: { name, payload }, env });
    expect([end.exitCode, end.stderr]).toEqual([0, '']);
    expect(titles()).toEqual([
      `${outcome}: failed · 3 of 4 jobs · 6 m 12 s`,
      'Passed · build / Compile · 10 s',
      'Neutral · lint / Lint · 10 s',
      'Passed · test / Step 1 · 10 s',
      'Failed · deploy / Smoke tests · 48 s',
    ]);
    const workflow = env['GITHUB_WORKFLOW'] === undefined ? 'Deploy' : 'nightly-deploy';
    expect(desk.logs()[0]?.description).toBe(`Workflow ${workflow}\n2026-11-22 20:00:00 to 20:06:12 UTC`);
    expect(desk.logs()[4]?.description).toBe('Job deploy\n2026-11-22 20:05:24 to 20:06:12 UTC');
    expect(sent()).not.toMatch(/https?:|octocat|acme|github|\.sh|checkout|feature|#17|run 42/i);
  });

  test('a run of many steps is logged by job, without links or commands', async () => {
    const { github, collect, desk, titles } = scene();
    const steps = Array.from({ length: 9 }, (_, index) => step(`Run scripts/${index}.sh --token $TOKEN`));
    const failing = [...steps, step('Run curl https://ci.acme.internal/deploy', 'failure')];
    github.answer({ jobs: [job(1, 'build', 'failure', { steps: failing }), job(2, 'test'), REPORTING_JOB] });
    await collect();
    expect(titles()).toEqual([
      'Deploy: failed · 1 of 2 jobs · 1 m 0 s',
      'Failed · build · 1 m 0 s',
      'Failed · build / Step 10 · 10 s',
      'Passed · test · 1 m 0 s',
    ]);
    expect(desk.logs()[1]?.description).toBe(
      [
        ...steps.map((_, index) => `- Passed · Step ${index + 1} · 10 s`),
        '- Failed · Step 10 · 10 s',
        '2026-11-22 20:00:00 to 20:01:00 UTC',
      ].join('\n'),
    );
    expect(sent()).not.toMatch(/https?:|acme|scripts|TOKEN/);
  });

  test('a step that only names its action is logged where it failed', async () => {
    const { github, collect, titles } = scene();
    github.answer({
      jobs: [
        ownJob([step('Run actions/checkout@v5', 'failure'), step('Deploy', 'skipped'), current('Tell')]),
      ],
    });
    await collect({ collect: 'job' }, { context: { 'job.status': 'failure' } });
    expect(titles()).toEqual([
      'Deploy: failed · 0 of 1 step · 10 s',
      'Failed · Run actions/checkout@v5 · 10 s',
      'Skipped · Deploy',
    ]);
  });

  test('workflow_run reports the run that has ended, without its branch', async () => {
    const { github, collect, desk, titles } = scene();
    github.answer({ jobs: RUN });
    // A workflow without a name has the path of its file for one.
    const unnamed = { ...OTHER_RUN, name: '.github/workflows/ci.yml' };
    await collect({}, { event: { name: 'workflow_run', payload: { workflow_run: unnamed } } });
    expect(titles()[0]).toBe('ci: failed · 3 of 4 jobs · 6 m 12 s');
    expect(desk.logs()[0]?.description).toBe('Workflow ci\n2026-11-22 20:00:00 to 20:06:12 UTC');
    expect(sent()).not.toMatch(/https?:|feature|octocat|github|yml/);
  });

  test('a title and a description of the workflow’s own are sent as written', async () => {
    const { github, collect, desk } = scene();
    github.answer({ jobs: [...RUN, REPORTING_JOB] });
    const description = 'Notes: https://example.com/v1.4.2, by octocat.';
    await collect({ collect: 'run', title: 'Version 1.4.2 is out', description });
    expect(desk.logs()[0]).toMatchObject({ title: 'Version 1.4.2 is out', description });
    expect(desk.logs()).toHaveLength(5);
  });
});

describe('detail: full', () => {
  test.each(EVENTS)('$name: "$full"', async ({ name, payload = {}, env = {}, full }) => {
    const { github, collect, desk, titles } = scene();
    github.answer({ jobs: [...RUN, REPORTING_JOB] });
    await collect({ detail: 'full' }, { event: { name, payload }, env });
    expect(titles()).toEqual([
      `${full}: failed · 3 of 4 jobs · 6 m 12 s`,
      'Passed · build / Compile · 10 s',
      'Neutral · lint / Lint · 10 s',
      'Passed · test / Run ./test.sh --url https://ci.acme.internal · 10 s',
      'Failed · deploy / Smoke tests · 48 s',
    ]);
    const workflow = env['GITHUB_WORKFLOW'] === undefined ? 'Deploy' : 'nightly-deploy';
    expect(desk.logs()[0]?.description).toBe(
      [
        `acme/desk-extension, ${env['GITHUB_REF_NAME']}, by octocat`,
        `${workflow}, run 42, attempt 1`,
        '2026-11-22 20:00:00 to 20:06:12 UTC',
        'https://github.com/acme/desk-extension/actions/runs/9001/attempts/1',
      ].join('\n'),
    );
    expect(desk.logs()[4]?.description).toBe(
      'Job deploy\n2026-11-22 20:05:24 to 20:06:12 UTC\nhttps://github.com/acme/desk-extension/actions/runs/9001/job/4#step:1:1',
    );
  });

  test('workflow_run reports the run that has ended, with every step of it', async () => {
    const { github, collect, desk, titles } = scene();
    github.answer({ jobs: RUN });
    await collect(
      { detail: 'full' },
      { event: { name: 'workflow_run', payload: { workflow_run: OTHER_RUN } } },
    );
    expect(github.requests().map(({ path }) => path)).toEqual([
      '/repos/acme/desk-extension/actions/runs/7007/attempts/2/jobs?per_page=100&page=1',
    ]);
    expect(titles()[0]).toBe('CI on feature/ünïcode: failed · 3 of 4 jobs · 6 m 12 s');
    expect(desk.logs()[0]?.description).toBe(
      [
        'acme/desk-extension, feature/ünïcode, by octocat',
        'CI, run 12, attempt 2',
        '2026-11-22 20:00:00 to 20:06:12 UTC',
        'https://github.com/acme/desk-extension/actions/runs/7007',
      ].join('\n'),
    );
  });

  test('collect: job on workflow_run reports the job of the Action, under the name of its run', async () => {
    const { github, collect, desk, titles } = scene();
    const steps = [{ ...step('Notify'), number: 1 }, ...(REPORTING_JOB.steps ?? [])];
    github.answer({ jobs: [...RUN, { ...REPORTING_JOB, steps }] });
    await collect(
      { collect: 'job', detail: 'full' },
      {
        event: { name: 'workflow_run', payload: { workflow_run: OTHER_RUN } },
        env: { GITHUB_WORKFLOW: 'Tell' },
      },
    );
    expect(github.requests()[0]?.path).toContain('/runs/9001/attempts/1/jobs');
    expect(titles()).toEqual(['Tell on main: passed · 1 of 1 step · 10 s', 'Passed · Notify · 10 s']);
    expect(desk.logs()[0]?.description).toMatch(/\nTell, run 42, attempt 1\n.*\n.*\/actions\/runs\/9001\//);
  });

  test('run attempt 3 is read and reported', async () => {
    const { github, collect, desk, titles } = scene();
    github.answer({ jobs: [...RUN, REPORTING_JOB] });
    const end = await collect({ detail: 'full' }, { env: { GITHUB_RUN_ATTEMPT: '3' } });
    expect(github.requests()[0]?.path).toContain('/runs/9001/attempts/3/jobs');
    expect([end.outputs['reference'], titles()]).toEqual(['gh-9001-3', []]);
    expect(desk.logs()[0]?.description).toMatch(/run 42, attempt 3\n.*\n.*\/runs\/9001\/attempts\/3$/);
  });

  test('a deployment by commit, which has no branch and no tag, still says what ran', async () => {
    const { github, collect, desk } = scene();
    github.answer({ jobs: [...RUN, REPORTING_JOB] });
    const env = { GITHUB_REF: '', GITHUB_REF_NAME: '' };
    await collect({ detail: 'full' }, { event: { name: 'deployment', payload: {} }, env });
    expect(desk.logs()[0]?.title).toMatch(/^Deployment to 8f14e45/);
    expect(desk.logs()[0]?.description).toMatch(/^acme\/desk-extension, 8f14e45/);
  });
});

test.each([
  ['outcome', 'Workflow: failed · 3 of 4 jobs · 6 m 12 s', '2026-11-22 20:00:00 to 20:06:12 UTC'],
  [
    'full',
    'Push: failed · 3 of 4 jobs · 6 m 12 s',
    'acme/desk-extension\nattempt 1\n2026-11-22 20:00:00 to 20:06:12 UTC\nhttps://github.com/acme/desk-extension/actions/runs/9001/attempts/1',
  ],
])('what a runner does not say of itself is left out: %s', async (detail, title, description) => {
  const { github, desk, job: localJob } = scene();
  github.answer({ jobs: [...RUN, REPORTING_JOB] });
  const end = await localJob.run({
    with: { ...connectionInputs(desk), detail, 'github-token': GITHUB_TOKEN },
    env: { GITHUB_API_URL: github.url },
    context: { 'job.check_run_id': String(OWN_JOB_ID) },
  });
  expect([end.exitCode, end.stderr]).toEqual([0, '']);
  expect([desk.logs()[0]?.title, desk.logs()[0]?.description]).toEqual([title, description]);
});

test('where the runner does not name the repository, the portal gets what is known, and the job log the reason', async () => {
  const { github, desk, job: localJob } = scene();
  const end = await localJob.run({
    with: { ...connectionInputs(desk), 'github-token': GITHUB_TOKEN },
    env: { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: '' },
  });
  expect([end.exitCode, end.stderr]).toEqual([1, '']);
  expect(desk.logs()[0]?.title).toBe('Workflow: outcome unknown');
  expect(errorsOf(end)).toEqual([expect.stringMatching(/^The steps could not be read.*GitHub answered 404/)]);
});
