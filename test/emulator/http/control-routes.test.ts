import { request } from 'node:http';
import { expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../emulator/start-emulator.ts';
import {
  askToken,
  control,
  emulatorForEachTest,
  networkError,
  postLog,
  postLogs,
  until,
} from '../desk-client.ts';

const emulator = emulatorForEachTest();

const DEFAULTS = {
  overflow: 'error',
  parentIdOfParent: 'absent',
  referenceScope: 'installation',
  requireDescription: true,
  unknownKeys: 'reject',
  badInstallation: 422,
  tokenThrottleStatus: 400,
  invokeAnswer: 'object',
  invokeErrors: 'inner',
  badHash: 401,
  edition: 'enterprise',
  users: 1,
  latencyMs: 0,
  creditsPerDay: null,
  concurrentCalls: null,
};

test('state shows everything', async () => {
  const { body: log } = await postLog(emulator());
  emulator().fault({ kind: 'html', times: 'always' });
  const { status, body } = await control(emulator(), 'state');
  expect(status).toBe(200);
  expect(body).toEqual({
    url: emulator().url,
    now: expect.any(String),
    switches: DEFAULTS,
    credentials: emulator().credentials,
    faults: [{ kind: 'html', times: 'always', skip: 0 }],
    mostInFlight: 1,
    logs: [expect.objectContaining({ logId: log['logId'] })],
    requests: [expect.objectContaining({ recordedLogId: log['logId'] })],
  });
});

test('switches, faults, clock, tokens and reset work over HTTP', async () => {
  expect((await control(emulator(), 'switches', { overflow: 'newParent' })).body).toEqual({
    ...DEFAULTS,
    overflow: 'newParent',
  });
  await control(emulator(), 'faults', [{ kind: 'error500' }, { kind: 'error502' }]);
  expect([(await postLog(emulator())).status, (await postLog(emulator())).status]).toEqual([500, 502]);
  const { body } = await control(emulator(), 'clock', { advanceMs: 86_400_000 });
  expect(Date.parse(String(body['now'])) - Date.now()).toBeGreaterThan(86_000_000);
  const { body: token } = await control(emulator(), 'access-tokens', { expiresInSeconds: 60 });
  const authorization = `Bearer ${String(token['accessToken'])}`;
  expect((await postLog(emulator(), {}, { authorization })).status).toBe(200);
  await control(emulator(), 'access-tokens/revoke', {});
  expect((await postLog(emulator(), {}, { authorization })).status).toBe(401);
  const { body: state } = await control(emulator(), 'reset', {});
  expect(state).toMatchObject({ logs: [], requests: [], faults: [], switches: { overflow: 'newParent' } });
  expect(Math.abs(Date.parse(String(state['now'])) - Date.now())).toBeLessThan(60_000);
});

test('a POST without a body asks for what is usual', async () => {
  const answer = await fetch(`${emulator().url}/__emulator/access-tokens`, { method: 'POST' });
  const { accessToken } = (await answer.json()) as { accessToken: string };
  expect((await postLog(emulator(), {}, { authorization: `Bearer ${accessToken}` })).status).toBe(200);
});

test('reset brings back the throttle, the code and the credits, and keeps ids increasing', async () => {
  emulator().configure({ creditsPerDay: 1 });
  const [first] = await postLogs(emulator(), 'run-1', 1);
  for (let at = 0; at < 10; at += 1) await askToken(emulator());
  emulator().reset();
  expect((await askToken(emulator())).status).toBe(200);
  const { body } = await postLog(emulator());
  expect(BigInt(String(body['logId']))).toBeGreaterThan(BigInt(String(first?.body['logId'])));
});

test.each([
  [
    'switches',
    { overflo: 'error' },
    /^Unknown switch "overflo"\. Switches are: overflow, parentIdOfParent, .*concurrentCalls\.$/,
  ],
  ['switches', { overflow: 'explode' }, /^overflow cannot be "explode"\. Allowed: error, newParent\.$/],
  [
    'switches',
    { users: -1, latencyMs: 'a' },
    /^users cannot be -1\. Allowed: a whole number of 0 or more\.\nlatencyMs cannot/,
  ],
  ['switches', { concurrentCalls: 0 }, /Allowed: a whole number of 1 or more, or null/],
  ['switches', [], /^Switches are a JSON object with any of: overflow/],
  ['faults', { kind: 'nope' }, /^Unknown fault "nope"\. Faults are: html/],
  ['faults', 'html', /^A fault is an object with any of: kind, on/],
  ['faults', { kind: 'error500', headers: { 'two words': '1' } }, /^headers of a fault cannot be/],
  ['faults', { kind: 'error500', headers: { line: 'one\ntwo' } }, /^headers of a fault cannot be/],
  ['access-tokens', { scopes: 5 }, /^scopes of a token cannot be 5\. Allowed: a list of texts\.$/],
  [
    'access-tokens',
    { orgId: 1, expiresInSeconds: 'a' },
    /^orgId of a token cannot be 1\. .*\nexpiresInSeconds of a token cannot be "a"\. /,
  ],
  [
    'access-tokens',
    { scope: [] },
    /^Unknown option "scope" of a token\. Options are: scopes, orgId, expiresInSeconds\.$/,
  ],
  ['access-tokens', [], /^A token's options are a JSON object/],
  ['clock', { advanceMs: -1 }, /moves forward only/],
  ['clock', { advanceMs: 1e18 }, /moves forward only, up to the year 9999/],
  ['clock', 5, /^Give \{"advanceMs"/],
  ['clock', { minutes: 1 }, /^Give \{"advanceMs"/],
])('a bad POST to %s of %j is a 400 that says what is allowed', async (name, body, message) => {
  const heard = await control(emulator(), name, body);
  expect([heard.status, heard.body['message']]).toEqual([400, expect.stringMatching(message)]);
  expect((await control(emulator(), 'state')).body).toMatchObject({ switches: DEFAULTS, faults: [] });
});

test('a body that is not JSON, an unknown route and a wrong method are told apart', async () => {
  const url = `${emulator().url}/__emulator/switches`;
  expect((await fetch(url, { method: 'POST', body: '{' })).status).toBe(400);
  expect((await control(emulator(), 'nowhere', {})).body['message']).toMatch(
    /POST: switches, faults, portals, clock, reset/,
  );
  expect((await control(emulator(), 'constructor', {})).status).toBe(404);
  expect((await control(emulator(), '__proto__', {})).status).toBe(404);
  expect((await control(emulator(), 'reset')).status).toBe(405);
});

test('switches given to configure are checked the same way', () => {
  expect(() => emulator().configure({ overflow: 'maybe' as never })).toThrow('Allowed: error, newParent.');
});

test('a page of another origin cannot write', async () => {
  const from = (origin: string) => control(emulator(), 'reset', {}, { origin });
  expect((await from('https://example.com')).status).toBe(403);
  expect((await from('null')).status).toBe(403);
  expect((await from(emulator().url)).status).toBe(200);
});

/** `fetch` does not let a test choose the Host header; `node:http` does. */
function statusWithHost(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(`${emulator().url}/`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject).end();
  });
}

test.each([
  ['evil.example', 403],
  ['127.0.0.1.evil.example', 403],
  ['localhost@evil.example', 403],
  ['192.168.0.7:8025', 403],
  ['host.docker.internal.evil.example', 403],
  ['host.docker.internal:8025', 200],
  ['localhost:8025', 200],
  ['127.0.0.1', 200],
  ['[::1]:8025', 200],
])('Host %s is answered %d', async (host, status) => {
  expect(await statusWithHost(host)).toBe(status);
});

test('open pages receive logs and changes as events', async () => {
  const stop = new AbortController();
  const response = await fetch(`${emulator().url}/__emulator/events`, { signal: stop.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += new TextDecoder().decode(chunk as Uint8Array);
  })().catch(() => undefined);
  const { body } = await postLog(emulator(), { title: 'two\nlines' });
  emulator().advanceClock(1);
  await until(() => text.includes('event: change'));
  const data = JSON.stringify({
    logId: body['logId'],
    parentLogId: null,
    title: 'two\nlines',
    orgId: emulator().credentials.orgId,
  });
  expect(text).toContain(`event: log\ndata: ${data}\n\n`);
  stop.abort();
  await reading;
});

test('close ends stalled and watching connections, and nothing answers afterwards', async () => {
  const own: Emulator = await startEmulator({
    credentials: { orgId: '7' },
    switches: { overflow: 'newParent' },
  });
  expect(own.credentials).toMatchObject({ orgId: '7', clientId: '1000.LOCALCLIENT' });
  own.fault({ kind: 'stallBefore' }, { kind: 'latency', delayMs: 60_000 });
  const held = [postLog(own), postLog(own), fetch(`${own.url}/__emulator/events`).then((one) => one.text())];
  const ended = Promise.all(held.map(networkError));
  await until(() => own.requests().length === 2 && own.logs().length === 1);
  await own.close();
  expect(await ended).not.toContain('none');
  expect(await networkError(fetch(own.url))).toBe('ECONNREFUSED');
});

test('listens on loopback only', async () => {
  await expect(startEmulator({ host: '0.0.0.0' })).rejects.toThrow('loopback only');
  const six = await startEmulator({ host: '::1' });
  expect((await postLog(six)).status).toBe(200);
  await six.close();
});

test('bad switches at the start are refused', async () => {
  await expect(startEmulator({ switches: { users: 1.5 } })).rejects.toThrow('users cannot be 1.5.');
});
