import { loadPackage, requireAsPackage, type CredentialType, type LoadedPackage } from './load-package.ts';
import type { Item, NodeType } from './stand-in-node.ts';
import { STAND_INS } from './stand-in-nodes.ts';

/** A workflow as n8n exports it. */
export interface WorkflowJson {
  name?: string;
  nodes: WorkflowNode[];
  connections: Record<string, unknown>;
  /** What a node gives out instead of running, by its name. */
  pinData?: Record<string, Item[]>;
  [key: string]: unknown;
}

export interface WorkflowNode {
  id?: string;
  name: string;
  type: string;
  typeVersion: number;
  position: [number, number];
  parameters: Record<string, unknown>;
  credentials?: Record<string, { id: string; name: string }>;
  onError?: string;
  [key: string]: unknown;
}

export interface RunRequest {
  workflow: WorkflowJson;
  /** Credentials by id, as they stand in n8n's store. */
  credentials: Record<string, Record<string, unknown>>;
  /** What another execution has put into the credentials once this one has read them. */
  changedMeanwhile?: Record<string, unknown>;
  executionId?: string;
}

/** What n8n keeps of one node's run. */
export interface NodeRun {
  /** Items by output. */
  outputs: Item[][];
  error?: NodeFailure;
  /** What n8n shows above the output. */
  hints: string[];
  executionTimeMs: number;
}

export interface NodeFailure {
  name: string;
  message: string;
  description?: string | null;
  httpCode?: string | null;
  context?: { itemIndex?: number; data?: Record<string, unknown> };
}

export interface RunResult {
  status: string;
  error?: NodeFailure;
  nodes: Record<string, NodeRun>;
  /** The credentials as the run left them. */
  credentials: Record<string, Record<string, unknown>>;
  /** Lines that the node wrote to n8n's log. */
  log: string[];
}

/** Where a run begins, as it does in n8n with a click on "Execute workflow"; else at a node with pinned data. */
const START_NODES: ReadonlySet<string> = new Set(['test.items', 'n8n-nodes-base.manualTrigger']);

/** n8n's own engine, without the application around it, with our node freshly built. */
export class N8nEngine {
  readonly #core: Record<string, Constructor>;
  readonly #workflow: Record<string, Constructor>;
  readonly #nodeTypes: ReadonlyMap<string, NodeType>;
  readonly #credentialTypes: ReadonlyMap<string, CredentialType>;
  readonly #ours: LoadedPackage;
  readonly #running = new Set<{ cancel(): void }>();

