import { expect, test } from '@jest/globals';
import type { FaultKind } from '../../../emulator/start-emulator.ts';
import {
  emulatorForEachTest,
  type Heard,
  innerOf,
  invoke,
  invokeFields,
  networkError,
  postLog,
  send,
  until,
} from '../desk-client.ts';

const emulator = emulatorForEachTest({ portals: 3 });
const portal = (index: number) => {
  const found = emulator().portals[index];
  if (found === undefined) throw new Error(`There is no portal ${index}`);
  return found;
};
const inner = (heard: Heard) => {
  const { statusCode, statusMessage } = innerOf(heard);
  return [heard.status, statusCode, statusMessage['errorCode']];
};
const outer = ({ status, body }: Heard) => [status, body['errorCode']];

test('records a log in the installation that the securityContext names', async () => {
  const heard = await invoke(emulator(), invokeFields(emulator(), { reference: 'run-1' }, portal(1)), {
    orgId: portal(1).orgId,
  });
  expect(heard.status).toBe(200);
  const [log] = emulator().logs();
  expect(innerOf(heard)).toEqual({
    statusCode: 200,
    statusMessage: {
      extensionName: 'Local Extension',
      description: 'In 3 s',
      logId: log?.logId,
      installationId: portal(1).installations[0]?.installationId,
      title: 'Built',
      logTime: log?.logTime,
    },
  });
  expect(log).toMatchObject({ orgId: portal(1).orgId, reference: 'run-1' });
  expect(emulator().requests()).toMatchObject([{ orgId: portal(1).orgId, recordedLogId: log?.logId }]);
});

test('both doors write to one group', async () => {
  const parent = await postLog(emulator(), { reference: 'run-1' });
  const heard = await invoke(emulator(), invokeFields(emulator(), { reference: 'run-1' }));
  expect(innerOf(heard).statusMessage['parentLogId']).toBe(parent.body['logId']);
});

test('invokeAnswer=text: the inner answer is JSON text once more', async () => {
  emulator().configure({ invokeAnswer: 'text' });
  const { body } = await invoke(emulator());
  const response = JSON.parse(String(body['response'])) as Record<string, unknown>;
  expect(Object.keys(response)).toEqual(['statusMessage']);
  expect(JSON.parse(String(response['statusMessage']))).toMatchObject({ title: 'Built' });
});

test.each([
  ['inner', 200],
  ['outer', 422],
] as const)('invokeErrors=%s: an inner 422 comes with the status %d', async (invokeErrors, status) => {
  emulator().configure({ invokeErrors });
  const heard = await invoke(emulator(), invokeFields(emulator(), { title: undefined }));
  expect(inner(heard)).toEqual([status, 422, 'INVALID_DATA']);
  expect(innerOf(heard).statusMessage['errors']).toMatchObject([{ fieldName: '/title' }]);
});

test.each([
  [401, 'UNAUTHORIZED'],
  [403, 'FORBIDDEN'],
  [400, 'BAD_REQUEST'],
] as const)('badHash=%d: a wrong HASH and a dead securityContext look alike', async (badHash, code) => {
  emulator().configure({ badHash });
  const fields = invokeFields(emulator());
  const expected = [badHash, code];
  expect(outer(await invoke(emulator(), fields, { hash: 'f'.repeat(64) }))).toEqual(expected);
  expect(outer(await invoke(emulator(), fields, { hash: '' }))).toEqual(expected);
  expect(outer(await invoke(emulator(), { ...fields, securityContext: 'gone' }))).toEqual(expected);
  emulator().configurePortal(portal(0).orgId, { installed: false });
  expect(outer(await invoke(emulator(), fields))).toEqual(expected);
  emulator().configurePortal(portal(0).orgId, { installed: true });
  expect((await invoke(emulator(), fields)).status).toBe(200);
  expect(emulator().logs()).toHaveLength(1);
});

test.each(['requestURL', 'requestType', 'postBody', 'headers', 'connectionLinkName', 'queryParams'])(
  'a HASH of another %s is refused',
  async (name) => {
    const fields = invokeFields(emulator());
    const changed = { ...fields, [name]: `${fields[name] ?? ''} ` };
    const { HASH } = await hashSentFor(fields);
    expect((await invoke(emulator(), changed, { hash: HASH })).status).toBe(401);
    expect(emulator().logs()).toHaveLength(1);
  },
);

async function hashSentFor(fields: Record<string, string>): Promise<{ HASH: string }> {
  await invoke(emulator(), fields);
  return { HASH: emulator().requests().at(-1)?.headers['hash'] ?? '' };
}

test('a securityContext of one portal opens no other', async () => {
  const fields = invokeFields(emulator(), {}, portal(1));
  expect(outer(await invoke(emulator(), fields, { orgId: portal(2).orgId }))).toEqual([403, 'FORBIDDEN']);
  const mixed = { ...fields, headers: invokeFields(emulator(), {}, portal(2))['headers'] ?? '' };
  expect(inner(await invoke(emulator(), mixed, { orgId: portal(1).orgId }))).toEqual([
    200,
    403,
    'OAUTH_ORG_MISMATCH',
  ]);
  const { installationId } = invokeFieldsBody(2);
  const foreign = invokeFields(emulator(), { installationId }, portal(1));
  expect(inner(await invoke(emulator(), foreign, { orgId: portal(1).orgId }))).toEqual([
    200,
    422,
    'INVALID_DATA',
  ]);
  expect(emulator().logs()).toEqual([]);
});

