import { expect, test } from '@jest/globals';
import { emulatorForEachTest, type Heard, postLog, send } from '../desk-client.ts';

const emulator = emulatorForEachTest();
const error = ({ status, body }: Heard) => [status, body['errorCode'], body['message']];
const token = (options: Parameters<ReturnType<typeof emulator>['issueAccessToken']>[0]) => ({
  authorization: `Zoho-oauthtoken ${emulator().issueAccessToken(options)}`,
});

const NOT_AUTHENTICATED = [401, 'UNAUTHORIZED', 'You are not authenticated to perform this operation.'];
const BAD_TOKEN = [401, 'INVALID_OAUTH', 'The OAuth Token you provided is invalid.'];
const BAD_ORG = [403, 'OAUTH_ORG_MISMATCH', 'The OAuthToken is not valid for specified organization.'];
const BAD_SCOPE = [
  403,
  'SCOPE_MISMATCH',
  'The OAuth Token does not contain the scope to perform this operation.',
];

test('another route of the API is a JSON 404, any other address an HTML 404', async () => {
  expect(error(await send(`${emulator().url}/api/v1/extensionLog`))).toEqual([
    404,
    'URL_NOT_FOUND',
    'The URL you requested could not be found.',
  ]);
  const elsewhere = await send(`${emulator().url}/support`);
  expect([elsewhere.status, elsewhere.headers.get('content-type')]).toEqual([404, 'text/html;charset=UTF-8']);
  expect((await send(`${emulator().url}/support`, { method: 'POST' })).status).toBe(405);
});

test('logs cannot be listed: only POST is allowed', async () => {
  const heard = await send(`${emulator().url}/api/v1/extensionLogs`);
  expect(error(heard)[1]).toBe('METHOD_NOT_ALLOWED');
  expect([heard.status, heard.headers.get('allow')]).toEqual([405, 'POST']);
});

test.each([
  ['no header', '', NOT_AUTHENTICATED],
  ['another scheme', 'Basic abc', NOT_AUTHENTICATED],
  ['an unknown token', 'Zoho-oauthtoken 1000.a.b', BAD_TOKEN],
])('authorization: %s', async (_, authorization, expected) => {
  expect(error(await postLog(emulator(), {}, { authorization }))).toEqual(expected);
});

test('an expired and a revoked token', async () => {
  expect(error(await postLog(emulator(), {}, token({ expiresInSeconds: 0 })))).toEqual(BAD_TOKEN);
  const good = token({});
  emulator().revokeAccessTokens();
  expect(error(await postLog(emulator(), {}, good))).toEqual(BAD_TOKEN);
  expect((await postLog(emulator())).status).toBe(200);
});

test('a token of another organization, and none named', async () => {
  expect(error(await postLog(emulator(), {}, token({ orgId: '999' })))).toEqual(BAD_ORG);
  expect(error(await postLog(emulator(), {}, { orgId: '999' }))).toEqual(BAD_ORG);
  const { url } = emulator();
  const init = { method: 'POST', headers: token({}), body: '{}' };
  expect(error(await send(`${url}/api/v1/extensionLogs`, init))).toEqual(BAD_ORG);
});

test('an orgId that is not a number is a 500', async () => {
  expect(error(await postLog(emulator(), {}, { orgId: 'acme' }))).toEqual([
    500,
    'INTERNAL_SERVER_ERROR',
    'An internal server error occurred while performing this operation.',
  ]);
});

test('a token without the scope', async () => {
  expect(error(await postLog(emulator(), {}, token({ scopes: ['Desk.tickets.READ'] })))).toEqual(BAD_SCOPE);
});

test.each(['text/plain', 'application/x-www-form-urlencoded'])('%s is a 415', async (type) => {
  const heard = await postLog(emulator(), {}, { 'content-type': type });
  expect(error(heard).slice(0, 2)).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
});

test('application/json with a charset is fine', async () => {
  const heard = await postLog(emulator(), {}, { 'content-type': 'Application/JSON; charset=utf-8' });
  expect(heard.status).toBe(200);
});

test.each([
  ['broken JSON', '{"title":'],
  ['an array', '["title"]'],
  ['null', 'null'],
  ['nothing', ''],
])('a body of %s is a 400', async (_, body) => {
  expect(error(await postLog(emulator(), {}, {}, { body })).slice(0, 2)).toEqual([400, 'BAD_REQUEST']);
});

test('bytes that are not UTF-8 are a 400', async () => {
  const heard = await postLog(emulator(), {}, {}, { body: new Uint8Array([0x22, 0xff, 0x22]) });
  expect(error(heard).slice(0, 2)).toEqual([400, 'BAD_REQUEST']);
});

