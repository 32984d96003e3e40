import { httpRequest } from './stand-in-http-request.ts';
import { node, type Item, type NodeType } from './stand-in-node.ts';
import { dataTable } from './stand-in-tables.ts';

const parsed = (value: unknown): unknown =>
  typeof value === 'string' ? (JSON.parse(value) as unknown) : value;

/** Sends many requests side by side with n8n's helper and nothing else: what the benchmark compares with. */
const barePool = node('test.barePool', ['url', 'headers', 'bodies', 'width'], async function () {
  const bodies = parsed(this.getNodeParameter('bodies', 0)) as string[];
  const headers = parsed(this.getNodeParameter('headers', 0)) as Record<string, string>;
  const url = this.getNodeParameter('url', 0);
  const next = bodies.values();
  const worker = async (): Promise<void> => {
    for (const body of next) {
      const options = { method: 'POST', url, body, encoding: 'text', returnFullResponse: true };
      await this.helpers.httpRequest({ ...options, headers: { ...headers }, ignoreHttpStatusErrors: true });
    }
  };
  await Promise.all(Array.from({ length: this.getNodeParameter('width', 0) as number }, worker));
  return [[{ json: { sent: bodies.length } }]];
});

/** n8n's Loop Over Items: batches go out of its second output, and at the end all that came back out of its first. */
const loopOverItems = node(
  'n8n-nodes-base.splitInBatches',
  ['batchSize', 'options'],
  function () {
    const kept = this.getContext('node') as { waiting?: Item[]; done?: Item[] };
    const arrived = this.getInputData();
    if (kept.waiting === undefined) {
      kept.waiting = [...arrived];
      kept.done = [];
    } else {
      kept.done = [...(kept.done ?? []), ...arrived];
    }
    const size = this.getNodeParameter('batchSize', 0) as number;
    const batch = kept.waiting.splice(0, size);
    return batch.length === 0 ? [kept.done ?? [], []] : [[], batch];
  },
  ['main', 'main'],
);

interface Rule {
  conditions: { conditions: { leftValue: unknown; rightValue: unknown; operator: { operation: string } }[] };
}

/** n8n's Switch: an item goes out where the first rule holds, or nowhere. */
const switchByRules = node(
  'n8n-nodes-base.switch',
  ['rules', 'options'],
  function () {
    const outputs: Item[][] = [[], [], []];
    for (const [index, item] of this.getInputData().entries()) {
      const { values } = this.getNodeParameter('rules', index) as { values: Rule[] };
      const at = values.findIndex(({ conditions: { conditions } }) =>
        conditions.every(({ leftValue, rightValue, operator }) =>
          operator.operation === 'equals' ? leftValue === rightValue : (leftValue ?? '') !== '',
        ),
      );
      outputs[at]?.push({ ...item, pairedItem: { item: index } });
    }
    return outputs;
  },
  ['main', 'main', 'main'],
);

/**
 * The nodes of n8n's own that the examples use, as far as the examples use them: the whole of
 * n8n-nodes-base is some gigabytes, and `npm run test:n8n-app` runs the examples with the real ones.
 */
export const STAND_INS: NodeType[] = [
  node('test.items', ['items'], function () {
    const items = parsed(this.getNodeParameter('items', 0)) as Record<string, unknown>[];
    return [items.map((json) => ({ json }))];
  }),
  barePool,
  dataTable,
  httpRequest,
  loopOverItems,
  switchByRules,
  node('n8n-nodes-base.manualTrigger', [], () => [[{ json: {} }]]),
  // The tests pin what Desk sends.
  node('n8n-nodes-base.webhook', ['httpMethod', 'path', 'responseMode', 'options'], () => [[]]),
  node('n8n-nodes-base.stickyNote', [], () => [[]]),
  node('n8n-nodes-base.noOp', [], function () {
    return [this.getInputData()];
  }),
  node('n8n-nodes-base.set', ['mode', 'jsonOutput', 'options'], function () {
    return [
      this.getInputData().map((_, index) => ({
        json: parsed(this.getNodeParameter('jsonOutput', index)) as Record<string, unknown>,
        pairedItem: { item: index },
      })),
    ];
  }),
  node('n8n-nodes-base.splitOut', ['fieldToSplitOut', 'options'], function () {
    return [
      this.getInputData().flatMap(({ json }, index) => {
        const list = json[this.getNodeParameter('fieldToSplitOut', index) as string] as Record<
          string,
          unknown
        >[];
        return list.map((one) => ({ json: one, pairedItem: { item: index } }));
      }),
    ];
  }),
];
