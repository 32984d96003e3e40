import type { context } from '@actions/github';
import * as z from 'zod/mini';

/** The run that is told of. */
export interface ToldRun {
  readonly owner: string;
  readonly repo: string;
  readonly runId: number;
  readonly attempt: number;
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
  pull_request: z.catch(z.optional(z.looseObject({ number, title: text })), undefined),
  workflow_run: z.catch(
    z.optional(
      z.looseObject({
        id: number,
        run_attempt: number,
        run_number: number,
        name: text,
        head_branch: text,
        html_url: text,
      }),
    ),
    undefined,
  ),
});
type Payload = z.infer<typeof payloadSchema>;

/**
 * The run that the event is about: the own one, or, on `workflow_run`, the one that has ended, since
 * the own one has only begun to tell of it.
 */
export function toldRun(context: Context, env: NodeJS.ProcessEnv): ToldRun {
  const payload = payloadSchema.parse(context.payload);
  const { owner, repo } = context.repo;
  const other = payload.workflow_run;
  const runId = other?.id ?? context.runId;
  const attempt = other?.run_attempt ?? (context.runAttempt || 1);
  const link =
    other?.html_url ?? `${context.serverUrl}/${owner}/${repo}/actions/runs/${runId}/attempts/${attempt}`;
  return {
    owner,
    repo,
    runId,
    attempt,
    what: whatRan(context, payload, env['GITHUB_REF_NAME'] ?? context.ref),
    description: [
      `${owner}/${repo}, ${other?.head_branch ?? env['GITHUB_REF_NAME'] ?? context.ref}, by ${context.actor}`,
      `${other?.name ?? context.workflow}, run ${other?.run_number ?? context.runNumber}, attempt ${attempt}`,
      link,
    ].join('\n'),
  };
}

function whatRan(context: Context, payload: Payload, refName: string): string {
  const { release, deployment, workflow_run: workflowRun, pull_request: pullRequest } = payload;
  switch (context.eventName) {
    case 'release':
      return `Release ${release?.tag_name ?? release?.name ?? refName}`;
    case 'deployment':
    case 'deployment_status':
      return `Deployment to ${deployment?.environment ?? refName}`;
    case 'push':
      return context.ref.startsWith('refs/tags/') ? `Tag ${refName}` : `Push to ${refName}`;
    case 'workflow_dispatch':
      return `${context.workflow}, started by hand on ${refName}`;
    case 'workflow_run':
      return `${workflowRun?.name ?? context.workflow} on ${workflowRun?.head_branch ?? refName}`;
    case 'schedule':
      return `${context.workflow}, on schedule`;
    case 'pull_request':
    case 'pull_request_target':
      return `Pull request #${pullRequest?.number ?? refName}`;
    default:
      return `${context.workflow} on ${refName}`;
  }
}