function invokeFieldsBody(index: number): { installationId: string } {
  const { postBody = '' } = invokeFields(emulator(), {}, portal(index));
  return JSON.parse(postBody) as { installationId: string };
}

test('only Add a Log can be called, at a Desk host, by the extension’s own connector', async () => {
  const fields = invokeFields(emulator());
  const answers = async (changes: Record<string, string>) =>
    inner(await invoke(emulator(), { ...fields, ...changes })).slice(1);
  const path = '/api/v1/extensionLogs';
  expect(await answers({ requestURL: `https://desk.zoho.eu${path}` })).toEqual([200, undefined]);
  expect(await answers({ requestURL: `https://desk.zoho.eu${path}?id={{installationId}}` })).toEqual([
    422,
    'UNPROCESSABLE_ENTITY',
  ]);
  expect(await answers({ requestURL: `https://desk.example.com${path}` })).toEqual([403, 'FORBIDDEN']);
  expect(await answers({ requestURL: 'https://desk.zoho.com/api/v1/tickets' })).toEqual([
    404,
    'URL_NOT_FOUND',
  ]);
  expect(await answers({ requestURL: 'extensionLogs' })).toEqual([400, 'BAD_REQUEST']);
  expect(await answers({ requestType: 'GET' })).toEqual([405, 'METHOD_NOT_ALLOWED']);
  expect(await answers({ headers: '{' })).toEqual([400, 'BAD_REQUEST']);
  expect(await answers({ queryParams: '{"from":"1"}' })).toEqual([422, 'UNPROCESSABLE_ENTITY']);
  expect(await answers({ connectionLinkName: 'another' })).toEqual([403, 'FORBIDDEN']);
  expect(await answers({ connectionLinkName: '' })).toEqual([200, undefined]);
});

test('the call itself is a POST of a form', async () => {
  const url = `${emulator().url}/api/v1/invoke?orgId=${portal(0).orgId}`;
  expect(outer(await send(url))).toEqual([405, 'METHOD_NOT_ALLOWED']);
  const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
  expect(outer(await send(url, json))).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
});

test('takes from the same limits as the other door', async () => {
  emulator().configure({ creditsPerDay: 1 });
  await postLog(emulator());
  const heard = await invoke(emulator());
  expect(inner(heard)).toEqual([200, 429, 'THRESHOLD_EXCEEDED']);
  expect(Number(heard.headers.get('retry-after'))).toBeGreaterThan(0);
});

const INNER: [FaultKind, number, string][] = [
  ['unauthorized', 401, 'INVALID_OAUTH'],
  ['tooMany', 429, 'TOO_MANY_REQUESTS'],
  ['credits', 429, 'THRESHOLD_EXCEEDED'],
  ['error500', 500, 'INTERNAL_SERVER_ERROR'],
  ['error503', 503, 'SERVICE_UNAVAILABLE'],
  ['error500After', 500, 'INTERNAL_SERVER_ERROR'],
];

test.each(INNER)('the fault %s is an inner %d', async (kind, status, code) => {
  emulator().fault({ kind }, { kind });
  expect(inner(await invoke(emulator()))).toEqual([200, status, code]);
  emulator().configure({ invokeErrors: 'outer' });
  expect(inner(await invoke(emulator()))).toEqual([status, status, code]);
  expect(emulator().logs()).toHaveLength(kind === 'error500After' ? 2 : 0);
});

test.each([
  ['html', 200, 0],
  ['html404', 404, 0],
  ['error502', 502, 0],
  ['error502After', 502, 1],
  ['error504', 504, 0],
  ['redirect', 302, 0],
] as const)('the fault %s is the gateway’s own %d', async (kind, status, logs) => {
  emulator().fault({ kind });
  const heard = await invoke(emulator());
  expect([heard.status, heard.headers.get('content-type')]).toEqual([status, 'text/html;charset=UTF-8']);
  expect(emulator().logs()).toHaveLength(logs);
});

test('an answer that breaks off, and a connection that does', async () => {
  emulator().fault({ kind: 'unreadableAfter' }, { kind: 'resetAfter' });
  const { text } = await invoke(emulator());
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  expect(await networkError(invoke(emulator()))).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
  expect(emulator().logs()).toHaveLength(2);
});

test('a fault finds a log by its text through this door too', async () => {
  emulator().fault({ kind: 'error502', match: '"title":"Größe & = 1"' });
  expect((await invoke(emulator())).status).toBe(200);
  const fields = invokeFields(emulator(), { title: 'Größe & = 1' });
  expect((await invoke(emulator(), fields)).status).toBe(502);
});

test('counts among the requests in flight', async () => {
  emulator().fault({ kind: 'stall' });
  const stop = new AbortController();
  const held = networkError(invoke(emulator(), undefined, { signal: stop.signal }));
  await until(() => emulator().logs().length === 1);
  await invoke(emulator());
  expect(emulator().mostInFlight()).toBe(2);
  stop.abort();
  expect(await held).toBe('AbortError');
});
