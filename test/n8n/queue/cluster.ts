import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, N8nApp, untilReady } from '../app/n8n-app.ts';
import { ended, startPostgres, startRedis, type Service } from './services.ts';

/** n8n's own default for a worker. */
const EXECUTIONS_EACH = 10;

/** n8n in queue mode: a main process that takes webhooks, workers that execute, Redis and PostgreSQL between them. */
export class Cluster {
  readonly main: N8nApp;
  readonly url: string;
  readonly #folder: string;
  readonly #services: readonly Service[];
  readonly #workers: ChildProcess[] = [];

  private constructor(folder: string, port: number, main: N8nApp, services: readonly Service[]) {
    this.#folder = folder;
    this.url = `http://127.0.0.1:${port}`;
    this.main = main;
    this.#services = services;
  }

  /** Starts what n8n stands on. The processes of n8n itself are started once its data is imported. */
  static async prepare(): Promise<Cluster> {
    const folder = mkdtempSync(join(tmpdir(), 'n8n-queue-'));
    const [redis, postgres] = [await startRedis(), await startPostgres()];
    const port = await freePort();
    const main = new N8nApp(folder, port, await freePort(), {
      EXECUTIONS_MODE: 'queue',
      QUEUE_BULL_REDIS_HOST: '127.0.0.1',
      QUEUE_BULL_REDIS_PORT: String(redis.port),
      DB_TYPE: 'postgresdb',
      DB_POSTGRESDB_HOST: '127.0.0.1',
      DB_POSTGRESDB_PORT: String(postgres.port),
      DB_POSTGRESDB_DATABASE: 'n8n',
      DB_POSTGRESDB_USER: 'n8n',
      QUEUE_HEALTH_CHECK_ACTIVE: 'true',
    });
    return new Cluster(folder, port, main, [redis, postgres]);
  }

  async start(workers: number): Promise<void> {
    await this.main.start(this.url);
    for (let count = 0; count < workers; count += 1) await this.addWorker();
  }

  async addWorker(): Promise<void> {
    const health = await freePort();
    const env = {
      ...this.main.env,
      QUEUE_HEALTH_CHECK_PORT: String(health),
      N8N_RUNNERS_BROKER_PORT: String(await freePort()),
    };
    const args = [this.main.command, 'worker', `--concurrency=${EXECUTIONS_EACH}`];
    const worker = spawn(process.execPath, args, { env, stdio: 'ignore' });
    this.#workers.push(worker);
    await untilReady(`http://127.0.0.1:${health}`, worker);
  }

  /** Takes the oldest worker away and returns when it is gone. */
  async removeWorker(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const worker = this.#workers.shift();
    if (worker !== undefined) await ended(worker, signal);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => ended(worker, 'SIGKILL')));
    await this.main.stop();
    for (const service of this.#services) await service.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
