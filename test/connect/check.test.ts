import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../emulator/start-emulator.ts';
import { addressesOf, connectWithPipes, variablesOf } from './connect-command.ts';
import { refreshTokenWithScope } from './consent.ts';

let desk: Emulator;
beforeAll(async () => {
  desk = await startEmulator();
});
beforeEach(() => desk.reset());
afterAll(() => desk.close());

const check = async (changes: Record<string, string> = {}, answers: readonly string[] = []) =>
  connectWithPipes(['--check', ...addressesOf(desk)], answers, { ...variablesOf(desk), ...changes });

test('a connection that is right: each part of it, and no log without a yes', async () => {
  const { exitCode, stdout } = await check();
  expect(exitCode).toBe(0);
  expect(stdout).toContain('✓ Client ID, client secret and refresh token: Zoho issued an access token.\n');
  expect(stdout).toContain(
    '✓ Organization 60001234567: Desk takes the token and its scope Desk.extensions.CREATE.\n',
  );
  expect(stdout).toContain('  The installation stays untested.\n');
  expect(desk.logs()).toEqual([]);
});

test('with a yes, one log shows that the installation is right', async () => {
  const { exitCode, stdout } = await check({}, ['y']);
  expect([exitCode, desk.logs().length]).toEqual([0, 1]);
  expect(stdout).toMatch(/✓ Desk recorded the test log, id \d+\.\n$/);
});

test.each([
  [
    'ZOHO_CLIENT_ID',
    '1000.ANOTHERCLIENT',
    'invalid_client. The client id is wrong, or belongs to another data center.',
  ],
  [
    'ZOHO_CLIENT_SECRET',
    'wrong-secret-0123456789',
    'invalid_client_secret. The client secret does not belong to the client id.',
  ],
  [
    'ZOHO_REFRESH_TOKEN',
    '1000.revoked.0123456789',
    'invalid_code. The refresh token was revoked, or belongs to another client.',
  ],
])('a wrong %s: what Zoho said, what to do, and what was not tried', async (name, value, message) => {
  const { exitCode, stdout } = await check({ [name]: value });
  expect(exitCode).toBe(1);
  expect(stdout).toContain(
    `✗ Client ID, client secret or refresh token: Zoho did not issue an access token. It answered 200 ${message}`,
  );
  expect(stdout).toMatch(/\n {2}Not tried: the organization, the scope and the installation\.\n$/);
  expect(stdout).not.toContain(value);
});

test('a wrong organization', async () => {
  const { exitCode, stdout } = await check({ ZOHO_ORG_ID: '999' });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(
    /✗ Organization 999: Desk answered 403 OAUTH_ORG_MISMATCH .*Check the organization id/,
  );
});

test.each([422, 404, 403] as const)('a wrong installation, which Desk refuses with %i', async (status) => {
  desk.configure({ badInstallation: status });
  const { exitCode, stdout } = await check({ ZOHO_INSTALLATION_ID: '4000000000123999' }, ['y']);
  desk.configure({ badInstallation: 422 });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(
    new RegExp(`✗ Installation 4000000000123999: Desk answered ${status} .*Check the installation id`),
  );
});

test('a data center that is not the default is named with the address that is asked', async () => {
  const { stdout } = await check({ ZOHO_DATA_CENTER: 'eu' });
  expect(stdout).toContain(`  Data center eu: ${desk.url}\n`);
});

test('a Desk that breaks off while the organization is checked', async () => {
  desk.fault({ kind: 'resetBefore' });
  const { exitCode, stdout } = await check();
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/✗ Organization 60001234567: .*ended the connection/);
  expect(stdout).toMatch(/\n {2}Not tried: the installation\.\n$/);
});

test('a token without the scope', async () => {
  const refreshToken = await refreshTokenWithScope(desk, 'Desk.tickets.READ');
  const { exitCode, stdout } = await check({ ZOHO_REFRESH_TOKEN: refreshToken });
  expect(exitCode).toBe(1);
  expect(stdout).toContain(
    'The token lacks the scope Desk.extensions.CREATE. Make a new refresh token with it',
  );
});

test('variables that are not valid are all named at once, and nothing is sent', async () => {
  const { exitCode, stdout } = await check({
    ZOHO_DATA_CENTER: 'mars',
    ZOHO_ORG_ID: '12a',
    ZOHO_CLIENT_SECRET: 'two words',
  });
  expect(exitCode).toBe(1);
  expect(stdout.trim().split('\n')).toEqual([
    expect.stringMatching(/^✗ ZOHO_DATA_CENTER: "mars" must be one of us, eu,/),
    expect.stringMatching(/^✗ ZOHO_ORG_ID: "12a" must be digits only\./),
    '✗ ZOHO_CLIENT_SECRET: must not have spaces, line breaks or non-ASCII characters. Copy it again.',
  ]);
  expect(desk.requests()).toEqual([]);
});

test('what the environment does not have is asked for', async () => {
  const { exitCode, stdout } = await check({ ZOHO_REFRESH_TOKEN: '' }, [desk.credentials.refreshToken, 'n']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('? Refresh token (not shown): ');
  expect(stdout).not.toContain(desk.credentials.refreshToken);
});
