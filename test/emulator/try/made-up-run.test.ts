import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type FakeGithub, startFakeGithub } from '../../../emulator/github/fake-github.ts';
import { type Emulator, startEmulator } from '../../../emulator/start-emulator.ts';
import type { TryOptions } from '../../../emulator/try/made-up-run.ts';
import { tryWorkflow } from '../../../emulator/try/try-workflow.ts';

let desk: Emulator;
let github: FakeGithub;
beforeAll(async () => {
  desk = await startEmulator();
  github = await startFakeGithub();
});
beforeEach(() => desk.reset());
afterAll(async () => {
  await github.close();
  await desk.close();
});

const DEPLOY_STEPS = `
      - { id: build, run: make build }
      - uses: zoho-desk-extension-log/zoho-desk-extension-log@v1
        with:
          dry-run: true`;

/** Places of the steps that use the Action, and their titles; no title where a step did not run. */
async function titlesOf(workflow: string, options: Omit<TryOptions, 'desk' | 'github'> = {}) {
  const tried = await tryWorkflow(workflow, { desk, github, ...options });
  return tried.map(({ place, inputs }) => [place.split(' · ')[0], inputs['title']]);
}

test('a matrix that another job hands on, legs named as the job names them', async () => {
  const workflow = `
on: push
jobs:
  plan: { steps: [{ id: list, run: make list }] }
  deploy:
    needs: plan
    name: Deploy to \${{ matrix.region }}
    strategy: { matrix: '\${{ fromJSON(needs.plan.outputs.matrix) }}' }
    steps:${DEPLOY_STEPS}
          title: \${{ matrix.region }} \${{ strategy.job-index }} of \${{ strategy.job-total }}`;
  const values = { 'needs.plan.outputs.matrix': '{"region":["eu","us"]}' };
  expect(await titlesOf(workflow, { values })).toEqual([
    ['Deploy to eu', 'eu 0 of 2'],
    ['Deploy to us', 'us 1 of 2'],
  ]);
});

test('after a failed job, only those run that say so, and they know what came of it', async () => {
  const workflow = `
on: push
jobs:
  build: { steps: [{ id: make, run: make }] }
  deploy:
    needs: build
    steps:${DEPLOY_STEPS}
          title: never
  tell:
    needs: [build, deploy]
    if: always()
    steps:${DEPLOY_STEPS}
          title: \${{ needs.build.result }}, \${{ needs.deploy.result }}`;
  expect(await titlesOf(workflow, { failingStep: 'make' })).toEqual([
    ['deploy', undefined],
    ['tell', 'failure, skipped'],
  ]);
});

test('env of the workflow, the job and the step, the nearest first', async () => {
  const workflow = `
on: push
env: { A: workflow, B: workflow, C: workflow }
jobs:
  deploy:
    env: { B: job, C: job }
    steps:${DEPLOY_STEPS}
          title: \${{ env.A }} \${{ env.B }} \${{ env.C }}
        env: { C: step }`;
  expect(await titlesOf(workflow)).toEqual([['deploy', 'workflow job step']]);
});

test('an Action that fails fails its job: what comes after it is skipped', async () => {
  const workflow = `
on: push
jobs:
  deploy:
    steps:${DEPLOY_STEPS}
          concurrency: none
          title: first
      - uses: zoho-desk-extension-log/zoho-desk-extension-log@v1
        with: { title: second, dry-run: true }
      - uses: zoho-desk-extension-log/zoho-desk-extension-log@v1
        if: failure()
        with: { title: '\${{ job.status }}', dry-run: true }`;
  expect(await titlesOf(workflow)).toEqual([
    ['deploy', 'first'],
    ['deploy', undefined],
    ['deploy', 'failure'],
  ]);
});