test('a body of more than a megabyte is a 413', async () => {
  const heard = await postLog(emulator(), { description: 'x'.repeat(1024 * 1024) });
  expect(error(heard).slice(0, 2)).toEqual([413, 'RESOURCE_SIZE_EXCEEDED']);
  expect(emulator().logs()).toEqual([]);
});

test('an extra query parameter is a 422', async () => {
  const headers = { ...token({}), orgId: emulator().credentials.orgId, 'content-type': 'application/json' };
  const url = `${emulator().url}/api/v1/extensionLogs?from=1`;
  expect(error(await send(url, { method: 'POST', headers, body: '{}' }))).toEqual([
    422,
    'UNPROCESSABLE_ENTITY',
    "Extra query parameter 'from' is present in the input.",
  ]);
});

test('each missing or wrong field is named', async () => {
  const fields = { title: undefined, description: 7, installationId: '', reference: null };
  const { status, body } = await postLog(emulator(), fields);
  expect({ status, body }).toEqual({
    status: 422,
    body: {
      errorCode: 'INVALID_DATA',
      message: 'The data is invalid due to validation restrictions',
      errors: [
        { fieldName: '/reference', errorType: 'invalid', errorMessage: '' },
        { fieldName: '/description', errorType: 'invalid', errorMessage: '' },
        { fieldName: '/installationId', errorType: 'invalid', errorMessage: '' },
        { fieldName: '/title', errorType: 'missing', errorMessage: '' },
      ],
    },
  });
});

test('requireDescription', async () => {
  expect((await postLog(emulator(), { description: undefined })).body['errors']).toEqual([
    { fieldName: '/description', errorType: 'missing', errorMessage: '' },
  ]);
  emulator().configure({ requireDescription: false });
  const { status, body } = await postLog(emulator(), { description: undefined });
  expect([status, body['description']]).toEqual([200, '']);
  expect((await postLog(emulator(), { description: '' })).status).toBe(200);
  expect((await postLog(emulator(), { title: '' })).status).toBe(422);
});

test('unknownKeys', async () => {
  expect(error(await postLog(emulator(), { level: 'info' }))).toEqual([
    422,
    'UNPROCESSABLE_ENTITY',
    "Extra parameter 'level' is present in the input.",
  ]);
  emulator().configure({ unknownKeys: 'ignore' });
  const { status, body } = await postLog(emulator(), { level: 'info' });
  expect([status, body['level']]).toEqual([200, undefined]);
});

test.each([
  [422, 'INVALID_DATA'],
  [404, 'URL_NOT_FOUND'],
  [403, 'FORBIDDEN'],
] as const)('badInstallation=%d', async (badInstallation, code) => {
  emulator().configure({ badInstallation });
  const heard = await postLog(emulator(), { installationId: '4000000000999999' });
  expect(error(heard).slice(0, 2)).toEqual([badInstallation, code]);
});

test('of several mistakes in a request, the first one checked is reported', async () => {
  emulator().configure({ concurrentCalls: 1, creditsPerDay: 0 });
  const path = (end: string) => `${emulator().url}/api/v1/extensionLogs${end}`;
  const wrongs: [string, RequestInit, number | string][] = [
    [path('/'), { method: 'PUT' }, 'URL_NOT_FOUND'],
    [path('?x=1'), { method: 'PUT' }, 'METHOD_NOT_ALLOWED'],
    [path('?x=1'), { method: 'POST', headers: { authorization: 'Bearer x', orgId: 'y' } }, 'INVALID_OAUTH'],
    [
      path('?x=1'),
      { method: 'POST', headers: { ...token({ scopes: [] }), orgId: '1' } },
      'OAUTH_ORG_MISMATCH',
    ],
  ];
  const { orgId } = emulator().credentials;
  const scoped = { ...token({}), orgId };
  const asJson = { ...scoped, 'content-type': 'application/json' };
  wrongs.push([
    path('?x=1'),
    { method: 'POST', headers: { ...token({ scopes: [] }), orgId } },
    'SCOPE_MISMATCH',
  ]);
  wrongs.push([path('?x=1'), { method: 'POST', headers: scoped, body: '{' }, 'UNSUPPORTED_MEDIA_TYPE']);
  wrongs.push([path('?x=1'), { method: 'POST', headers: asJson, body: '{' }, 'BAD_REQUEST']);
  wrongs.push([path('?x=1'), { method: 'POST', headers: asJson, body: '{}' }, 'UNPROCESSABLE_ENTITY']);
  wrongs.push([path(''), { method: 'POST', headers: asJson, body: '{}' }, 'INVALID_DATA']);
  for (const [url, init, code] of wrongs) expect((await send(url, init)).body['errorCode']).toBe(code);
  expect((await postLog(emulator())).body['errorCode']).toBe('THRESHOLD_EXCEEDED');
});
