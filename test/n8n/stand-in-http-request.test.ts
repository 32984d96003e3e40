import { afterEach, expect, test } from '@jest/globals';
import { engineForEachTest, logRequests } from './engine/engine-for-tests.ts';

const n8n = engineForEachTest();
const BATCH = { batchSize: 2, batchInterval: 1_000 };

afterEach(() => n8n.letTimePass());

/** Three items to Desk's address, posted as a builder would without our node. */
function postThree() {
  const { installationId, orgId } = n8n.desk.credentials;
  const items = ['One', 'Two', 'Three'].map((title) => ({ title, description: title, installationId }));
  const headers = { orgId, authorization: `Zoho-oauthtoken ${n8n.desk.issueAccessToken()}` };
  const post = {
    method: 'POST',
    url: `${n8n.desk.url}/api/v1/extensionLogs`,
    sendHeaders: true,
    specifyHeaders: 'json',
    jsonHeaders: JSON.stringify(headers),
    sendBody: true,
    specifyBody: 'json',
    jsonBody: '={{ $json }}',
    options: { batching: { batch: BATCH } },
  };
  return n8n.runWorkflow({
    nodes: [
      node('Items', 'test.items', { items: JSON.stringify(items) }),
      node('Post', 'n8n-nodes-base.httpRequest', post),
    ],
    connections: { Items: { main: [[{ node: 'Post', type: 'main', index: 0 }]] } },
  });
}

function node(name: string, type: string, parameters: Record<string, unknown>) {
  return { name, type, typeVersion: 1, position: [0, 0] as [number, number], parameters };
}

async function untilAnswered(count: number): Promise<void> {
  while (n8n.desk.requests().filter(({ status }) => status !== undefined).length < count)
    await new Promise((resolve) => setImmediate(resolve));
}

test('a batch goes out after the interval, though the one before was refused, and then the node fails', async () => {
  n8n.desk.fault({ kind: 'tooMany', times: 2 });
  await n8n.passTime(0);
  const running = postThree();
  await untilAnswered(BATCH.batchSize);
  await n8n.passTime(BATCH.batchInterval - 1);
  expect(logRequests(n8n)).toBe(BATCH.batchSize);
  await n8n.passTime(1);
  const { nodes } = await running;
  expect(n8n.desk.logs().map(({ title }) => title)).toEqual(['Three']);
  expect(nodes['Post']?.outputs).toEqual([]);
  expect(nodes['Post']?.error?.httpCode).toBe('429');
});
