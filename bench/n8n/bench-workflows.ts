import type { RunRequest, WorkflowJson } from '../../test/n8n/engine/n8n-engine.ts';
import type { BenchDesk } from '../desk/desk-process.ts';

const TOKEN = '1000.00112233445566778899aabbccddeeff.ffeeddccbbaa99887766554433221100';
const INSTALLATION_ID = '2';

const titles = (count: number): string[] => Array.from({ length: count }, (_, index) => `Item ${index + 1}`);

/** A flow in which our node logs each item. */
export function ourNode({ url }: BenchDesk, count: number, concurrency: number): RunRequest {
  const items = titles(count).map((title) => ({ title }));
  const workflow = workflowOf('n8n-nodes-zoho-desk-extension-log.zohoDeskExtensionLog', items, {
    resource: 'extensionLog',
    operation: 'add',
    installationId: INSTALLATION_ID,
    title: '={{ $json.title }}',
    reference: '',
    options: { concurrency, timeoutSeconds: 600 },
  });
  const credential = {
    dataCenter: 'custom',
    accountsUrl: url,
    deskUrl: url,
    orgId: '1',
    clientId: 'client',
    clientSecret: 'f0e1d2c3b4a5968778695a4b3c2d1e0f',
    oauthTokenData: { access_token: TOKEN, refresh_token: TOKEN },
  };
  return { workflow, credentials: { c1: credential } };
}

/** A flow in which a pool of so many sends the same with n8n's request helper and nothing else. */
export function barePool({ url }: BenchDesk, count: number, width: number): RunRequest {
  const bodies = titles(count).map((title) =>
    JSON.stringify({ title, description: title, installationId: INSTALLATION_ID }),
  );
  const headers = {
    orgId: '1',
    authorization: `Zoho-oauthtoken ${TOKEN}`,
    'content-type': 'application/json',
  };
  const workflow = workflowOf('test.barePool', [{}], {
    url: `${url}/api/v1/extensionLogs`,
    headers: JSON.stringify(headers),
    bodies: JSON.stringify(bodies),
    width,
  });
  return { workflow, credentials: {} };
}

/** Options of the HTTP Request node that a builder may set, and of any node. */
export interface HttpRequestOptions {
  readonly batching?: { readonly batchSize: number; readonly batchInterval: number };
  readonly retryOnFail?: boolean;
  readonly maxTries?: number;
  readonly waitBetweenTries?: number;
}

/** A flow in which the HTTP Request node posts each item. */
export function httpRequest({ url }: BenchDesk, count: number, options: HttpRequestOptions): RunRequest {
  const { batching, ...onNode } = options;
  const items = titles(count).map((title) => ({
    title,
    description: title,
    installationId: INSTALLATION_ID,
  }));
  const workflow = workflowOf(
    'n8n-nodes-base.httpRequest',
    items,
    {
      method: 'POST',
      url: `${url}/api/v1/extensionLogs`,
      sendHeaders: true,
      specifyHeaders: 'json',
      jsonHeaders: JSON.stringify({ orgId: '1', authorization: `Zoho-oauthtoken ${TOKEN}` }),
      sendBody: true,
      specifyBody: 'json',
      jsonBody: '={{ $json }}',
      options: batching === undefined ? {} : { batching: { batch: batching } },
    },
    onNode,
  );
  return { workflow, credentials: {} };
}

function workflowOf(
  type: string,
  items: object[],
  parameters: Record<string, unknown>,
  onNode: object = {},
): WorkflowJson {
  const credentials = { zohoDeskExtensionLogOAuth2Api: { id: 'c1', name: 'Local Desk' } };
  return {
    nodes: [
      {
        name: 'Items',
        type: 'test.items',
        typeVersion: 1,
        position: [0, 0],
        parameters: { items: JSON.stringify(items) },
      },
      { name: 'Last', type, typeVersion: 1, position: [220, 0], parameters, credentials, ...onNode },
    ],
    connections: { Items: { main: [[{ node: 'Last', type: 'main', index: 0 }]] } },
  };
}
