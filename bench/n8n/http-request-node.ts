import { setTimeout as delay } from 'node:timers/promises';
import { node } from '../../test/n8n/engine/stand-in-node.ts';

/**
 * What matters here of n8n's HTTP Request node, because the package that it comes in is some
 * gigabytes: it starts the requests of all items at once, with *Batching* so many at a time and the
 * next after a pause, and fails as a whole when one of them fails.
 * Source: https://github.com/n8n-io/n8n/blob/master/packages/nodes-base/nodes/HttpRequest/V3/HttpRequestV3.node.ts.
 */
export const httpRequestNode = node('bench.httpRequest', ['url', 'headers', 'batching'], async function () {
  const json = (name: string): unknown => JSON.parse(this.getNodeParameter(name, 0) as string);
  const headers = json('headers') as Record<string, string>;
  const { batchSize = 1, batchInterval = 0 } = json('batching') as {
    batchSize?: number;
    batchInterval?: number;
  };
  const url = this.getNodeParameter('url', 0);
  const answers: Promise<unknown>[] = [];
  for (const [index, item] of this.getInputData().entries()) {
    if (index > 0 && batchInterval > 0 && index % batchSize === 0) await delay(batchInterval);
    answers.push(
      this.helpers.httpRequest({ method: 'POST', url, headers: { ...headers }, body: item.json, json: true }),
    );
  }
  const settled = await Promise.allSettled(answers);
  return [
    settled.map((one, index) => {
      if (one.status === 'rejected') throw one.reason;
      return { json: one.value as Record<string, unknown>, pairedItem: { item: index } };
    }),
  ];
});
