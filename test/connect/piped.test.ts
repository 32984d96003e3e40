import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { workflowText } from '../../connect/github/workflow-text.ts';
import { type Emulator, startEmulator } from '../../emulator/start-emulator.ts';
import { actionUses, readWorkflow } from '../../emulator/try/workflow.ts';
import { addressesOf, CONNECT_BUNDLE, connectWithPipes } from './connect-command.ts';

let desk: Emulator;
let empty: string;
beforeAll(async () => {
  desk = await startEmulator();
  empty = await mkdtemp(join(tmpdir(), 'no programs-'));
});
beforeEach(() => desk.reset());
afterAll(async () => {
  await desk.close();
  await rm(empty, { recursive: true });
});

/** Every answer up to the end, gh not being there. */
function allAnswers(dataCenter = ''): string[] {
  const { clientId, clientSecret, authorizationCode, orgId, installationId } = desk.credentials;
  return [dataCenter, clientId, clientSecret, authorizationCode, orgId, installationId, 'y'];
}

const withoutGh = () => ({ PATH: empty, Path: empty });

describe('connecting without a terminal, as on every system', () => {
  test('a line is an answer, and a secret shows up nowhere, not even when it cannot be kept', async () => {
    const { exitCode, stdout, stderr } = await connectWithPipes(addressesOf(desk), allAnswers(), withoutGh());
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('✓ Desk recorded the test log');
    expect(stdout).toContain('gh is not installed');
    expect(stdout).toContain('The refresh token is shown only in a terminal.');
    const { clientId, clientSecret, refreshToken, authorizationCode } = desk.credentials;
    for (const secret of [clientId, clientSecret, refreshToken, authorizationCode]) {
      expect(stdout).not.toContain(secret.slice(0, 12));
    }
  });

  test('input that ends too early names the question, and sends nothing', async () => {
    const { exitCode, stdout } = await connectWithPipes(
      addressesOf(desk),
      allAnswers().slice(0, 2),
      withoutGh(),
    );
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/✗ The input ended before this was answered: Client secret \(not shown\)\n$/);
    expect(desk.requests()).toEqual([]);
  });

  test('a secret that cannot be one is refused by its rule, without its value', async () => {
    const [dataCenter = '', clientId = ''] = allAnswers();
    const { stdout } = await connectWithPipes(
      [],
      [dataCenter, 'n', clientId, 'with space in it', 'tiny', ''],
    );
    expect(stdout).toContain(
      '✗ Client secret: must not have spaces, line breaks or non-ASCII characters. Copy it again.',
    );
    expect(stdout).toContain('✗ Client secret: is too short: it has 8 characters or more. Copy all of it.');
    expect(stdout).toContain('✗ Client secret: is missing. Copy it from the API console.');
    expect(stdout).not.toMatch(/with space|tiny/);
  });

  test('an address without a server is not taken for a wrong answer, and can be tried again', async () => {
    const gone = await startEmulator();
    await gone.close();
    const { exitCode, stdout } = await connectWithPipes(addressesOf(gone), [...allAnswers().slice(0, 4), '']);
    expect(exitCode).toBe(1);
    const { host } = new URL(gone.url);
    expect(stdout).toContain(
      `${host} ended the connection or took none (ECONNREFUSED). Check the address and the network`,
    );
    expect(stdout.match(/Press Enter to try again/g)).toHaveLength(3);
  });

  test('a code that brings no refresh token is asked for again', async () => {
    const body = JSON.stringify({ access_token: '1000.aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbb', expires_in: 3600 });
    desk.fault({ kind: 'respond', on: 'token', body });
    const [dataCenter = '', clientId = '', clientSecret = '', code = ''] = allAnswers();
    const answers = [dataCenter, clientId, clientSecret, code, code];
    const { stdout } = await connectWithPipes(addressesOf(desk), answers, withoutGh());
    expect(stdout).toContain('✗ Zoho took the code but gave no refresh token. A self client always gets one');
    expect(stdout).toContain('✓ Zoho exchanged the code for a refresh token.');
  });

  test('a test log whose answer was lost may be there, and is not written again unasked', async () => {
    desk.fault({ kind: 'resetAfter', skip: 1 });
    const answers = [...allAnswers(), '', 'maybe', 'n'];
    const { exitCode, stdout } = await connectWithPipes(addressesOf(desk), answers, withoutGh());
    expect([exitCode, desk.logs().length]).toEqual([0, 1]);
    expect(stdout).toContain('The log may be in the portal all the same: look before you write another.');
    expect(stdout).toContain('✗ Answer y for yes or n for no.');
    expect(stdout).toContain('The installation stays untested.');
  });

  test('a token that does not say where it belongs is taken for one of the chosen data center', async () => {
    const tokens = {
      access_token: '1000.aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbb',
      refresh_token: '1000.cccccccccccccccc',
    };
    desk.fault({ kind: 'respond', on: 'token', body: JSON.stringify({ ...tokens, expires_in: 3600 }) });
    const { stdout } = await connectWithPipes(addressesOf(desk), allAnswers('eu').slice(0, 4), withoutGh());
    expect(stdout).toContain('✓ Zoho exchanged the code for a refresh token.');
    expect(stdout).not.toContain('belongs to the data center');
  });

  test('an unknown data center lists those there are', async () => {
    const { stdout } = await connectWithPipes([], ['mars', 'EU']);
    expect(stdout).toContain(
      '✗ Data center: "mars" must be one of us, eu, in, au, jp, ca, sa, sg, ae, uk, cn.',
    );
  });
});

