import { expect, test } from '@jest/globals';
import { isActionReference, stepName } from '../../../action/github/step-name.ts';
import { readRunJobs } from '../../../action/github/run-jobs.ts';
import { job, step } from './run-fixtures.ts';

/** The name that the log of a job's third step has. */
function logged(name: string, detail: 'outcome' | 'full'): string {
  const jobs = readRunJobs({
    jobs: [job(1, 'build', 'success', { steps: [step('a'), step('b'), step(name)] })],
  });
  const third = jobs?.[0]?.steps[2];
  if (third === undefined) throw new Error('no third step');
  return stepName(third, detail);
}

test.each([
  'Smoke tests',
  'Build / deploy',
  'Deploy to https://example.com',
  'Run smoke tests',
  'Run make deploy',
  'Run npm ci',
  'Run Node.js 24.21.0 tests',
  'Run actions/checkout@v5',
  'Run acme/tools/deploy@main',
  'Post Run actions/checkout@v5',
])('the name stays: %s', (name) => {
  expect([logged(name, 'outcome'), logged(name, 'full')]).toEqual([name, name]);
});

test.each([
  'Run ./deploy.sh',
  'Run scripts/deploy.sh production',
  'Run curl https://ci.acme.internal/deploy',
  'Run deploy --token abc',
  'Run TOKEN=abc deploy',
  'Run echo "by octocat"',
  'Run C:\\tools\\deploy.exe',
  'Run ~/deploy',
  'Run npm publish @acme/tool',
  'Run ./.github/actions/notify',
  'Run docker://registry.acme.internal/deploy:3',
  'Run ping db.eu.acme.internal',
  'Run ping 10.20.30.40',
  'Post Run ./.github/actions/notify',
])('a command, a path or an address is only logged with detail: full: %s', (name) => {
  expect([logged(name, 'outcome'), logged(name, 'full')]).toEqual(['Step 3', name]);
});

test.each([
  ['Run actions/checkout@v5', true],
  ['Run ./', true],
  ['Run ./.github/actions/notify', true],
  ['Run docker://alpine:3', true],
  ['Run ./deploy.sh', false],
  ['Run make deploy', false],
  ['Check out', false],
])('%s names only an action: %s', (name, is) => {
  expect(isActionReference(name)).toBe(is);
});
