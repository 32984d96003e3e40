import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { KEYS, type PseudoTerminal } from './pseudo-terminal.ts';
import { describeInTerminal } from './terminal-room.ts';
import { answer, answerUpToCode, connectUpToTestLog } from './typed-answers.ts';

describeInTerminal('connecting in a terminal', (room) => {
  function expectNoSecretShown(terminal: PseudoTerminal) {
    const { clientId, clientSecret, authorizationCode, refreshToken } = room.desk.credentials;
    for (const secret of [clientId, clientSecret, authorizationCode, refreshToken]) {
      for (const piece of [secret, secret.slice(0, 12), secret.slice(-12)]) {
        expect(terminal.shown()).not.toContain(piece);
      }
    }
  }

  test('from the first question to a kept connection: nothing secret is shown, gh gets exactly the names and values', async () => {
    const terminal = await room.begin();
    await connectUpToTestLog(terminal, room.desk);
    await answer(
      terminal,
      ['[y/N] ', 'yes'],
      ['Set them now with gh? [y/N] ', 'y'],
      ['Repository, as owner/name [acme/desk-extension]: ', ''],
    );
    expect(await terminal.ended).toBe(0);

    const shown = terminal.shown();
    expect(shown).toContain("In Zoho's API console, https://api-console.zoho.com/\n");
    expect(shown).toContain('a. Scope: Desk.extensions.CREATE\n');
    expect(shown).toMatch(/✓ Desk recorded the test log, id \d+\.\n/);
    expectNoSecretShown(terminal);
    expect(room.desk.logs().map(({ title }) => title)).toEqual(['Test log: the connection works']);

    const { orgId, installationId, clientId, clientSecret, refreshToken } = room.desk.credentials;
    const sets = (await room.programs.ghCalls()).filter(({ args }) => args[1] === 'set');
    const inRepository = ['--repo', 'acme/desk-extension'];
    expect(sets).toEqual([
      { args: ['variable', 'set', 'ZOHO_ORG_ID', ...inRepository], input: orgId },
      { args: ['variable', 'set', 'ZOHO_INSTALLATION_ID', ...inRepository], input: installationId },
      { args: ['secret', 'set', 'ZOHO_CLIENT_ID', ...inRepository], input: clientId },
      { args: ['secret', 'set', 'ZOHO_CLIENT_SECRET', ...inRepository], input: clientSecret },
      { args: ['secret', 'set', 'ZOHO_REFRESH_TOKEN', ...inRepository], input: refreshToken },
    ]);
    expect(shown).toContain('          refresh-token: ${{ secrets.ZOHO_REFRESH_TOKEN }}\n');
  });

  test('the code is exchanged at once, before any other question', async () => {
    const terminal = await room.begin();
    await answerUpToCode(terminal, room.desk);
    await terminal.sees('✓ Zoho exchanged the code for a refresh token.');
    await terminal.sees('Organization ID: ');
    expect(room.desk.requests().map(({ path }) => path)).toEqual(['/oauth/v2/token']);
  });

  test('a used code, a wrong secret and a wrong client ID are each asked again alone', async () => {
    const { clientId, clientSecret, authorizationCode } = room.desk.credentials;
    const terminal = await room.begin();
    await answer(
      terminal,
      ['Data center [us]: ', ''],
      ['Client ID (not shown): ', '1000.ANOTHERCLIENT'],
      ['Client secret (not shown): ', 'wrong-secret-0123456789'],
      ['Code (not shown): ', '1000.used.code'],
    );
    await terminal.sees('The client id is wrong, or belongs to another data center.');
    await answer(
      terminal,
      ['Data center [us]: ', ''],
      ['Client ID (not shown) [Enter keeps the one you gave]: ', clientId],
    );
    await terminal.sees('The client secret does not belong to the client id.');
    await answer(terminal, ['Client secret (not shown) [Enter keeps the one you gave]: ', clientSecret]);
    await terminal.sees('The code was used before, has expired, or was made by another client');
    await answer(terminal, ['Code (not shown): ', authorizationCode]);
    await terminal.sees('✓ Zoho exchanged the code');
    await terminal.sees('Organization ID: ');
    expectNoSecretShown(terminal);
  });

  test('a token of another data center is noticed, and the conversation goes on in that one', async () => {
    const tokens = {
      access_token: '1000.aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbb',
      refresh_token: '1000.cccccccccccccccc.dddddddddddddddd',
    };
    room.desk.fault({
      kind: 'respond',
      on: 'token',
      body: JSON.stringify({ ...tokens, api_domain: 'https://www.zohoapis.eu', expires_in: 3600 }),
    });
    const terminal = await room.begin();
    await answerUpToCode(terminal, room.desk);
    await terminal.sees('✗ The token belongs to the data center eu, and you chose us.');
    await answer(
      terminal,
      ['Go on with eu? [Y/n] ', ''],
      ['Organization ID', room.desk.credentials.orgId],
      ['Installation ID', room.desk.credentials.installationId],
    );
    // The local Desk does not know that refresh token, so it asks for another code.
    await terminal.sees('200 invalid_code');
    await answer(
      terminal,
      ['Code (not shown): ', room.desk.credentials.authorizationCode],
      ['[y/N] ', ''],
      ['with gh? [y/N] ', 'n'],
    );
    await terminal.sees('gh variable set ZOHO_DATA_CENTER --body eu');
    await answer(terminal, ['Show the refresh token once', 'n']);
    await terminal.sees('data-center: ${{ vars.ZOHO_DATA_CENTER }}');
    expect(await terminal.ended).toBe(0);
    expect(terminal.shown()).not.toMatch(/aaaaaaaa|bbbbbbbb|cccccccc|dddddddd/);
  });

  test("after Zoho's throttle and after an outage it tries again, and asks for nothing twice", async () => {
    room.desk.fault({
      kind: 'respond',
      on: 'token',
      status: 400,
      body: '{"error_description":"Zu viele Anfragen.","error":"Access Denied","status":"failure"}',
    });
    room.desk.fault({ kind: 'error502', on: 'token' });
    const terminal = await room.begin();
    await answerUpToCode(terminal, room.desk);
    await terminal.sees('Zoho gives ten access tokens in ten minutes');
    await answer(terminal, ['Press Enter to try again. ', '']);
    await terminal.sees('Zoho failed. Try again later');
    await answer(terminal, ['Press Enter to try again. ', '']);
    await terminal.sees('✓ Zoho exchanged the code');
  });

  test('ids: a bad shape is named at once, a wrong organization by Desk, a wrong installation by the test log', async () => {
    const terminal = await room.begin();
    await answerUpToCode(terminal, room.desk);
    await answer(terminal, ['Organization ID: ', '12a']);
    await terminal.sees('✗ Organization ID: "12a" must be digits only.');
    await answer(terminal, ['Organization ID: ', '999'], ['Installation ID: ', '4000000000123999']);
    await terminal.sees('403 OAUTH_ORG_MISMATCH');
    await answer(terminal, ['Organization ID [999]: ', room.desk.credentials.orgId], ['[y/N] ', 'y']);
    await terminal.sees('/installationId is invalid');
    await answer(
      terminal,
      ['Installation ID [4000000000123999]: ', room.desk.credentials.installationId],
      ['[y/N] ', 'y'],
    );
    await terminal.sees('✓ Desk recorded the test log');
    expect(room.desk.logs()).toHaveLength(1);
    // The code's exchange and one access token: a wrong id is no reason for another.
    expect(room.desk.requests().filter(({ path }) => path === '/oauth/v2/token')).toHaveLength(2);
  });

  test('without a yes no log is written, and the refresh token is shown only when asked for, and wiped off', async () => {
    const terminal = await room.begin({ isInstalled: false });
    await connectUpToTestLog(terminal, room.desk);
    terminal.types('');
    await terminal.sees('gh is not installed');
    expectNoSecretShown(terminal);
    await answer(terminal, ['Show the refresh token once', 'y']);
    await terminal.sees(room.desk.credentials.refreshToken);
    await answer(terminal, ['Press Enter to wipe it off the screen.', '']);
    expect(await terminal.ended).toBe(0);
    // It stood on the terminal's second screen, which leaves nothing in the scrollback.
    const secondScreen = /\u001b\[\?1049h[\s\S]*?\u001b\[\?1049l/g;
    expect(terminal.shown().replaceAll(secondScreen, '')).not.toContain(room.desk.credentials.refreshToken);
    expect(room.desk.logs()).toEqual([]);
  });

  test('a hidden answer does not come back with the up arrow', async () => {
    const terminal = await room.begin();
    await answerUpToCode(terminal, room.desk);
    await terminal.sees('Organization ID: ');
    terminal.presses(`${KEYS.up}${KEYS.up}${KEYS.up}`);
    terminal.types('');
    await terminal.sees('✗ Organization ID: is missing.');
    expectNoSecretShown(terminal);
  });

  test('nor is one shown that was pasted ahead of its question', async () => {
    const { clientId, clientSecret, authorizationCode } = room.desk.credentials;
    const terminal = await room.begin();
    await terminal.sees('Data center [us]: ');
    terminal.presses(['', clientId, clientSecret, authorizationCode, ''].join('\r'));
    await terminal.sees('✓ Zoho exchanged the code');
    expectNoSecretShown(terminal);
  });

  test('a code that was made without the scope is asked for again', async () => {
    const terminal = await room.begin();
    await answerUpToCode(terminal, room.desk);
    await answer(terminal, ['Organization ID', room.desk.credentials.orgId]);
    room.desk.fault({ kind: 'respond', status: 403, body: '{"errorCode":"SCOPE_MISMATCH"}' });
    await answer(terminal, ['Installation ID', room.desk.credentials.installationId]);
    await terminal.sees('403 SCOPE_MISMATCH');
    await terminal.sees('Code (not shown): ');
  });

  test('what nobody expected is said in one line, without a stack trace', async () => {
    const terminal = await room.begin({ isInstalled: false });
    await symlink('gh', join(room.programs.path, 'gh'));
    await connectUpToTestLog(terminal, room.desk);
    terminal.types('');
    expect(await terminal.ended).toBe(1);
    expect(terminal.shown()).toMatch(
      /\n✗ This failed unexpectedly\. Please report it: Error: spawn ELOOP\n$/,
    );
  });

  test("opens the chosen data center's console in the browser", async () => {
    const terminal = await room.begin({}, []);
    await answer(terminal, ['Data center [us]: ', 'ca'], ['Open the console in your browser? [y/N] ', 'y']);
    await terminal.sees('Client ID');
    expect(await room.programs.openedPage()).toBe('https://api-console.zohocloud.ca/');
  });

  test('without a browser to open, its address is there to be opened', async () => {
    const terminal = await room.begin({ hasBrowser: false }, []);
    await answer(terminal, ['Data center [us]: ', 'ca'], ['Open the console in your browser? [y/N] ', 'y']);
    await terminal.sees('No browser could be opened from here: open the address yourself.');
    expect(terminal.shown()).toContain('https://api-console.zohocloud.ca/');
  });

  test('Ctrl+C ends it at any question', async () => {
    const terminal = await room.begin();
    await answer(terminal, ['Data center', ''], ['Client ID', room.desk.credentials.clientId]);
    await terminal.sees('Client secret');
    terminal.presses(KEYS.ctrlC);
    expect(await terminal.ended).toBe(130);
    expect(terminal.shown()).toMatch(/\nStopped\.\n$/);
    expect(room.desk.requests()).toEqual([]);
  });
});
