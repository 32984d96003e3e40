import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import type { Fault, FaultKind } from '../../../emulator/start-emulator.ts';
import { askToken, emulatorForEachTest, networkError, postLog, send, until } from '../desk-client.ts';

const emulator = emulatorForEachTest();
const HTML = 'text/html;charset=UTF-8';
const JSON_TYPE = 'application/json;charset=UTF-8';
const recorded = () => emulator().logs().length;

/** Kind, status, content type, errorCode, logs recorded. */
const ANSWERED: [FaultKind, number, string, string | undefined, number][] = [
  ['html', 200, HTML, undefined, 0],
  ['html404', 404, HTML, undefined, 0],
  ['unauthorized', 401, JSON_TYPE, 'INVALID_OAUTH', 0],
  ['tooMany', 429, JSON_TYPE, 'TOO_MANY_REQUESTS', 0],
  ['credits', 429, JSON_TYPE, 'THRESHOLD_EXCEEDED', 0],
  ['error500', 500, JSON_TYPE, 'INTERNAL_SERVER_ERROR', 0],
  ['error502', 502, HTML, undefined, 0],
  ['error503', 503, JSON_TYPE, 'SERVICE_UNAVAILABLE', 0],
  ['error504', 504, HTML, undefined, 0],
  ['error500After', 500, JSON_TYPE, 'INTERNAL_SERVER_ERROR', 1],
  ['error502After', 502, HTML, undefined, 1],
  ['unreadableAfter', 200, JSON_TYPE, undefined, 1],
  ['redirect', 302, HTML, undefined, 0],
];

test.each(ANSWERED)('%s answers %d, once', async (kind, status, type, code, logs) => {
  emulator().fault({ kind });
  const heard = await postLog(emulator());
  expect([heard.status, heard.headers.get('content-type'), heard.body['errorCode']]).toEqual([
    status,
    type,
    code,
  ]);
  expect(recorded()).toBe(logs);
  const logId = emulator().logs()[0]?.logId ?? null;
  expect(emulator().requests()).toMatchObject([{ status, recordedLogId: logId }]);
  expect((await postLog(emulator())).status).toBe(200);
});

test.each(['tooMany', 'error500', 'error502', 'error503', 'error504'] as const)(
  '%s has a Retry-After only if given',
  async (kind) => {
    emulator().fault({ kind }, { kind, retryAfter: 7 });
    expect((await postLog(emulator())).headers.get('retry-after')).toBeNull();
    expect((await postLog(emulator())).headers.get('retry-after')).toBe('7');
  },
);

