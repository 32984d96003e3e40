import type { context } from '@actions/github';
import * as z from 'zod/mini';
import type { Detail } from '../inputs/settings.ts';

/** The run that is reported. */
export interface ReportedRun {
  readonly owner: string;
  readonly repo: string;
  readonly runId: number;
  readonly attempt: number;
  /** Whether it is the run that the Action runs in. */
  readonly isOwn: boolean;
  /** How the run ended, where the event says so. */
  readonly conclusion?: string | undefined;
  /** What ran: `Release v1.4.2`, `Deploy`. */
  readonly what: string;
  /** Lines that say more of it, for the description; an empty one where nothing is known. */
  readonly about: readonly string[];
  /** The run's page; empty unless all detail is wanted. */
  readonly link: string;
}

/** The run's context, as @actions/github reads it from the runner's variables. */
export type Context = typeof context;

const text = z.catch(z.optional(z.string()), undefined);
const number = z.catch(z.optional(z.number()), undefined);

/** The few things of an event's payload that a title or a link is made of. */
const payloadSchema = z.looseObject({
  release: z.catch(z.optional(z.looseObject({ tag_name: text, name: text })), undefined),
  deployment: z.catch(z.optional(z.looseObject({ environment: text })), undefined),
  pull_request: z.catch(z.optional(z.looseObject({ number })), undefined),
  workflow_run: z.catch(
    z.optional(
      z.looseObject({
        id: number,
        run_attempt: number,
        run_number: number,
        name: text,
        head_branch: text,
        html_url: text,
        conclusion: text,
      }),
    ),
    undefined,
  ),
});
type Payload = z.infer<typeof payloadSchema>;

/** What is collected, and how much of it is logged. */
interface Collecting {
  readonly collect: 'job' | 'run';
  readonly detail: Detail;
}

/**
 * The run to report: this one, or, with `collect: run` on `workflow_run`, the one that the event is
 * about, since this one was only started to report it.
 */
export function reportedRun(
  context: Context,
  env: NodeJS.ProcessEnv,
  { collect, detail }: Collecting,
): ReportedRun {
  const payload = payloadSchema.parse(context.payload);
  const other =
    collect === 'run' && payload.workflow_run?.id !== undefined ? payload.workflow_run : undefined;
  const [owner = '', repo = ''] = (env['GITHUB_REPOSITORY'] ?? '').split('/');
  const runId = other?.id ?? context.runId;
  const attempt = (other ? other.run_attempt : context.runAttempt) || 1;
  const refName = other?.head_branch ?? (env['GITHUB_REF_NAME'] || context.ref || context.sha || '');
  const workflow = workflowName(other?.name ?? env['GITHUB_WORKFLOW'] ?? '');
  const run = {
    event: other ? 'workflow_run' : context.eventName,
    workflow,
    refName,
    isTag: other === undefined && env['GITHUB_REF_TYPE'] === 'tag',
    payload,
  };
  const link =
    other?.html_url ?? `${context.serverUrl}/${owner}/${repo}/actions/runs/${runId}/attempts/${attempt}`;
  const isFull = detail === 'full';
  return {
    owner,
    repo,
    runId,
    attempt,
    isOwn: runId === context.runId,
    conclusion: other?.conclusion,
    what: isFull ? whatRanAndWhy(run) : whatRan(run),
    about: isFull
      ? [
          listed(`${owner}/${repo}`, refName, optional('by ', env['GITHUB_ACTOR'])),
          listed(
            workflow,
            optional('run ', other?.run_number ?? env['GITHUB_RUN_NUMBER']),
            `attempt ${attempt}`,
          ),
        ]
      : [optional('Workflow ', workflow)],
    link: isFull ? link : '',
  };
}

/**
 * A workflow without a name has the path of its file for one
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/variables): its last part is enough.
 */
function workflowName(workflow: string): string {
  return /^\.github\/workflows\/(.+)\.ya?ml$/.exec(workflow)?.[1] ?? workflow;
}

/** What a title is made of. */
interface RunEvent {
  readonly event: string;
  /** Its name; empty where the runner does not say it. */
  readonly workflow: string;
  /** The branch or the tag; empty likewise. */
  readonly refName: string;
  readonly isTag: boolean;
  readonly payload: Payload;
}

/** What a run is called whose workflow has no known name. */
const UNNAMED = 'Workflow';

/** A title for customers: without the branch, which may hold the name of a person, and without the pull request. */
function whatRan({ event, workflow, refName, isTag, payload }: RunEvent): string {
  const version = isTag ? ` ${refName}` : '';
  switch (event) {
    case 'release':
      return `Release${optional(' ', payload.release?.tag_name ?? payload.release?.name ?? refName)}`;
    case 'deployment':
    case 'deployment_status':
      return `Deployment${optional(' to ', payload.deployment?.environment)}${version}`;
    default:
      return `${workflow || UNNAMED}${version}`;
  }
}

/** A title for people who know the repository. */
function whatRanAndWhy(run: RunEvent): string {
  const { event, refName, isTag, payload } = run;
  const workflow = run.workflow || UNNAMED;
  switch (event) {
    case 'release':
      return whatRan(run);
    case 'deployment':
    case 'deployment_status':
      return `Deployment${optional(' to ', payload.deployment?.environment ?? refName)}`;
    case 'push':
      return isTag ? `Tag ${refName}` : `Push${optional(' to ', refName)}`;
    case 'workflow_dispatch':
      return `${workflow}, started by hand${optional(' on ', refName)}`;
    case 'schedule':
      return `${workflow}, on schedule`;
    case 'pull_request':
    case 'pull_request_target':
      return `Pull request #${payload.pull_request?.number ?? refName}`;
    default:
      return `${workflow}${optional(' on ', refName)}`;
  }
}

function optional(before: string, text: string | number | undefined): string {
  return text ? `${before}${text}` : '';
}

function listed(...texts: string[]): string {
  return texts.filter(Boolean).join(', ');
}
