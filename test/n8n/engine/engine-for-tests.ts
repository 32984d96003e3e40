import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { startEmulator, type Emulator } from '../../../emulator/start-emulator.ts';
import { initialSwitches } from '../../../emulator/desk/switches.ts';
import type { EngineAnswer, EngineCall } from './engine-process.ts';
import type { NodeFailure, RunResult, WorkflowJson } from './n8n-engine.ts';
import type { Item } from './stand-in-node.ts';

export const NODE_TYPE = 'n8n-nodes-zoho-desk-extension-log.zohoDeskExtensionLog';
export const OAUTH_CREDENTIAL = 'zohoDeskExtensionLogOAuth2Api';
export const INVOKE_CREDENTIAL = 'zohoDeskExtensionInvokeApi';

/** What a test's run differs in. */
export interface Trial {
  /** The items that come in; one empty item by default. */
  items?: Record<string, unknown>[];
  parameters?: Record<string, unknown>;
  /** Fields of the credential that differ from those of the emulator's portal. */
  credential?: Record<string, unknown>;
  /** What another execution puts into the credential once this one has read it. */
  changedMeanwhile?: Record<string, unknown>;
  onError?: 'continueRegularOutput' | 'continueErrorOutput';
  /** n8n's own, with one try more and no wait. */
  retryOnFail?: boolean;
}

/** What a test looks at. */
export interface Outcome {
  status: string;
  items: Item[];
  errorItems: Item[];
  error: NodeFailure | undefined;
  hints: string[];
  /** Everything that n8n has of the run, its console included, as text, in which no secret may be found. */
  everything: string;
  oauthTokenData: Record<string, unknown>;
}

/** n8n's engine in a process of its own, where its modules load as they do in n8n, beside a local Desk. */
export class Bench {
  desk!: Emulator;
  readonly #portals: number;
  #process!: ChildProcess;
  #calls = 0;
  #credentials = 0;
  #printed = '';

  /** @param portals how many the Desk has */
  constructor(portals = 1) {
    this.#portals = portals;
  }