  private constructor(
    core: Record<string, Constructor>,
    workflow: Record<string, Constructor>,
    ours: LoadedPackage,
  ) {
    this.#core = core;
    this.#workflow = workflow;
    this.#ours = ours;
    this.#nodeTypes = new Map([
      ...STAND_INS.map((type) => [type.description.name, type] as const),
      ...ours.nodes.map((type) => [`${ours.name}.${type.description.name}`, type] as const),
    ]);
    this.#credentialTypes = new Map(ours.credentials.map((type) => [type.name, type]));
  }

  static async start(): Promise<N8nEngine> {
    const ours = await loadPackage();
    // Without them n8n makes a folder of its own in the home folder.
    process.env['N8N_USER_FOLDER'] = ours.folder;
    process.env['N8N_ENCRYPTION_KEY'] = 'a key for tests';
    process.env['N8N_LOG_LEVEL'] = 'debug';
    requireAsPackage('reflect-metadata');
    const core = requireAsPackage('n8n-core') as Record<string, Constructor>;
    const workflow = requireAsPackage('n8n-workflow') as Record<string, Constructor>;
    return new N8nEngine(core, workflow, ours);
  }

  async close(): Promise<void> {
    await this.#ours.remove();
  }

  /** The node's own description, as n8n reads it. */
  description(): NodeType['description'] {
    return this.#ourNode().description;
  }

  /** The descriptions of its credentials, by name. */
  credentialDescriptions(): Record<string, CredentialType> {
    return Object.fromEntries([...this.#credentialTypes].map(([name, type]) => [name, { ...type }]));
  }

  /** What n8n does for "Test" in a credential's dialog, where the node tests it. */
  async testCredential(name: string, data: Record<string, unknown>): Promise<unknown> {
    const { description, methods } = this.#ourNode();
    const { testedBy = '' } = description.credentials?.find((one) => one.name === name) ?? {};
    return methods?.credentialTest?.[testedBy]?.({ id: 'c1', name, type: name, data });
  }

  #ourNode(): NodeType {
    const [node] = this.#ours.nodes;
    if (node === undefined) throw new Error('The package has no node.');
    return node;
  }

  cancel(): void {
    for (const one of this.#running) one.cancel();
  }

  async run({
    workflow: json,
    credentials,
    changedMeanwhile,
    executionId = '231',
  }: RunRequest): Promise<RunResult> {
    const { Workflow } = this.#workflow;
    const { WorkflowExecute, ExecutionLifecycleHooks } = this.#core;
    const nodeTypes = {
      getByName: (name: string) => this.#nodeTypes.get(name),
      getByNameAndVersion: (name: string) => this.#nodeTypes.get(name),
      getKnownTypes: () => ({}),
    };
    const workflow = new Workflow!({
      id: 'w1',
      nodes: json.nodes,
      connections: json.connections,
      active: false,
      nodeTypes,
      settings: { executionOrder: 'v1' },
    });
    const additionalData = {
      executionId,
      currentNodeExecutionIndex: 0,
      variables: {},
      hooks: new ExecutionLifecycleHooks!('manual', executionId, json),
      webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
      formWaitingBaseUrl: 'http://localhost/form-waiting',
      credentialsHelper: this.#credentialsHelper(credentials, changedMeanwhile, workflow),
    };
    const execution = new WorkflowExecute!(additionalData, 'manual') as unknown as {
      run(options: {
        workflow: unknown;
        startNode: unknown;
        pinData: WorkflowJson['pinData'];
      }): Promise<FullRun> & { cancel(): void };
    };
    const log = this.#logInto();
    const { pinData = {} } = json;
    const startNode = json.nodes.find(({ name, type }) =>
      Object.keys(pinData).length > 0 ? name in pinData : START_NODES.has(type),
    );
    const running = execution.run({ workflow, startNode, pinData });
    this.#running.add(running);
    try {
      return resultOf(await running, credentials, log);
    } finally {
      this.#running.delete(running);
    }
  }

  /** Stands for n8n's credential store: decrypted data, defaults, and expressions on the credential's own fields. */
  #credentialsHelper(
    store: RunRequest['credentials'],
    changedMeanwhile: RunRequest['changedMeanwhile'],
    workflow: unknown,
  ) {
    const typeNamed = (name: string) => this.#credentialTypes.get(name);
    const { expression } = workflow as { expression: ExpressionEvaluator };
    return {
      getParentTypes: (name: string) => typeNamed(name)?.extends ?? [],
      isCredentialUsableByNode: () => true,
      runPreAuthentication: () => Promise.resolve(undefined),
      getDecrypted: (_data: unknown, { id }: { id: string }, name: string) => {
        const defaults = typeNamed(name)?.properties.map((one) => [one.name, one.default]) ?? [];
        const own = { ...(Object.fromEntries(defaults) as Record<string, unknown>), ...store[id] };
        store[id] = { ...store[id], ...changedMeanwhile };
        const node = {
          name: 'Credential',
          type: 'n8n-nodes-base.noOp',
          typeVersion: 1,
          position: [0, 0],
          parameters: own,
        };
        return Promise.resolve(
          expression.getComplexParameterValue(node, own, 'internal', {}, undefined, undefined, own),
        );
      },
      updateCredentialsOauthTokenData: (
        { id }: { id: string },
        _type: string,
        data: Record<string, unknown>,
      ) => {
        store[id] = { ...store[id], oauthTokenData: data['oauthTokenData'] };
        return Promise.resolve();
      },
    };
  }

  #logInto(): string[] {
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const logger = { debug: write, info: write, warn: write, error: write, scoped: () => logger };
    const { LoggerProxy } = this.#workflow as unknown as { LoggerProxy: { init(logger: object): void } };
    LoggerProxy.init(logger);
    return lines;
  }
}

type Constructor = new (...args: unknown[]) => object;

interface ExpressionEvaluator {
  getComplexParameterValue(...args: unknown[]): Record<string, unknown>;
}

interface FullRun {
  status: string;
  data: {
    resultData: {
      error?: NodeFailure;
      runData: Record<
        string,
        {
          data?: { main?: (Item[] | null)[] };
          error?: NodeFailure;
          hints?: { message: string }[];
          executionTime: number;
        }[]
      >;
    };
  };
}

function resultOf(run: FullRun, credentials: RunRequest['credentials'], log: string[]): RunResult {
  const { error, runData } = run.data.resultData;
  const nodes = Object.fromEntries(
    Object.entries(runData).map(([name, runs]) => {
      const last = runs.at(-1)!;
      const outputs = (last.data?.main ?? []).map((items) => items ?? []);
      const failure = last.error && failureOf(last.error);
      const hints = (last.hints ?? []).map(({ message }) => message);
      const executionTimeMs = last.executionTime;
      return [name, { outputs, hints, executionTimeMs, ...(failure && { error: failure }) }];
    }),
  );
  return { status: run.status, nodes, credentials, log, ...(error && { error: failureOf(error) }) };
}

function failureOf(error: NodeFailure): NodeFailure {
  const { name, message, description = null, httpCode = null, context = {} } = error;
  return { name, message, description, httpCode, context };
}
