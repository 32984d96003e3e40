import type { Emulator } from '../../emulator/start-emulator.ts';
import type { Step } from '../../emulator/runner/local-job.ts';
import { OWN_JOB_ID } from './release-run.ts';

type Surroundings = Pick<Step, 'env' | 'event' | 'context'>;

/** What the runner gives a step of a workflow on `release`, whose run is listed at this address. */
export function releaseWorkflow(githubUrl: string): Surroundings {
  return {
    event: {
      name: 'release',
      payload: { action: 'published', release: { tag_name: 'v1.4.2', name: 'v1.4.2' } },
    },
    env: {
      GITHUB_API_URL: githubUrl,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'acme/parcel-tracker',
      GITHUB_REF: 'refs/tags/v1.4.2',
      GITHUB_REF_NAME: 'v1.4.2',
      GITHUB_REF_TYPE: 'tag',
      GITHUB_SHA: '8f14e45fceea167a5a36dedd4bea2543c2b1f0aa',
      GITHUB_ACTOR: 'mara-lindqvist',
      GITHUB_WORKFLOW: 'Release',
      GITHUB_RUN_NUMBER: '42',
      GITHUB_ACTION_REPOSITORY: 'zoho-desk-extension-log/zoho-desk-extension-log',
      GITHUB_ACTION_REF: 'v1',
      RUNNER_NAME: 'GitHub Actions 5',
    },
    context: {
      'github.token': 'ghs_localDemoTokenThatOpensNothing',
      'job.check_run_id': String(OWN_JOB_ID),
      'job.status': 'success',
    },
  };
}

/** The inputs of an extension's vendor, who logs to all portals of a list in the workspace. */
export function manyPortalsInputs({ url, credentials }: Emulator): Step['with'] {
  return {
    'installations-file': 'installations.jsonl',
    'extension-secret': credentials.extensionSecret,
    'connection-link-name': credentials.connectionLinkName,
    'desk-url': url,
    // A dead portal is given up after this long: the demo should not take two minutes.
    'timeout-seconds': '30',
  };
}
