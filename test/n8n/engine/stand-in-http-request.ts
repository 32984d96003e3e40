import { setTimeout as delay } from 'node:timers/promises';
import { node, type Item } from './stand-in-node.ts';

interface Options {
  batching?: { batch?: { batchSize?: number; batchInterval?: number } };
}

/**
 * n8n's HTTP Request node with a JSON body and no authentication, and the parameters of the real one.
 *
 * It sends the request of each item without waiting for the answer to the one before. *Batching*, which is
 * off unless it is added, only makes it pause before each further batch, whatever became of the last one.
 * It fails as a whole, once all are answered, when one of them is an error. It repeats nothing: *Retry On
 * Fail* is the engine's, which is the real one here, and runs the node again for all items.
 *
 * Read from HttpRequestV3 of n8n-nodes-base 2.41.1, and run beside it in this engine, in all ways of
 * bench/scenes/instead.ts: as many requests, and no more difference in what was refused and how long it
 * took than between two runs of one of them.
 * https://github.com/n8n-io/n8n/blob/n8n%402.41.1/packages/nodes-base/nodes/HttpRequest/V3/HttpRequestV3.node.ts
 */
export const httpRequest = node(
  'n8n-nodes-base.httpRequest',
  ['method', 'url', 'sendHeaders', 'jsonHeaders', 'sendBody', 'jsonBody', 'options'],
  async function () {
    const answers: Promise<unknown>[] = [];
    for (const index of this.getInputData().keys()) {
      const parameter = (name: string) => this.getNodeParameter(name, index);
      const { batching = {} } = parameter('options') as Options;
      const { batchSize = 0, batchInterval = 0 } = batching.batch ?? {};
      // A size below one counts as one.
      if (index > 0 && batchInterval > 0 && index % Math.max(1, batchSize) === 0) await delay(batchInterval);
      const answer = this.helpers.httpRequest({
        method: parameter('method') || 'GET',
        url: parameter('url'),
        ...(parameter('sendHeaders') === true && {
          headers: JSON.parse(parameter('jsonHeaders') as string) as object,
        }),
        ...(parameter('sendBody') === true && { body: parameter('jsonBody') }),
        json: true,
      });
      // It may be refused during a pause, when nothing waits for it yet.
      answer.catch(() => undefined);
      answers.push(answer);
    }
    const settled = await Promise.allSettled(answers);
    return [
      settled.map((one, item): Item => {
        if (one.status === 'fulfilled')
          return { json: one.value as Record<string, unknown>, pairedItem: { item } };
        if (!this.continueOnFail()) throw one.reason;
        return { json: { error: { message: (one.reason as Error).message } }, pairedItem: { item } };
      }),
    ];
  },
);
