import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { installApp, npm } from './install-app.ts';

/** An n8n of its own: its data stands in a folder that is thrown away. */
export class N8nApp {
  /** The path of n8n's command. */
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
  readonly #folder: string;
  #server: ChildProcess | undefined;

  /** @param env more of n8n's settings */
  constructor(folder: string, port: number, brokerPort: number, env: Record<string, string> = {}) {
    this.command = installApp();
    this.#folder = folder;
    this.env = {
      PATH: process.env['PATH'],
      HOME: folder,
      N8N_USER_FOLDER: folder,
      N8N_ENCRYPTION_KEY: 'a key for tests',
      N8N_LISTEN_ADDRESS: '127.0.0.1',
      N8N_PORT: String(port),
      N8N_RUNNERS_BROKER_PORT: String(brokerPort),
      N8N_DIAGNOSTICS_ENABLED: 'false',
      N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
      N8N_TEMPLATES_ENABLED: 'false',
      N8N_PERSONALIZATION_ENABLED: 'false',
      N8N_DISABLED_MODULES: 'mcp-registry',
      N8N_SECURE_COOKIE: 'false',
      ...env,
    };
  }

  /** Puts a packed community node where n8n keeps those that were installed in its settings. */
  installNode(tarball: string): void {
    const nodes = join(this.#folder, '.n8n/nodes');
    mkdirSync(nodes, { recursive: true });
    writeFileSync(join(nodes, 'package.json'), '{"name":"installed-nodes","private":true}');
    // n8n gives its own n8n-workflow to the node: the peer dependency is not to be fetched.
    npm(nodes, 'install', tarball, '--ignore-scripts', '--legacy-peer-deps');
  }

  async importFile(kind: 'credentials' | 'workflow', file: string): Promise<void> {
    await this.#run(`import:${kind}`, `--input=${file}`);
  }

  /** Makes a workflow take what triggers it, from the next start on. */
  async publish(workflowId: string): Promise<void> {
    await this.#run('publish:workflow', `--id=${workflowId}`);
  }

  /** Executes a workflow to its end and returns what n8n printed of it. */
  execute(workflowId: string): Promise<string> {
    return this.#run('execute', `--id=${workflowId}`);
  }

  /** Starts the server and waits until the editor can be opened. */
  async start(url: string): Promise<void> {
    const server = spawn(process.execPath, [this.command, 'start'], { env: this.env, stdio: 'ignore' });
    this.#server = server;
    await untilReady(url, server);
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined || server.exitCode !== null) return;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill();
    await ended;
  }

  /** The local Desk answers from this process, so nothing may block it. */
  async #run(...args: string[]): Promise<string> {
    const options = { env: this.env, maxBuffer: 64 * 1024 * 1024 };
    const { stdout } = await promisify(execFile)(process.execPath, [this.command, ...args], options);
    return stdout;
  }
}

/** n8n starts in some ten seconds, and takes longer on a busy machine. */
const START_MS = 180_000;

/** Waits until a process of n8n takes work. */
export async function untilReady(url: string, of: ChildProcess): Promise<void> {
  const giveUpAt = performance.now() + START_MS;
  while (performance.now() < giveUpAt) {
    if (of.exitCode !== null) throw new Error(`n8n ended with ${of.exitCode}.`);
    const answer = await fetch(`${url}/healthz/readiness`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(250);
  }
  throw new Error(`n8n did not start within ${START_MS / 1_000} s.`);
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
