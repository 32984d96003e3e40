import { expect, test } from '@jest/globals';
import { askToken, emulatorForEachTest, postLog, send } from '../desk-client.ts';

const emulator = emulatorForEachTest();
const REDIRECT = 'http://localhost:5678/rest/oauth2-credential/callback';

function consent(changes: Record<string, string | null> = {}) {
  const query = {
    response_type: 'code',
    client_id: emulator().credentials.clientId,
    scope: 'Desk.extensions.CREATE',
    redirect_uri: REDIRECT,
    state: 'a b&c',
    access_type: 'offline',
    prompt: 'consent',
    ...changes,
  };
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== null);
  return send(`${emulator().url}/oauth/v2/auth?${new URLSearchParams(given).toString()}`);
}

async function codeFrom(changes: Record<string, string | null> = {}): Promise<string> {
  const { headers } = await consent(changes);
  return new URL(headers.get('location') ?? '').searchParams.get('code') ?? '';
}

const exchange = (code: string, redirect = REDIRECT) =>
  askToken(emulator(), {
    grant_type: 'authorization_code',
    refresh_token: null,
    code,
    redirect_uri: redirect,
  });

test('sends the user back with code and state', async () => {
  const { status, headers } = await consent();
  const target = new URL(headers.get('location') ?? '');
  expect(status).toBe(302);
  expect(target.origin + target.pathname).toBe(REDIRECT);
  expect(Object.fromEntries(target.searchParams)).toEqual({ code: expect.any(String), state: 'a b&c' });
});

test('its code gives a refresh token, which gives access tokens', async () => {
  const { body } = await exchange(await codeFrom());
  const refreshed = await askToken(emulator(), { refresh_token: String(body['refresh_token']) });
  const authorization = `Bearer ${String(refreshed.body['access_token'])}`;
  expect((await postLog(emulator(), {}, { authorization })).status).toBe(200);
});

test.each([{ access_type: 'online' }, { access_type: null }, { prompt: null }])(
  'without offline access and consent there is no refresh token: %j',
  async (changes) => {
    const { body } = await exchange(await codeFrom(changes));
    expect(Object.keys(body)).toEqual(['access_token', 'api_domain', 'token_type', 'expires_in']);
  },
);

test('a code can be exchanged once, for its redirect URI, for two minutes', async () => {
  const code = await codeFrom();
  expect((await exchange(code, 'http://localhost:1/other')).body).toEqual({ error: 'invalid_code' });
  expect((await exchange(code)).body['access_token']).toBeDefined();
  expect((await exchange(code)).body).toEqual({ error: 'invalid_code' });
  const late = await codeFrom();
  emulator().advanceClock(120_000);
  expect((await exchange(late)).body).toEqual({ error: 'invalid_code' });
});

test('the token has the scopes that were asked for', async () => {
  const { body } = await exchange(await codeFrom({ scope: 'Desk.tickets.READ,Desk.basic.READ' }));
  const authorization = `Bearer ${String(body['access_token'])}`;
  expect((await postLog(emulator(), {}, { authorization })).body['errorCode']).toBe('SCOPE_MISMATCH');
});

test.each([
  ['http:// elsewhere', { redirect_uri: 'http://example.com/callback' }],
  ['a script', { redirect_uri: 'javascript:alert(1)' }],
  ['no redirect URI', { redirect_uri: null }],
  ['another client', { client_id: '1000.OTHER' }],
  ['another response type', { response_type: 'token' }],
  ['no scope', { scope: null }],
])('does not redirect for %s', async (_, changes) => {
  const { status, headers } = await consent(changes);
  expect(status).toBe(400);
  expect(headers.get('location')).toBeNull();
});

test('redirects to https anywhere', async () => {
  expect(
    (await consent({ redirect_uri: 'https://n8n.example/callback', state: null })).headers.get('location'),
  ).toMatch(/^https:\/\/n8n\.example\/callback\?code=1000\.[^&]+$/);
});
