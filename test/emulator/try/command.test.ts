import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const MAIN = fileURLToPath(new URL('../../../emulator/try/main.ts', import.meta.url));
const ACTION = 'zoho-desk-extension-log/zoho-desk-extension-log@v1';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'a project of a user-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in the user's project, whose workflow is this. */
async function tryText(workflow: string, ...flags: string[]): Promise<Ended> {
  await writeFile(join(folder, 'workflow.yml'), workflow);
  return command('workflow.yml', '--once', ...flags);
}

async function command(...args: string[]): Promise<Ended> {
  const env = { ...process.env, INIT_CWD: folder };
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], { env }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** A workflow of one job whose last step is the Action, with these inputs. */
function workflow(inputs: string, { on = 'push', jobs = '' } = {}): string {
  return `
on: ${on}
jobs:
  ${jobs}
  deploy:
    runs-on: ubuntu-latest
    steps:
      - id: build
        run: make build
      - uses: ${ACTION}
        if: always()
        with:
          org-id: \${{ vars.OUR_ORG }}
          installation-id: '9999'
          client-id: \${{ secrets.OUR_CLIENT }}
          client-secret: \${{ secrets.OUR_SECRET }}
          refresh-token: \${{ secrets.OUR_TOKEN }}
${inputs.replaceAll(/^/gm, '          ')}`;
}

test("the user's own workflow, its with: as written, with the local Desk's connection", async () => {
  const { exitCode, stdout, stderr } = await tryText(
    workflow('title: ${{ vars.PRODUCT }} ${{ steps.build.outputs.version }}, ${{ job.status }}'),
  );
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`── deploy · Run ${ACTION}\n`);
  expect(stdout).toContain("client-secret, refresh-token, desk-url, accounts-url: the local Desk's\n");
  expect(stdout).toContain('   title: PRODUCT version, success\n');
  expect(stdout).toMatch(/── What the portal shows\nPRODUCT version, success {2}\[gh-9001-1\]\n$/);
});

test('--fail, --set and --event make another run of it', async () => {
  const text = workflow('title: ${{ vars.PRODUCT }} ${{ github.event_name }} ${{ steps.build.outcome }}', {
    on: '[push, workflow_dispatch]',
  });
  const { stdout } = await tryText(
    text,
    ...['--fail', 'build', '--set', 'vars.PRODUCT=Sidebar', '--event', 'workflow_dispatch'],
  );
  expect(stdout).toContain('   title: Sidebar workflow_dispatch failure\n');
});

test('a step whose condition does not hold is named and not run', async () => {
  const { exitCode, stdout } = await tryText(workflow('title: x').replace('always()', 'failure()'));
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Not run: its condition does not hold in this made-up run.');
  expect(stdout).toContain('Nothing: no log was recorded.');
});

test('logs-file is read from where the user is', async () => {
  await writeFile(join(folder, 'logs.yml'), '- Build\n- Deploy\n');
  const { exitCode, stdout } = await tryText(workflow('logs-file: logs.yml'));
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/What the portal shows\nBuild {2}\[gh-9001-1\]\n {4}Deploy\n$/);
});

test('what the Action itself refuses ends with status 1', async () => {
  const { exitCode, stdout } = await tryText(workflow("concurrency: '900'\ntitle: x"));
  expect(exitCode).toBe(1);
  expect(stdout).toContain('Error: Nothing was sent: 1 problem with the inputs.\nconcurrency: "900"');
});

test('everything wrong with a workflow is reported at once, with its place, and nothing is run', async () => {
  const text = workflow('titel: x\ntitle: ${{ githb.ref }}\ndescription: ${{ github.ref', {
    jobs: 'early: { needs: nobody, runs-on: x, steps: [] }',
  });
  const { exitCode, stdout, stderr } = await tryText(text, '--fail', 'deploi');
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr.trim().split('\n')).toEqual([
    'jobs.deploy.steps[1].with: "titel" is not an input of the Action. Did you mean "title"?',
    'jobs.early.needs: there is no job "nobody".',
    "jobs.deploy.steps[1].with.title: ${{ githb.ref }}: Unrecognized named-value: 'githb'.",
    'jobs.deploy.steps[1].with.description: "${{" without the "}}" that ends it.',
    'No step is called "deploi", by its id or its name, so it cannot fail. Steps are: build.',
  ]);
});

