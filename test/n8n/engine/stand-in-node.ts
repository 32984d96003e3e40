/** What of n8n's execution context the stand-ins use. */
interface Context {
  getInputData(): Item[];
  getNodeParameter(name: string, index: number, fallback?: unknown): unknown;
  getNode(): { name: string };
  continueOnFail(): boolean;
  /** What n8n keeps for the node from one of its runs to the next. */
  getContext(scope: 'node'): Record<string, unknown>;
  helpers: { httpRequest(options: object): Promise<unknown> };
}

export interface Item {
  json: Record<string, unknown>;
  pairedItem?: unknown;
}

export interface NodeType {
  description: { name: string; credentials?: { name: string; testedBy?: string }[]; [key: string]: unknown };
  methods?: { credentialTest?: Record<string, (credential: unknown) => Promise<unknown>> };
  execute?(this: Context): Promise<Item[][]> | Item[][];
  trigger?: unknown;
}

/** A node that stands for one of n8n's own, with what the tests use of it. */
export function node(
  name: string,
  properties: string[],
  execute: (this: Context) => Promise<Item[][]> | Item[][],
  outputs = ['main'],
): NodeType {
  return {
    description: {
      displayName: name,
      name,
      group: [],
      version: 1,
      description: '',
      defaults: { name },
      inputs: ['main'],
      outputs,
      properties: properties.map((one) => ({ displayName: one, name: one, type: 'json', default: '' })),
    },
    execute,
  };
}
