import { COMMIT, REPOSITORY, TAG, type MadeUpEvent } from './made-up-event.ts';
import type { Contexts } from './expressions.ts';

/** GitHub's token of the made-up run, which the local GitHub takes like any other. */
export const GITHUB_TOKEN = 'ghs_10ca1f00dfeedc0de10ca1f00dfeedc0de1';
/** The runner of the made-up run. */
export const RUNNER_NAME = 'GitHub Actions 7';

interface Ref {
  readonly ref: string;
  readonly refName: string;
  readonly refType: 'branch' | 'tag';
}

function refOf({ name }: MadeUpEvent): Ref {
  if (name === 'release') return { ref: `refs/tags/${TAG}`, refName: TAG, refType: 'tag' };
  if (name === 'pull_request') return { ref: 'refs/pull/7/merge', refName: '7/merge', refType: 'branch' };
  return { ref: 'refs/heads/main', refName: 'main', refType: 'branch' };
}

/** The contexts that are the same in the whole run. */
export function runContexts(event: MadeUpEvent, workflowName: string, workflowText: string): Contexts {
  const { ref, refName, refType } = refOf(event);
  return {
    github: {
      event_name: event.name,
      event: event.payload,
      ref,
      ref_name: refName,
      ref_type: refType,
      sha: COMMIT,
      repository: REPOSITORY,
      repository_owner: REPOSITORY.split('/')[0],
      actor: 'octocat',
      triggering_actor: 'octocat',
      workflow: workflowName,
      run_id: '9001',
      run_number: '42',
      run_attempt: '1',
      server_url: 'https://github.com',
      api_url: 'https://api.github.com',
      token: GITHUB_TOKEN,
    },
    runner: { os: 'Linux', arch: 'X64', name: RUNNER_NAME },
    inputs: event.inputs,
    vars: namedAfterThemselves('vars', workflowText),
    secrets: { ...namedAfterThemselves('secrets', workflowText), GITHUB_TOKEN },
  };
}

/** The variables that describe the run to a step, beside those that every local job has. */
export function runnerVariables(contexts: Contexts, githubUrl: string): Record<string, string> {
  const github = contexts['github'] as Readonly<Record<string, string>>;
  return {
    GITHUB_API_URL: githubUrl,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REF: github['ref'] ?? '',
    GITHUB_REF_NAME: github['ref_name'] ?? '',
    GITHUB_REF_TYPE: github['ref_type'] ?? '',
    GITHUB_SHA: COMMIT,
    GITHUB_ACTOR: 'octocat',
    GITHUB_WORKFLOW: github['workflow'] ?? '',
    GITHUB_RUN_NUMBER: '42',
    GITHUB_ACTION_REPOSITORY: 'zoho-desk-extension-log/zoho-desk-extension-log',
    GITHUB_ACTION_REF: 'v1',
    RUNNER_NAME,
  };
}

/** Gives a value that only the real run has its own name, to show where it went. */
export function namedAfterThemselves(path: string, workflowText: string): Record<string, string> {
  const names = workflowText.matchAll(new RegExp(`\\b${path.replaceAll('.', '\\.')}\\.([\\w-]+)`, 'g'));
  return Object.fromEntries([...names].map(([, name = '']) => [name, name]));
}

/** Contexts with values put in, each by its path: `vars.REGION`, `steps.build.outputs.version`. */
export function withValues(contexts: Contexts, values: Readonly<Record<string, string>>): Contexts {
  return Object.entries(values).reduce(
    (all, [path, value]) => withValue(all, path.split('.'), value),
    contexts,
  );
}

function withValue(contexts: Contexts, [name = '', ...rest]: readonly string[], value: string): Contexts {
  if (rest.length === 0) return { ...contexts, [name]: value };
  return { ...contexts, [name]: withValue((contexts[name] ?? {}) as Contexts, rest, value) };
}