test('an expression that fails with the values of the run is named', async () => {
  const { exitCode, stderr } = await tryText(workflow('title: ${{ fromJSON(vars.LIST)[0] }}'));
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^\$\{\{ fromJSON\(vars\.LIST\)\[0\] \}\} cannot be evaluated: /);
  expect(stderr).toContain('Where a made-up value is the cause, give a fitting one: --set');
});

test('inputs may be in capitals too, as on GitHub', async () => {
  const text = workflow('TITLE: Deployed').replace('org-id:', 'Org-Id:');
  const { exitCode, stdout } = await tryText(text);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('   title: Deployed\n');
});

test.each([
  [
    'a workflow without the Action',
    'on: push\njobs: { a: { steps: [{ uses: actions/checkout@v5 }] } }',
    /^No step of this workflow uses .*It uses actions\/checkout@v5\.$/m,
  ],
  [
    'a workflow without any action',
    'on: push\njobs: { a: { steps: [{ run: make }] } }',
    /^No step of this workflow uses .*It uses no action at all\.$/m,
  ],
  [
    'an input that is like none',
    workflow('something-else: x\ntitle: y'),
    /"something-else" is not an input of the Action\. Inputs are data-center, /,
  ],
  ['a file that is not a workflow', 'title: x', /^This file has no jobs, so it is not a workflow\./],
  ['a list of jobs', 'on: push\njobs: [build]', /^This file has no jobs, so it is not a workflow\./],
  [
    'a job that is empty',
    'on: push\njobs:\n  build:',
    /^jobs\.build: must be a job: a mapping with steps\.$/m,
  ],
  [
    'steps and needs that are empty',
    'on: push\njobs:\n  build:\n    needs:\n    steps:',
    /^jobs\.build\.needs: must be the name of a job, .*\njobs\.build\.steps: must be a list of steps, /,
  ],
  [
    'a list under "with" that is not text',
    workflow('logs:\n  - Build\n  - Deploy'),
    /^jobs\.deploy\.steps\[1\]\.with\.logs: must be text, not a list or a mapping\. Write "\|" /,
  ],
  [
    'a matrix without lists',
    workflow('title: x').replace('    steps:', '    strategy: { matrix: { region: eu } }\n    steps:'),
    /^strategy\.matrix\.region must be a list\. /,
  ],
  ['a file that is not YAML', 'jobs: [', /^This is not valid YAML: /],
  [
    'jobs that need each other',
    workflow('title: x', { jobs: 'a: { needs: b }\n  b: { needs: a }' }),
    /need each other in a circle/,
  ],
])('%s', async (_, text, message) => {
  const { exitCode, stdout, stderr } = await tryText(text);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test.each([
  [[], /^Give the path of a workflow: npm run try -- /],
  [['none.yml'], /none\.yml cannot be read: ENOENT/],
  [['workflow.yml', 'other.yml'], /^Give one workflow at a time, not also other\.yml\./],
  [['workflow.yml', '--set', 'vars'], /^--set vars: must be a path and a value, such as vars\.REGION=eu\./],
  [['workflow.yml', '--evnt', 'push'], /--evnt/],
  [
    ['workflow.yml', '--event', 'release', '--once'],
    /^The event "release" does not start this workflow\. Its events are push\./,
  ],
])('%j ends with 2', async (args, message) => {
  await writeFile(join(folder, 'workflow.yml'), workflow('title: x'));
  const { exitCode, stderr } = await command(...args);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(message);
});

test("keeps the portal's page until it is stopped", async () => {
  await writeFile(join(folder, 'workflow.yml'), workflow('title: Deployed'));
  const child = spawn(process.execPath, [MAIN, 'workflow.yml'], {
    env: { ...process.env, INIT_CWD: folder },
  });
  let stdout = '';
  for await (const chunk of child.stdout) {
    stdout += String(chunk);
    if (stdout.includes('Ctrl+C')) break;
  }
  const [, url = ''] = /page is at (\S+) until/.exec(stdout) ?? [];
  const page = await fetch(url);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Deployed')]);
  child.kill('SIGTERM');
  // Windows has no signals: there the process just ends.
  const expected = process.platform === 'win32' ? [null, 'SIGTERM'] : [0, null];
  expect(await once(child, 'close')).toEqual(expected);
});
