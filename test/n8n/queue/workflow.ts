import { OAUTH_CREDENTIAL_ID } from '../app/credentials-file.ts';
import type { WorkflowJson, WorkflowNode } from '../engine/n8n-engine.ts';

export const WORKFLOW_ID = 'zohoQueueBench01';
export const WEBHOOK_PATH = 'queue-bench';

/** A flow that is called with the number of a run, and logs so many items under its execution's own reference. */
export function workflowOf(
  items: number,
  concurrency: number,
  installationId: string,
): WorkflowJson & { id: string } {
  const titles = `Array.from({ length: ${items} }, (_, at) => ({ title: "Run " + $json.body.run + ", item " + (at + 1) }))`;
  const nodes: WorkflowNode[] = [
    node('Called', 'n8n-nodes-base.webhook', 2, {
      httpMethod: 'POST',
      path: WEBHOOK_PATH,
      responseMode: 'onReceived',
      options: {},
    }),
    node('Make items', 'n8n-nodes-base.set', 3.4, {
      mode: 'raw',
      jsonOutput: `={{ { items: ${titles} } }}`,
      options: {},
    }),
    node('Each item', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'items', options: {} }),
    {
      ...node('Log', 'n8n-nodes-zoho-desk-extension-log.zohoDeskExtensionLog', 1, {
        resource: 'extensionLog',
        operation: 'add',
        installationId,
        title: '={{ $json.title }}',
        options: { concurrency },
      }),
      credentials: {
        zohoDeskExtensionLogOAuth2Api: { id: OAUTH_CREDENTIAL_ID, name: 'Zoho Desk Extension Log account' },
      },
    },
  ];
  const links = nodes.slice(0, -1).map(({ name }, index) => {
    const next = nodes[index + 1]?.name ?? '';
    return [name, { main: [[{ node: next, type: 'main', index: 0 }]] }] as const;
  });
  return {
    id: WORKFLOW_ID,
    name: 'Queue benchmark',
    nodes,
    connections: Object.fromEntries(links),
    settings: { executionOrder: 'v1' },
    active: false,
  };
}

function node(
  name: string,
  type: string,
  typeVersion: number,
  parameters: Record<string, unknown>,
): WorkflowNode {
  const id = `00000000-0000-4000-8000-${Buffer.from(name).toString('hex').padEnd(12, '0').slice(0, 12)}`;
  const webhookId = type.endsWith('webhook') ? { webhookId: id } : {};
  return { id, name, type, typeVersion, position: [0, 0], parameters, ...webhookId };
}
