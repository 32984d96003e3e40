import type { INodeProperties } from 'n8n-workflow';

/** Shows a property with these operations only. */
export function forOperation(...operations: string[]): Pick<INodeProperties, 'displayOptions'> {
  return { displayOptions: { show: { resource: ['extensionLog'], operation: operations } } };
}