describe('the workflow that it prints', () => {
  function actionInputs(text: string) {
    const [use] = actionUses(readWorkflow(text));
    return use?.step.with;
  }

  test("has the README's inputs, and the names that gh is given", async () => {
    const { stdout } = await connectWithPipes(addressesOf(desk), allAnswers(), withoutGh());
    const printed = actionInputs(stdout.slice(stdout.indexOf('# .github/workflows/')));
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const blocks = [...readme.matchAll(/```ya?ml\n([\s\S]*?)```/g)].map(([, block = '']) => block);
    const first =
      blocks.find((block) => block.includes('jobs:') && block.includes('/zoho-desk-extension-log@')) ?? '';
    expect(printed).toEqual({ ...actionInputs(first), 'desk-url': desk.url, 'accounts-url': desk.url });
    const named = [...stdout.matchAll(/gh (variable|secret) set (\w+)/g)].map(
      ([, kind, name]) => `${kind === 'secret' ? 'secrets' : 'vars'}.${name}`,
    );
    const used = [...stdout.matchAll(/\$\{\{ (\S+) \}\}/g)].map(([, name]) => name);
    expect(named).toEqual(used);
  });

  test('names no address where the data center has them all', () => {
    const inputs = actionInputs(workflowText({ dataCenter: 'us' }, {}));
    expect(Object.keys(inputs ?? {})).toEqual([
      'org-id',
      'installation-id',
      'client-id',
      'client-secret',
      'refresh-token',
    ]);
  });

  test('names the data center where it is not the default', async () => {
    const { stdout } = await connectWithPipes(addressesOf(desk), allAnswers('eu'), withoutGh());
    expect(stdout).toContain('gh variable set ZOHO_DATA_CENTER --body eu\n');
    expect(stdout).toContain('          data-center: ${{ vars.ZOHO_DATA_CENTER }}\n');
  });
});

describe('the command line', () => {
  test('says all that is wrong with it at once, and asks nothing', async () => {
    const args = ['--chekc', 'now', '--desk-url', 'http://desk.example.com', '--check=us', '--check-live'];
    const { exitCode, stdout, stderr } = await connectWithPipes(args, []);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr.trim().split('\n')).toEqual([
      '--chekc: is not a flag of this command. --help lists them.',
      'now: is not a flag of this command. --help lists them.',
      '--check: takes no value. Give the flag alone.',
      '--check-live: cannot be combined with --check.',
      expect.stringMatching(/^--desk-url: "http:\/\/desk\.example\.com" must be an origin/),
    ]);
  });

  test('--help names every flag', async () => {
    const { exitCode, stdout } = await connectWithPipes(['--help'], []);
    expect(exitCode).toBe(0);
    for (const flag of ['--check', '--desk-url', '--accounts-url']) expect(stdout).toContain(flag);
  });
});

describe('dist/connect.js alone in a folder', () => {
  /** The Node that people have on their PATH, rather than the one that npm puts first for this project. */
  const machinesNode = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter);

  test.each([
    ['a download folder, without a package.json', undefined],
    ['a project of modules', '{ "type": "module" }'],
    ['a project of CommonJS', '{ "type": "commonjs" }'],
  ])('runs in %s, with nothing installed', async (_, manifest) => {
    const folder = await mkdtemp(join(tmpdir(), 'connect alone-'));
    try {
      const alone = join(folder, 'connect.js');
      await copyFile(CONNECT_BUNDLE, alone);
      if (manifest !== undefined) await writeFile(join(folder, 'package.json'), manifest);
      const env = { PATH: machinesNode, Path: machinesNode };
      const { exitCode, stdout, stderr } = await connectWithPipes(
        addressesOf(desk),
        [...allAnswers(), 'n', 'n'],
        env,
        ['node', alone],
      );
      expect([exitCode, stderr]).toEqual([0, '']);
      expect(stdout).toContain('✓ Desk recorded the test log');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