test('credits has a Retry-After until midnight, or the one given', async () => {
  emulator().fault({ kind: 'credits' }, { kind: 'credits', retryAfter: 3 });
  const first = await postLog(emulator());
  expect(Number(first.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(first.headers.get('x-rate-limit-remaining-v3')).toBe('0');
  expect((await postLog(emulator())).headers.get('retry-after')).toBe('3');
});

test.each([
  ['resetBefore', 0],
  ['resetAfter', 1],
] as const)('%s ends the connection with %d log(s) recorded', async (kind, logs) => {
  emulator().fault({ kind });
  expect(await networkError(postLog(emulator()))).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
  expect(recorded()).toBe(logs);
  expect(emulator().requests()).toMatchObject([{ status: null }]);
});

test('unreadableAfter breaks off in the middle of its JSON', async () => {
  emulator().fault({ kind: 'unreadableAfter' });
  const { text } = await postLog(emulator());
  expect(text).toMatch(/^\{"extensionName"/);
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
});

test('stall sends headers and half of the body', async () => {
  emulator().fault({ kind: 'stall' });
  const stop = new AbortController();
  const { url, credentials } = emulator();
  const response = await fetch(`${url}/api/v1/extensionLogs`, {
    method: 'POST',
    signal: stop.signal,
    headers: {
      authorization: `Bearer ${emulator().issueAccessToken()}`,
      orgId: credentials.orgId,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ title: 'a', description: 'b', installationId: credentials.installationId }),
  });
  const reader = response.body?.getReader();
  const first = (await reader?.read()) as { value: Uint8Array } | undefined;
  expect(response.status).toBe(200);
  expect(first?.value.length).toBeLessThan(Number(response.headers.get('content-length')));
  stop.abort();
  expect(await networkError(reader?.read() ?? Promise.resolve())).toBe('AbortError');
  expect(recorded()).toBe(1);
  expect(emulator().requests()).toMatchObject([{ status: null, recordedLogId: expect.any(String) }]);
});

test('stallBefore never answers', async () => {
  emulator().fault({ kind: 'stallBefore' });
  const stop = new AbortController();
  const held = networkError(postLog(emulator(), {}, {}, { signal: stop.signal }));
  await until(() => emulator().requests()[0]?.body !== undefined && emulator().requests()[0]?.body !== '');
  stop.abort();
  expect(await held).toBe('AbortError');
  expect(recorded()).toBe(0);
});

test('latency answers as usual, later', async () => {
  emulator().fault({ kind: 'latency', delayMs: 80 });
  const start = performance.now();
  expect((await postLog(emulator())).status).toBe(200);
  expect(performance.now() - start).toBeGreaterThanOrEqual(79);
});

test('latency delays refusals as well', async () => {
  emulator().fault({ kind: 'latency', delayMs: 1 });
  expect((await postLog(emulator(), { title: undefined })).status).toBe(422);
  expect((await control()).faults).toEqual([]);
});

test('a client that gives up during latency finds its log recorded', async () => {
  emulator().fault({ kind: 'latency', delayMs: 60_000 });
  const stop = new AbortController();
  const held = networkError(postLog(emulator(), {}, {}, { signal: stop.signal }));
  await until(() => recorded() === 1);
  stop.abort();
  expect(await held).toBe('AbortError');
  expect(emulator().requests()).toMatchObject([{ status: null }]);
});

test('a client that follows a redirect is seen', async () => {
  emulator().fault({ kind: 'redirect' });
  const { headers } = await postLog(emulator());
  await send(headers.get('location') ?? '');
  expect(emulator().requests().at(-1)?.path).toBe('/api/v1/redirected');
});

test('hugeBody is eight megabytes', async () => {
  emulator().fault({ kind: 'hugeBody' });
  const { status, text } = await postLog(emulator());
  expect(status).toBe(200);
  expect(text.length).toBeGreaterThan(8_000_000);
  expect(recorded()).toBe(0);
});

test('respond answers exactly what was given', async () => {
  emulator().fault(
    { kind: 'respond', status: 418, body: 'tea', headers: { 'X-Pot': 'yes' } },
    { kind: 'respond' },
  );
  const { status, text, headers } = await postLog(emulator());
  expect([status, text, headers.get('x-pot'), headers.get('content-type')]).toEqual([
    418,
    'tea',
    'yes',
    null,
  ]);
  expect(await postLog(emulator())).toMatchObject({ status: 200, text: '' });
});

const statuses = async (count: number, fields: object = {}) => {
  const heard: number[] = [];
  for (let at = 0; at < count; at += 1) heard.push((await postLog(emulator(), { ...fields })).status);
  return heard;
};

test.each<[string, Fault[], number[]]>([
  ['one after another', [{ kind: 'error500' }, { kind: 'error502' }], [500, 502, 200]],
  ['times', [{ kind: 'error500', times: 2 }, { kind: 'error502' }], [500, 500, 502, 200]],
  ['always', [{ kind: 'error500', times: 'always' }, { kind: 'error502' }], [500, 500, 500, 500]],
  ['skip', [{ kind: 'error500', skip: 2 }, { kind: 'error502' }], [200, 200, 500, 502]],
])('faults wait in line: %s', async (_, faults, expected) => {
  emulator().fault(...faults);
  expect(await statuses(expected.length)).toEqual(expected);
});

test('match leaves other requests alone', async () => {
  emulator().fault({ kind: 'error500', match: '"title":"Deploy"' }, { kind: 'error502' });
  expect(await statuses(2)).toEqual([502, 200]);
  expect(await statuses(2, { title: 'Deploy' })).toEqual([500, 200]);
});

test('a fault after recording waits for a request that is recorded', async () => {
  emulator().fault({ kind: 'error500After' });
  expect(await statuses(1, { title: undefined })).toEqual([422]);
  expect(await statuses(2)).toEqual([500, 200]);
});

test('on: token strikes the token endpoint only', async () => {
  emulator().fault({ kind: 'error502', on: 'token' }, { kind: 'resetAfter', on: 'token' });
  expect((await postLog(emulator())).status).toBe(200);
  expect((await askToken(emulator())).status).toBe(502);
  expect(await networkError(askToken(emulator()))).not.toBe('none');
  expect((await askToken(emulator())).body['access_token']).toBeDefined();
});

test('reset forgets faults', async () => {
  emulator().fault({ kind: 'error500', times: 'always' });
  emulator().reset();
  expect((await postLog(emulator())).status).toBe(200);
});

test.each([
  [{ kind: 'explode' }, /Unknown fault "explode"\. Faults are: html, html404, .*respond\./],
  [
    { kind: 'html', times: 0 },
    /times of a fault cannot be 0\. Allowed: a whole number of 1 or more, or always\./,
  ],
  [{ kind: 'html', on: 'page' }, /on of a fault cannot be "page"\. Allowed: log, token\./],
  [{ kind: 'html', retries: 1 }, /Unknown key "retries" of a fault\. Keys are: kind, on, times/],
  [{ kind: 'respond', status: 99 }, /status of a fault cannot be 99/],
  [{ kind: 'respond', headers: { a: 1 } }, /headers of a fault cannot be/],
])('a bad fault says what is allowed: %j', (fault, message) => {
  expect(() => emulator().fault(fault as never)).toThrow(message);
});

test('a client that leaves in the middle of its request does no harm', async () => {
  const { port } = new URL(emulator().url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write('POST /api/v1/extensionLogs HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100\r\n\r\n{"ti');
  await until(() => emulator().requests().length === 1);
  socket.destroy();
  expect((await postLog(emulator())).status).toBe(200);
  expect(emulator().requests()[0]).toMatchObject({ status: null, recordedLogId: null });
});

async function control(): Promise<Record<string, unknown>> {
  return (await send(`${emulator().url}/__emulator/state`)).body;
}
