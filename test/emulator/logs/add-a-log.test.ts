import { expect, test } from '@jest/globals';
import { askToken, emulatorForEachTest, postLog, postLogs, send } from '../desk-client.ts';

const emulator = emulatorForEachTest();
const DAY_MS = 24 * 60 * 60 * 1000;

test('answers 200 and a bare object with ids as strings', async () => {
  const { status, body, headers } = await postLog(emulator(), { reference: 'run-1' });
  expect(status).toBe(200);
  expect(headers.get('content-type')).toMatch(/^application\/json/);
  expect(body).toEqual({
    extensionName: 'Local Extension',
    description: 'In 3 s',
    logId: expect.stringMatching(/^\d{18}$/),
    installationId: emulator().credentials.installationId,
    title: 'Built',
    logTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  });
});

test('records what was sent, and the request that brought it', async () => {
  const { body } = await postLog(emulator(), { reference: 'run-1' });
  const { orgId, installationId } = emulator().credentials;
  expect(emulator().logs()).toEqual([
    {
      logId: body['logId'],
      parentLogId: null,
      reference: 'run-1',
      title: 'Built',
      description: 'In 3 s',
      installationId,
      orgId,
      extensionName: 'Local Extension',
      logTime: body['logTime'],
    },
  ]);
  expect(emulator().requests()).toEqual([
    {
      method: 'POST',
      path: '/api/v1/extensionLogs',
      headers: expect.objectContaining({ orgid: orgId, 'content-type': 'application/json' }),
      body: JSON.stringify({ title: 'Built', description: 'In 3 s', installationId, reference: 'run-1' }),
      status: 200,
      arrivedAt: expect.any(Number),
      orgId,
      recordedLogId: body['logId'],
    },
  ]);
});

test('ids are beyond 2^53, distinct and increasing', async () => {
  const ids = (await postLogs(emulator(), 'run-1', 10)).map(({ body }) => BigInt(String(body['logId'])));
  expect(new Set(ids).size).toBe(10);
  expect(ids.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(ids);
  expect(ids.every((id) => id > 2n ** 53n)).toBe(true);
  expect(new Set(ids.map(Number)).size).toBeLessThan(10);
});

test('the first log of a reference is the parent of the next nine', async () => {
  const [parent, ...subLogs] = await postLogs(emulator(), 'run-1', 10);
  expect(subLogs.map(({ body }) => body['parentLogId'])).toEqual(Array(9).fill(parent?.body['logId']));
  expect(
    emulator()
      .logs()
      .map((log) => log.parentLogId),
  ).toEqual([null, ...Array<unknown>(9).fill(parent?.body['logId'])]);
});

test('a log without reference is a parent each time', async () => {
  await postLog(emulator());
  await postLog(emulator());
  expect(
    emulator()
      .logs()
      .map(({ parentLogId, reference }) => [parentLogId, reference]),
  ).toEqual([
    [null, null],
    [null, null],
  ]);
});

test('overflow=error: the 11th log is a 422 on /reference, and is not recorded', async () => {
  const eleventh = (await postLogs(emulator(), 'run-1', 11)).at(-1);
  expect(eleventh?.status).toBe(422);
  expect(eleventh?.body).toEqual({
    errorCode: 'INVALID_DATA',
    message: 'The data is invalid due to validation restrictions',
    errors: [{ fieldName: '/reference', errorType: 'invalid', errorMessage: '' }],
  });
  expect(emulator().logs()).toHaveLength(10);
  expect(emulator().requests().at(-1)).toMatchObject({ status: 422, recordedLogId: null });
});

test('overflow=newParent: the 11th log is a parent, and the 12th its sub-log', async () => {
  emulator().configure({ overflow: 'newParent' });
  const heard = await postLogs(emulator(), 'run-1', 12);
  expect(heard[10]?.body).not.toHaveProperty('parentLogId');
  expect(heard[11]?.body['parentLogId']).toBe(heard[10]?.body['logId']);
});

test.each([
  ['absent', {}],
  ['null', { parentLogId: null }],
  ['empty', { parentLogId: '' }],
] as const)('parentIdOfParent=%s', async (parentIdOfParent, expected) => {
  emulator().configure({ parentIdOfParent });
  const { body } = await postLog(emulator());
  expect('parentLogId' in body ? { parentLogId: body['parentLogId'] } : {}).toEqual(expected);
  expect(emulator().logs()[0]?.parentLogId).toBeNull();
});

test('parentIdOfParent=self', async () => {
  emulator().configure({ parentIdOfParent: 'self' });
  const { body } = await postLog(emulator());
  expect(body['parentLogId']).toBe(body['logId']);
  expect(emulator().logs()[0]?.parentLogId).toBeNull();
});

test.each([
  ['installation', 2],
  ['organization', 1],
] as const)(
  'referenceScope=%s: two installations with one reference make %d parent(s)',
  async (referenceScope, parents) => {
    emulator().configure({ referenceScope });
    await postLog(emulator(), { reference: 'run-1' });
    await postLog(emulator(), {
      reference: 'run-1',
      installationId: emulator().credentials.furtherInstallationIds[0],
    });
    expect(
      emulator()
        .logs()
        .filter(({ parentLogId }) => parentLogId === null),
    ).toHaveLength(parents);
  },
);

test('after three days a reference is free again, and logs() still has everything', async () => {
  const [first] = await postLogs(emulator(), 'run-1', 2);
  emulator().advanceClock(3 * DAY_MS - 60_000);
  expect((await postLog(emulator(), { reference: 'run-1' })).body['parentLogId']).toBe(first?.body['logId']);
  emulator().advanceClock(60_000);
  expect((await postLog(emulator(), { reference: 'run-1' })).body).not.toHaveProperty('parentLogId');
  expect(emulator().logs()).toHaveLength(4);
});

test('log times follow the emulator’s clock', async () => {
  emulator().advanceClock(10 * DAY_MS);
  const { body } = await postLog(emulator());
  expect(Date.parse(String(body['logTime'])) - Date.now()).toBeGreaterThan(9 * DAY_MS);
});

test('Unicode comes back as it was sent', async () => {
  const { body } = await postLog(emulator(), { title: 'Größe 📦 — 漢字', description: '<b>&"' });
  expect(body).toMatchObject({ title: 'Größe 📦 — 漢字', description: '<b>&"' });
});

test('Bearer is accepted as well', async () => {
  const authorization = `Bearer ${emulator().issueAccessToken()}`;
  expect((await postLog(emulator(), {}, { authorization })).status).toBe(200);
});

test('requests to other API routes and to the token endpoint are kept, others are not', async () => {
  await askToken(emulator());
  await send(`${emulator().url}/api/v1/tickets?x=1`);
  await send(`${emulator().url}/`);
  expect(
    emulator()
      .requests()
      .map(({ method, path, status }) => [method, path, status]),
  ).toEqual([
    ['POST', '/oauth/v2/token', 200],
    ['GET', '/api/v1/tickets?x=1', 404],
  ]);
});
