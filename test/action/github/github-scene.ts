import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Step, StepEnd } from '../../../emulator/runner/local-job.ts';
import { connectionInputs } from '../../../emulator/runner/connection-inputs.ts';
import { portalOf, type Scene, type With } from '../desk-and-job.ts';
import { sceneForEachTest } from '../scene-for-each-test.ts';
import { type FakeGithub, startFakeGithub } from '../../../emulator/github/fake-github.ts';
import { OWN_JOB_ID } from './run-fixtures.ts';

export const GITHUB_TOKEN = 'ghs_9f2d7c41b8e0a635f17c90d2e4ab8356fd01';

/** A local Desk, a local GitHub, and a job whose steps may ask both. */
export interface GithubScene extends Scene {
  readonly github: FakeGithub;
  /** A step with the connection inputs alone, and what is given beside them. */
  readonly step: (given?: With, rest?: Omit<Step, 'with'>) => Step;
  /** Runs such a step's main phase. */
  readonly collect: (given?: With, rest?: Omit<Step, 'with'>) => Promise<StepEnd>;
  /** Titles under the run's reference, the parent first. */
  readonly titles: () => string[];
}

export function githubSceneForEachTest(
  options: Parameters<typeof sceneForEachTest>[0] = {},
): () => GithubScene {
  const scene = sceneForEachTest(options);
  let github: FakeGithub;
  beforeAll(async () => {
    github = await startFakeGithub();
  });
  beforeEach(() => github.answer());
  afterAll(() => github.close());
  return () => {
    const { desk, job, run } = scene();
    const step = (given: With = {}, rest: Omit<Step, 'with'> = {}): Step => ({
      ...rest,
      with: { ...connectionInputs(desk), ...given },
      env: { ...runnerVariables(github), ...rest.env },
      context: { ...CONTEXT, ...rest.context },
    });
    return {
      desk,
      job,
      run,
      github,
      step,
      collect: async (given, rest) => job.run(step(given, rest)),
      titles: () => portalOf(desk)['gh-9001-1'] ?? [],
    };
  };
}

const CONTEXT = {
  'github.token': GITHUB_TOKEN,
  'job.check_run_id': String(OWN_JOB_ID),
  'job.status': 'success',
};

function runnerVariables({ url }: FakeGithub): Record<string, string> {
  return {
    GITHUB_API_URL: url,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_SHA: '8f14e45fceea167a5a36dedd4bea2543c2b1f0aa',
    GITHUB_ACTOR: 'octocat',
    GITHUB_WORKFLOW: 'Deploy',
    GITHUB_RUN_NUMBER: '42',
    GITHUB_ACTION_REPOSITORY: 'zoho-desk-extension-log/zoho-desk-extension-log',
    GITHUB_ACTION_REF: 'v1',
    RUNNER_NAME: 'GitHub Actions 7',
  };
}
