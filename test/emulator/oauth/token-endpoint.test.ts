import { expect, test } from '@jest/globals';
import { askToken, emulatorForEachTest, postLog, send } from '../desk-client.ts';

const emulator = emulatorForEachTest();

test('a refresh token gives an access token for an hour, and no new refresh token', async () => {
  const { status, body } = await askToken(emulator());
  expect(status).toBe(200);
  expect(body).toEqual({
    access_token: expect.stringMatching(/^1000\.[0-9a-f]{32}\.[0-9a-f]{32}$/),
    api_domain: emulator().url,
    token_type: 'Bearer',
    expires_in: 3600,
  });
  const authorization = `Zoho-oauthtoken ${String(body['access_token'])}`;
  expect((await postLog(emulator(), {}, { authorization })).status).toBe(200);
});

test('an access token ends after 3,600 seconds of the emulator’s clock', async () => {
  const authorization = `Zoho-oauthtoken ${String((await askToken(emulator())).body['access_token'])}`;
  emulator().advanceClock(3_590_000);
  expect((await postLog(emulator(), {}, { authorization })).status).toBe(200);
  emulator().advanceClock(10_000);
  expect((await postLog(emulator(), {}, { authorization })).body['errorCode']).toBe('INVALID_OAUTH');
});

test.each([
  ['a wrong client id', { client_id: '1000.OTHER' }, 'invalid_client'],
  ['no client id', { client_id: null }, 'invalid_client'],
  ['a wrong secret', { client_secret: 'wrong' }, 'invalid_client_secret'],
  ['no secret', { client_secret: null }, 'invalid_client_secret'],
  ['a revoked refresh token', { refresh_token: '1000.revoked.token' }, 'invalid_code'],
  ['a wrong code', { grant_type: 'authorization_code', code: 'wrong' }, 'invalid_code'],
  ['another grant', { grant_type: 'password' }, 'general_error'],
])('%s is an error with status 200', async (_, fields, error) => {
  const { status, body } = await askToken(emulator(), fields);
  expect({ status, body }).toEqual({ status: 200, body: { error } });
});

test('a JSON body and another method are refused', async () => {
  const url = `${emulator().url}/oauth/v2/token`;
  const asJson = await send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(asJson.body).toEqual({ error: 'general_error' });
  expect((await send(url)).status).toBe(405);
});

test('client id and secret may come as HTTP Basic', async () => {
  const { clientId, clientSecret } = emulator().credentials;
  const basic = (secret: string) => ({ authorization: `Basic ${btoa(`${clientId}:${secret}`)}` });
  const without = { client_id: null, client_secret: null };
  expect((await askToken(emulator(), without, basic(clientSecret))).body['token_type']).toBe('Bearer');
  expect((await askToken(emulator(), without, basic('no'))).body).toEqual({ error: 'invalid_client_secret' });
});

test('the self client’s code is exchanged once, for the refresh token', async () => {
  const { authorizationCode, refreshToken } = emulator().credentials;
  const fields = { grant_type: 'authorization_code', code: authorizationCode, refresh_token: null };
  expect((await askToken(emulator(), fields)).body).toMatchObject({
    access_token: expect.any(String),
    refresh_token: refreshToken,
  });
  expect((await askToken(emulator(), fields)).body).toEqual({ error: 'invalid_code' });
});

test.each([400, 200] as const)('the 11th token in ten minutes is refused with %d', async (status) => {
  emulator().configure({ tokenThrottleStatus: status });
  for (let at = 1; at <= 10; at += 1) expect((await askToken(emulator())).body['access_token']).toBeDefined();
  const refused = await askToken(emulator());
  expect(refused.status).toBe(status);
  expect(refused.body).toEqual({
    error_description: 'You have made too many requests continuously. Please try again after some time.',
    error: 'Access Denied',
    status: 'failure',
  });
  emulator().advanceClock(10 * 60 * 1000);
  expect((await askToken(emulator())).body['access_token']).toBeDefined();
});

test('tokens issued at the controls do not count for the throttle', async () => {
  for (let at = 1; at <= 20; at += 1) emulator().issueAccessToken();
  expect((await askToken(emulator())).body['access_token']).toBeDefined();
});
