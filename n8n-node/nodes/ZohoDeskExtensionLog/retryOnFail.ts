import type { IExecuteFunctions } from 'n8n-workflow';

const WARNING =
  'Retry On Fail is on: when one log fails, n8n runs the node again for all its items, and what was recorded already is recorded again. Turn it off under Settings: the node tries again by itself, and only what was not recorded.';

/**
 * A warning where n8n's own retry is on. It repeats the node as a whole, and Desk cannot tell a repeated
 * log from a new one: `maxTries` in
 * https://github.com/n8n-io/n8n/blob/master/packages/core/src/execution-engine/workflow-execute.ts.
 */
export function retryOnFailWarning(context: IExecuteFunctions): string[] {
  return context.getNode().retryOnFail === true ? [WARNING] : [];
}
