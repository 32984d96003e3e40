import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openPage } from '../../../emulator/terminal/open-page.ts';
import { until } from '../desk-client.ts';

const TERMINAL = { isTTY: true };
const PIPE = { isTTY: false };

const before = { PATH: process.env['PATH'], CI: process.env['CI'] };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opener-'));
  process.env['PATH'] = [folder, before.PATH].join(delimiter);
  delete process.env['CI'];
});
afterEach(async () => {
  process.env['PATH'] = before.PATH;
  if (before.CI !== undefined) process.env['CI'] = before.CI;
  await rm(folder, { recursive: true });
});

/** Puts a program of that name in front of all others, which writes down what it was asked to open. */
async function fakeOpener(name: string): Promise<() => Promise<string>> {
  const opened = join(folder, 'opened');
  await writeFile(
    join(folder, name),
    `#!/bin/sh\nprintf '%s ' "$@" > '${opened}.part' && mv '${opened}.part' '${opened}'\n`,
  );
  await chmod(join(folder, name), 0o755);
  return async () => readFile(opened, 'utf8').catch(() => '');
}

// The programs that stand in for the openers are scripts of a Unix shell.
const onUnix = process.platform === 'win32' ? test.skip : test;

onUnix.each([
  ['linux', 'xdg-open', 'http://127.0.0.1:1/ '],
  ['darwin', 'open', 'http://127.0.0.1:1/ '],
  ['win32', 'rundll32', 'url.dll,FileProtocolHandler http://127.0.0.1:1/ '],
] as const)('on %s, %s opens the page', async (platform, name, asked) => {
  const opened = await fakeOpener(name);
  openPage('http://127.0.0.1:1/', TERMINAL, platform);
  let text = '';
  await until(async () => (text = await opened()) !== '');
  expect(text).toBe(asked);
});

onUnix('nothing is opened where nobody looks: in a pipe, and in CI', async () => {
  const opened = await fakeOpener('xdg-open');
  openPage('http://127.0.0.1:1/', PIPE, 'linux');
  process.env['CI'] = 'true';
  openPage('http://127.0.0.1:1/', TERMINAL, 'linux');
  delete process.env['CI'];
  // The third one is the first that is opened.
  openPage('http://127.0.0.1:3/', TERMINAL, 'linux');
  let text = '';
  await until(async () => (text = await opened()) !== '');
  expect(text).toBe('http://127.0.0.1:3/ ');
});

test('a machine without such a program is no reason to fail', async () => {
  process.env['PATH'] = folder;
  openPage('http://127.0.0.1:1/', TERMINAL, 'linux');
  await new Promise((resolve) => setImmediate(resolve));
  process.env['PATH'] = before.PATH;
});
