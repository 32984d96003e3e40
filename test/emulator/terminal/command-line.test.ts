import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { FAULT_KINDS } from '../../../emulator/faults/fault-input.ts';
import { SWITCH_NAMES } from '../../../emulator/desk/switches.ts';
import { send, until } from '../desk-client.ts';

const MAIN = fileURLToPath(new URL('../../../emulator/main.mjs', import.meta.url));

interface Run {
  child: ChildProcess;
  stdout: string;
  stderr: string;
  ended: Promise<number | null>;
}

const running: ChildProcess[] = [];
afterEach(() => running.splice(0).forEach((child) => child.kill('SIGKILL')));

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const going: Run = { child, stdout: '', stderr: '', ended };
  child.stdout.on('data', (chunk: Buffer) => (going.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (going.stderr += chunk.toString()));
  return going;
}

async function started(...args: string[]): Promise<Run & { url: string }> {
  const going = run('--port', '0', ...args);
  await until(() => going.stdout.includes('Ctrl+C'));
  const url = /Desk URL +(\S+)/.exec(going.stdout)?.[1] ?? '';
  return Object.assign(going, { url });
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'starts, shows what to paste, and ends cleanly on %s',
  async (signal) => {
    const going = await started();
    const { url } = going;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(going.stdout).toContain(`Page          ${url}/\n`);
    expect(going.stdout).toContain(`Accounts URL  ${url}\n`);
    expect(going.stdout).toContain(`        with:
          data-center: us
          org-id: "60001234567"
          installation-id: "4000000000123001"
          client-id: "1000.LOCALCLIENT"
          client-secret: "f4ce10ca1de5d3adb33fca11ab1e5ca1ab1e77"
          refresh-token: "1000.10ca1dbadf00df33d1dea1b0a7ca7e.5eedcafeba5eba11decade5caff01d"
          desk-url: ${url}
          accounts-url: ${url}
`);
    expect((await send(url)).status).toBe(200);
    going.child.kill(signal);
    expect([await going.ended, going.stderr]).toEqual([0, '']);
  },
);

test('takes every switch and any number of faults', async () => {
  const { url } = await started(
    ...['--overflow', 'newParent', '--parent-id-of-parent', 'null', '--reference-scope=organization'],
    ...['--require-description', 'false', '--unknown-keys', 'ignore', '--bad-installation', '404'],
    ...['--token-throttle-status', '200', '--edition', 'free', '--users', '3', '--latency-ms', '5'],
    ...['--credits-per-day', '9', '--concurrent-calls', 'null'],
    ...['--fault', 'tooMany:retryAfter=2,times=3', '--fault', 'resetAfter:on=token,times=always,match=a=b'],
  );
  expect((await send(`${url}/__emulator/state`)).body).toMatchObject({
    switches: {
      overflow: 'newParent',
      parentIdOfParent: 'null',
      referenceScope: 'organization',
      requireDescription: false,
      unknownKeys: 'ignore',
      badInstallation: 404,
      tokenThrottleStatus: 200,
      edition: 'free',
      users: 3,
      latencyMs: 5,
      creditsPerDay: 9,
      concurrentCalls: null,
    },
    faults: [
      { kind: 'tooMany', retryAfter: 2, times: 3, skip: 0 },
      { kind: 'resetAfter', on: 'token', times: 'always', match: 'a=b', skip: 0 },
    ],
  });
});

test('--portals and --installations give the Action its list', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'local desk '));
  try {
    const file = join(folder, 'installations.jsonl');
    const { stdout, url } = await started('--portals', '3', '--installations', file);
    expect(stdout).toContain(`Inputs of the Action for all 3 portals:

        with:
          installations-file: ${file}
          extension-secret: "10ca1de5c.5ec2e7c0ffee5eed@f00dcafe5ca1ab1e"
          connection-link-name: desk_connection
          desk-url: ${url}
`);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => Object.keys(JSON.parse(line) as object))).toEqual(
      Array(3).fill(['installationId', 'orgId', 'name', 'securityContext']),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('--help lists every switch and every fault', async () => {
  const going = run('--help');
  expect(await going.ended).toBe(0);
  for (const name of SWITCH_NAMES)
    expect(going.stdout).toContain(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} `);
  for (const kind of FAULT_KINDS) expect(going.stdout).toMatch(new RegExp(`^  ${kind} `, 'm'));
});

test.each([
  [
    ['--overflo', 'x'],
    'Unknown flag --overflo. Flags are: --port, --portals, --installations, --fault, --help,',
  ],
  [['start'], 'Unexpected argument start. Flags are: --port,'],
  [['--overflow', 'maybe'], '--overflow cannot be maybe. Allowed: error, newParent.'],
  [['--users', '-3'], '--users cannot be -3. Allowed: a whole number of 0 or more.'],
  [['--overflow'], '--overflow needs a value.'],
  [['--overflow', '--users'], '--overflow needs a value.'],
  [['--port', '70000'], '--port cannot be 70000. Allowed: 0 (any free port) to 65535.'],
  [['--port', 'abc'], '--port cannot be abc.'],
  [['--portals', 'many'], '--portals cannot be many. Allowed: a whole number from 1 to 20000.'],
  [['--users', 'many'], '--users cannot be many. Allowed: a whole number of 0 or more.'],
  [
    ['--fault', 'html:times=0'],
    'times of a fault cannot be 0. Allowed: a whole number of 1 or more, or always.',
  ],
  [['--portals', '0'], '--portals cannot be 0. Allowed: a whole number from 1 to 20000.'],
  [
    ['--port', '0', '--installations', 'nowhere/at/all.jsonl'],
    'Cannot write nowhere/at/all.jsonl: ENOENT. Give --installations a file in a folder that exists.',
  ],
  [['--fault', 'explode'], '--fault explode: Unknown fault "explode". Faults are: html, html404,'],
  [
    ['--fault', 'html:times=many'],
    'times of a fault cannot be "many". Allowed: a whole number of 1 or more, or always.',
  ],
  [['--fault', 'html:colour=red'], 'Unknown key "colour" of a fault. Keys are: kind, on, times,'],
])('%j ends with 2 and says what is allowed', async (args, message) => {
  const going = run(...args);
  expect(await going.ended).toBe(2);
  expect(going.stderr).toContain(message);
  expect(going.stderr).not.toMatch(/^\s+at /m);
  expect(going.stdout).toBe('');
});

test('every mistake is reported at once', async () => {
  const going = run('--port', 'x', '--overflow', 'y', '--users', 'z', '--fault', 'q');
  expect(await going.ended).toBe(2);
  expect(going.stderr.match(/^--(port|overflow|users|fault)/gm)).toEqual([
    '--port',
    '--overflow',
    '--users',
    '--fault',
  ]);
});

test('a Node.js that cannot run TypeScript says which version can', async () => {
  const child = spawn(process.execPath, ['--no-experimental-strip-types', MAIN], { stdio: 'pipe' });
  running.push(child);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  expect(await once(child, 'close')).toEqual([2, null]);
  expect(stderr).toBe(
    `The local Zoho Desk needs Node.js 22.18 or newer; this is ${process.version}.
Use "npm run emulator", which brings Node.js 24 with it after "npm ci".
`,
  );
});

test('a port in use has a clear message', async () => {
  const { url } = await started();
  const { port } = new URL(url);
  const second = run('--port', port);
  expect(await second.ended).toBe(2);
  expect(second.stderr).toBe(
    `Port ${port} is in use. Stop what runs there, or give another: --port 0 takes any free one.\n`,
  );
});