  async start(): Promise<void> {
    this.desk = await startEmulator({ portals: this.#portals });
    this.#process = fork(join(import.meta.dirname, 'engine-process.ts'), { execArgv: [], silent: true });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (text: Buffer) => (this.#printed += text.toString()));
    }
    const [started] = (await Promise.race([
      once(this.#process, 'message'),
      once(this.#process, 'exit'),
    ])) as unknown[];
    if (typeof started === 'number') throw new Error(`The engine did not start.\n${this.#printed}`);
  }

  async stop(): Promise<void> {
    if (this.#process.connected) {
      this.#process.disconnect();
      await once(this.#process, 'exit');
    }
    await this.desk.close();
  }

  reset(): void {
    this.desk.reset();
    this.desk.configure(initialSwitches());
    this.#printed = '';
  }

  /** Runs the node once, with the parameters that a log needs and those given. */
  async run(trial: Trial = {}): Promise<Outcome> {
    const { items = [{}], parameters = {}, onError, retryOnFail = false } = trial;
    const credentialType = parameters['authentication'] === 'invoke' ? INVOKE_CREDENTIAL : OAUTH_CREDENTIAL;
    // n8n keeps a refresh that hangs for all who have the same credential.
    const credentialId = `c${(this.#credentials += 1)}`;
    const result = await this.runWorkflow(
      {
        nodes: [
          { name: 'Items', type: 'test.items', ...at(0), parameters: { items: JSON.stringify(items) } },
          {
            name: 'Zoho Desk',
            type: NODE_TYPE,
            ...at(1),
            parameters: { ...this.#usualParameters(), ...parameters },
            credentials: { [credentialType]: { id: credentialId, name: 'Local Desk' } },
            ...(onError && { onError }),
            ...(retryOnFail && { retryOnFail, maxTries: 2, waitBetweenTries: 1 }),
          },
        ],
        connections: { Items: { main: [[{ node: 'Zoho Desk', type: 'main', index: 0 }]] } },
      },
      trial,
    );
    const run = result.nodes['Zoho Desk'];
    return {
      status: result.status,
      items: run?.outputs[0] ?? [],
      errorItems: run?.outputs[1] ?? [],
      error: run?.error ?? result.error,
      hints: run?.hints ?? [],
      everything: JSON.stringify({ run, error: result.error, log: result.log, printed: this.#printed }),
      oauthTokenData: result.credentials[credentialId]?.['oauthTokenData'] as Record<string, unknown>,
    };
  }

  /** Runs a whole workflow; each of its credentials is the emulator's. */
  async runWorkflow(
    workflow: WorkflowJson,
    { credential = {}, changedMeanwhile = {} }: Trial = {},
  ): Promise<RunResult> {
    const credentials = Object.fromEntries(
      workflow.nodes.flatMap((node) =>
        Object.entries(node.credentials ?? {}).map(([type, { id }]) => [
          id,
          { ...this.#credential(type), ...credential },
        ]),
      ),
    );
    const request = { workflow, credentials, changedMeanwhile };
    return (await this.#call({ call: 'run', request })) as RunResult;
  }

  async cancel(): Promise<void> {
    await this.#call({ call: 'cancel' });
  }

  /** Stops the clock of the node's waits, and moves it by so many milliseconds. */
  async passTime(ms: number): Promise<void> {
    await this.#call({ call: 'passTime', ms });
  }

  async letTimePass(): Promise<void> {
    await this.#call({ call: 'letTimePass' });
  }

  async describe(): Promise<{ node: Description; credentials: Record<string, Description> }> {
    return (await this.#call({ call: 'describe' })) as {
      node: Description;
      credentials: Record<string, Description>;
    };
  }

  /** What n8n says after "Test" in the dialog of a credential that the node tests. */
  async testCredential(name: string, data: Record<string, unknown>): Promise<unknown> {
    return this.#call({ call: 'testCredential', name, data });
  }

  #usualParameters(): Record<string, unknown> {
    const { installationId } = this.desk.credentials;
    return { resource: 'extensionLog', operation: 'add', installationId, title: '={{ $json.title }}' };
  }

  #credential(type: string): Record<string, unknown> {
    return type === OAUTH_CREDENTIAL ? this.#oAuthCredential() : this.#invokeCredential();
  }

  #invokeCredential(): Record<string, unknown> {
    const { extensionSecret, connectionLinkName } = this.desk.credentials;
    return { dataCenter: 'custom', deskUrl: this.desk.url, extensionSecret, connectionLinkName };
  }

  #oAuthCredential(): Record<string, unknown> {
    const { orgId, clientId, clientSecret, refreshToken } = this.desk.credentials;
    return {
      dataCenter: 'custom',
      accountsUrl: this.desk.url,
      deskUrl: this.desk.url,
      orgId,
      clientId,
      clientSecret,
      oauthTokenData: {
        access_token: this.desk.issueAccessToken(),
        refresh_token: refreshToken,
        token_type: 'Bearer',
      },
    };
  }

  #call(call: EngineCall extends infer Call ? (Call extends unknown ? Omit<Call, 'id'> : never) : never) {
    const id = (this.#calls += 1);
    return new Promise<unknown>((resolve, reject) => {
      const ended = (): void => reject(new Error(`The engine's process has ended.\n${this.#printed}`));
      if (!this.#process.connected) return ended();
      const listen = (answer: EngineAnswer): void => {
        if (answer.id !== id) return;
        this.#process.off('message', listen);
        this.#process.off('disconnect', ended);
        if (answer.error === undefined) resolve(answer.value);
        else reject(new Error(answer.error));
      };
      this.#process.on('message', listen);
      this.#process.once('disconnect', ended);
      this.#process.send({ ...call, id });
    });
  }
}

export interface Description {
  name: string;
  properties: Property[];
  [key: string]: unknown;
}

export interface Property {
  displayName: string;
  name: string;
  type: string;
  default: unknown;
  required?: boolean;
  description?: string;
  displayOptions?: { show?: Record<string, unknown[]> };
  options?: { name: string; value?: string; values?: Property[]; default?: unknown; action?: string }[];
  [key: string]: unknown;
}

function at(column: number): { typeVersion: number; position: [number, number] } {
  return { typeVersion: 1, position: [column * 220, 0] };
}

/** One engine and one Desk for the tests of a file; each test finds the Desk reset. */
export function engineForEachTest({ portals = 1 } = {}): Bench {
  const bench = new Bench(portals);
  beforeAll(() => bench.start(), 60_000);
  beforeEach(() => bench.reset());
  afterAll(() => bench.stop());
  return bench;
}

/** The logs that Desk recorded, as `reference: title`, in order. */
export function recorded({ desk }: Bench): string[] {
  return desk.logs().map(({ reference, title }) => `${reference ?? '-'}: ${title}`);
}

/** How many requests for logs Desk saw. */
export function logRequests({ desk }: Bench): number {
  return desk.requests().filter(({ path }) => path.startsWith('/api/')).length;
}

/** How many requests for tokens Desk saw. */
export function tokenRequests({ desk }: Bench): number {
  return desk.requests().filter(({ path }) => path.startsWith('/oauth/')).length;
}
