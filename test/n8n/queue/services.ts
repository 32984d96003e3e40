import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../app/n8n-app.ts';

/** A server that this run has started, with a folder that is thrown away. */
export interface Service {
  readonly port: number;
  stop(): Promise<void>;
}

const INSTALL = 'On Debian: apt-get install redis-server postgresql.';

/** Redis, which holds n8n's queue. It keeps nothing on disk. */
export async function startRedis(): Promise<Service> {
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', args, { stdio: 'ignore' });
  server.once('error', () => console.error(`redis-server was not found. ${INSTALL}`));
  await until(() => accepts(port), server);
  return { port, stop: () => ended(server) };
}

/** PostgreSQL, which all of n8n's processes share. It refuses to run as root, so root lends it another user. */
export async function startPostgres(): Promise<Service> {
  const bin = postgresFolder();
  const folder = mkdtempSync(join(tmpdir(), 'n8n-postgres-'));
  const as = userForPostgres();
  if (as !== undefined) chownSync(folder, as.uid, as.gid);
  const data = join(folder, 'data');
  const options = { ...as, cwd: folder, stdio: 'ignore' } as const;
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'n8n', '--auth=trust', '--no-sync'], options);
  const port = await freePort();
  // Without -F each of n8n's writes would wait for the disk, which is not what is measured.
  const args = ['-D', data, '-p', String(port), '-k', folder, '-h', '127.0.0.1', '-F'];
  const server = spawn(join(bin, 'postgres'), args, options);
  const address = ['-h', '127.0.0.1', '-p', String(port)];
  await until(() => succeeds(join(bin, 'pg_isready'), address), server);
  execFileSync(join(bin, 'createdb'), [...address, '-U', 'n8n', 'n8n'], options);
  return {
    port,
    async stop() {
      // SIGINT: ends the sessions instead of waiting for them.
      await ended(server, 'SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Debian keeps the server's programs out of the PATH. */
function postgresFolder(): string {
  const all = '/usr/lib/postgresql';
  const [newest] = existsSync(all) ? readdirSync(all).sort((one, other) => Number(other) - Number(one)) : [];
  if (newest === undefined) throw new Error(`PostgreSQL was not found in ${all}. ${INSTALL}`);
  return join(all, newest, 'bin');
}

function userForPostgres(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (which: string) =>
    Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }).trim());
  return { uid: idOf('-u'), gid: idOf('-g') };
}

const START_MS = 30_000;

async function until(isReady: () => Promise<boolean> | boolean, server: ChildProcess): Promise<void> {
  const giveUpAt = Date.now() + START_MS;
  while (!(await isReady())) {
    if (server.exitCode !== null || Date.now() > giveUpAt) {
      throw new Error(`${server.spawnfile} did not start.`);
    }
    await pause(100);
  }
}

function succeeds(command: string, args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.end());
  });
}

/** Ends a process that this run has started, and waits until it is gone. */
export async function ended(server: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  await gone;
}
