import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const RECEIVER = fileURLToPath(new URL('../../examples/vendor/receive-installs.mjs', import.meta.url));
const KEY = '6f1d2c0b9a8e7f6d5c4b3a29181706f5e4d3c2b1';

let folder: string;
let server: ChildProcess | undefined;
let url: string;

/** Starts the receiver as a vendor does, and waits until it listens. */
async function start(): Promise<void> {
  const child = spawn(process.execPath, [RECEIVER], {
    env: { ...process.env, RECEIVER_KEY: KEY, PORT: '0', LIST_FILE: join(folder, 'portals.json') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  server = child;
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  url = `http://127.0.0.1:${/\d+/.exec(String(line))?.[0]}`;
}

async function stop(): Promise<void> {
  if (server === undefined) return;
  const ended = once(server, 'close');
  server.kill();
  await ended;
  server = undefined;
}

async function post(body: unknown, path = `/${KEY}`): Promise<number> {
  const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
  return response.status;
}

async function list(): Promise<unknown[]> {
  const response = await fetch(`${url}/${KEY}/installations.jsonl`);
  const lines = (await response.text()).split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as unknown);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receive-installs-'));
  await start();
});
afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

const ON_INSTALL = { event: 'onInstall', orgId: 700000001, securityContext: 'context-1' };
const TRIGGER = { scopeId: '700000001', serviceAppId: '900000000000000001' };
const LISTED = { orgId: '700000001', installationId: '900000000000000001', securityContext: 'context-1' };

describe('the receiver of installs', () => {
  test.each([
    ['the callback first', [ON_INSTALL, TRIGGER]],
    ['the trigger function first', [TRIGGER, ON_INSTALL]],
  ])('lists an installation once both messages are there, %s', async (_order, [first, second]) => {
    await post(first);
    expect(await list()).toEqual([]);
    await post(second);
    expect(await list()).toEqual([LISTED]);
  });

  test('keeps a newer securityContext, and forgets the installation on onUninstall', async () => {
    for (const message of [
      ON_INSTALL,
      TRIGGER,
      { ...ON_INSTALL, event: 'onUpdate', securityContext: 'new' },
    ]) {
      await post(message);
    }
    expect(await list()).toEqual([{ ...LISTED, securityContext: 'new' }]);
    await post({ ...ON_INSTALL, event: 'onUninstall' });
    expect(await list()).toEqual([]);
  });

  test('keeps the list over a restart, in a file that only its owner can read', async () => {
    await post(ON_INSTALL);
    await post(TRIGGER);
    await stop();
    await start();
    expect(await list()).toEqual([LISTED]);
    const file = join(folder, 'portals.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ '700000001': LISTED });
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('keeps the data center and the name that a person has added to the file', async () => {
    await post(ON_INSTALL);
    await post(TRIGGER);
    await stop();
    const byHand = { ...LISTED, dataCenter: 'eu', name: 'Globex' };
    await writeFile(join(folder, 'portals.json'), JSON.stringify({ '700000001': byHand }));
    await start();
    await post({ ...ON_INSTALL, event: 'onUpdate', securityContext: 'new' });
    expect(await list()).toEqual([{ ...byHand, securityContext: 'new' }]);
  });

  test('refuses a sender without the key, and a message without an organization', async () => {
    expect(await post(ON_INSTALL, '/')).toBe(404);
    expect((await fetch(`${url}/installations.jsonl`)).status).toBe(404);
    expect(await post({ event: 'onInstall', securityContext: 'context-1' })).toBe(400);
    expect(await list()).toEqual([]);
  });

  test('refuses an id that has lost its last digits as a number', async () => {
    await post(ON_INSTALL);
    const body = '{"scopeId":"700000001","serviceAppId":900000000000000001}';
    const response = await fetch(`${url}/${KEY}`, { method: 'POST', body });
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(/^serviceAppId has more digits .* send it in quotes\n$/);
    expect(await list()).toEqual([]);
  });
});
