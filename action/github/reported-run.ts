import type { context } from '@actions/github';
import * as z from 'zod/mini';

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
  /** What ran: `Release v1.4.2`, `Push to main`. */
  readonly what: string;
  /** Repository, ref, actor, run number and attempt, and the link to the run. */
  readonly description: string;
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

/**
 * The run to report: this one, or, with `collect: run` on `workflow_run`, the one that the event is
 * about, since this one was only started to report it.
 */
export function reportedRun(context: Context, env: NodeJS.ProcessEnv, collect: 'job' | 'run'): ReportedRun {
  const payload = payloadSchema.parse(context.payload);
  const other =
    collect === 'run' && payload.workflow_run?.id !== undefined ? payload.workflow_run : undefined;
  const { owner, repo } = context.repo;
  const runId = other?.id ?? context.runId;
  const attempt = (other ? other.run_attempt : context.runAttempt) || 1;
  const refName = env['GITHUB_REF_NAME'] || context.ref || context.sha;
  const workflow = other?.name ?? context.workflow;
  const link =
    other?.html_url ?? `${context.serverUrl}/${owner}/${repo}/actions/runs/${runId}/attempts/${attempt}`;
  return {
    owner,
    repo,
    runId,
    attempt,
    isOwn: runId === context.runId,
    conclusion: other?.conclusion,
    what: other
      ? `${workflow} on ${other.head_branch ?? refName}`
      : whatRan(context, payload, refName, env['GITHUB_REF_TYPE'] === 'tag'),
    description: [
      `${owner}/${repo}, ${other?.head_branch ?? refName}, by ${context.actor}`,
      `${workflow}, run ${other?.run_number ?? context.runNumber}, attempt ${attempt}`,
      link,
    ].join('\n'),
  };
}

function whatRan(context: Context, payload: Payload, refName: string, isTag: boolean): string {
  const { release, deployment, pull_request: pullRequest } = payload;
  switch (context.eventName) {
    case 'release':
      return `Release ${release?.tag_name ?? release?.name ?? refName}`;
    case 'deployment':
    case 'deployment_status':
      return `Deployment to ${deployment?.environment ?? refName}`;
    case 'push':
      return isTag ? `Tag ${refName}` : `Push to ${refName}`;
    case 'workflow_dispatch':
      return `${context.workflow}, started by hand on ${refName}`;
    case 'schedule':
      return `${context.workflow}, on schedule`;
    case 'pull_request':
    case 'pull_request_target':
      return `Pull request #${pullRequest?.number ?? refName}`;
    default:
      return `${context.workflow} on ${refName}`;
  }
}
