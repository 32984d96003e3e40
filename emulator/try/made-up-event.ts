import type { Workflow } from './workflow-shape.ts';

/** What starts a made-up run. */
export interface MadeUpEvent {
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** `inputs`, of a run that is started by hand or by another workflow. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The repository of the made-up run. */
export const REPOSITORY = 'acme/desk-extension';
const REPOSITORY_URL = `https://github.com/${REPOSITORY}`;
/** The tag that a made-up release has. */
export const TAG = 'v1.4.2';
/** The commit of the made-up run. */
export const COMMIT = '8f14e45fceea167a5a36dedd4bea2543c2b1f0aa';

/** The events that a workflow is started by, in the order of the file. */
export function eventNames({ on = {} }: Workflow): string[] {
  if (typeof on === 'string') return [on];
  return Array.isArray(on) ? on : Object.keys(on);
}

/** An event as GitHub would send it, in the fields that a workflow is likely to name. */
export function madeUpEvent(name: string, workflow: Workflow): MadeUpEvent {
  const settings = settingsOf(name, workflow);
  const inputs = madeUpInputs(settings['inputs']);
  const repository = { full_name: REPOSITORY, name: 'desk-extension', html_url: REPOSITORY_URL };
  const own = payloadOf(name, settings, inputs);
  return {
    // A called workflow sees the event of its caller.
    name: name === 'workflow_call' ? 'push' : name,
    payload: { repository, sender: { login: 'octocat' }, ...own },
    inputs,
  };
}

function payloadOf(
  name: string,
  settings: Readonly<Record<string, unknown>>,
  inputs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  switch (name) {
    case 'release':
      return {
        action: 'published',
        release: { tag_name: TAG, name: TAG, body: '', html_url: `${REPOSITORY_URL}/releases/tag/${TAG}` },
      };
    case 'pull_request':
      return {
        action: 'opened',
        number: 7,
        pull_request: {
          number: 7,
          title: 'Mend the sidebar',
          html_url: `${REPOSITORY_URL}/pull/7`,
          head: { ref: 'mend', sha: COMMIT },
          base: { ref: 'main' },
        },
      };
    case 'workflow_dispatch':
      return { inputs };
    case 'schedule':
      return { schedule: (settings as unknown as { cron?: string }[])[0]?.cron ?? '0 0 * * *' };
    case 'workflow_run': {
      const [watched = 'Deploy'] = (settings['workflows'] ?? []) as string[];
      return {
        action: 'completed',
        workflow_run: {
          id: 7007,
          run_attempt: 1,
          name: watched,
          head_branch: 'main',
          conclusion: 'success',
          html_url: `${REPOSITORY_URL}/actions/runs/7007`,
        },
      };
    }
    default:
      return {
        ref: 'refs/heads/main',
        after: COMMIT,
        head_commit: { id: COMMIT, message: 'Mend the sidebar' },
      };
  }
}

function settingsOf(name: string, { on = {} }: Workflow): Readonly<Record<string, unknown>> {
  if (typeof on === 'string' || Array.isArray(on)) return {};
  return (on[name] ?? {}) as Record<string, unknown>;
}

interface InputSettings {
  readonly default?: unknown;
  readonly type?: string;
  readonly options?: readonly unknown[];
}

function madeUpInputs(declared: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries((declared ?? {}) as Record<string, InputSettings | null>).map(([name, input]) => [
      name,
      madeUpInput(name, input ?? {}),
    ]),
  );
}

/** Its default, or for a text its own name, which shows where it came from. */
function madeUpInput(name: string, { default: given, type, options = [] }: InputSettings): unknown {
  if (given !== undefined) return given;
  if (type === 'boolean') return false;
  if (type === 'number') return 1;
  return options[0] ?? name;
}
