import type { IExecuteFunctions } from 'n8n-workflow';

/** Whether an item makes a parent with sub-logs, and not one log. */
export function isGroup(context: IExecuteFunctions, item = 0): boolean {
  return context.getNodeParameter('operation', item, 'add') === 'addGroup';
}
