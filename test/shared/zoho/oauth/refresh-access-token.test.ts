import { describe, expect, test } from '@jest/globals';
import { connectionTo, type Connection } from '../../../../shared/zoho/portal.ts';
import { deadlineIn } from '../../../../shared/retry/deadline.ts';
import { fetchAccessToken } from '../../../../shared/zoho/oauth/fetch-access-token.ts';
import { readRefreshResult, refreshRequest } from '../../../../shared/zoho/oauth/refresh-access-token.ts';
import type { HttpRequest, HttpResult, World } from '../../../../shared/ports.ts';
import { createSecrets } from '../../../../shared/redaction.ts';

const CLIENT = {
  clientId: '1000.CLIENT',
  clientSecret: 'a&b=c d+e-secret',
  refreshToken: '1000.refresh.token',
};
const asIs = (text: string) => text;
const answered = (status: number, body: unknown, headers: Record<string, string> = {}): HttpResult => ({
  kind: 'answered',
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const GOOD = {
  access_token: '1000.access-token.value',
  api_domain: 'https://www.zohoapis.eu',
  token_type: 'Bearer',
  expires_in: 3600,
};

test('the call is the documented one, every character of a secret kept', () => {
  const { url, headers, body } = refreshRequest(connectionTo('cn', '1'), CLIENT, 5);
  expect(url).toBe('https://accounts.zoho.com.cn/oauth/v2/token');
  expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
    grant_type: 'refresh_token',
    client_id: CLIENT.clientId,
    client_secret: CLIENT.clientSecret,
    refresh_token: CLIENT.refreshToken,
  });
});

describe('an answer', () => {
  test('with a token', () => {
    expect(readRefreshResult(answered(200, GOOD), asIs)).toEqual({
      kind: 'token',
      token: { value: GOOD.access_token, expiresInSeconds: 3600, apiDomain: 'https://www.zohoapis.eu' },
    });
    expect(
      readRefreshResult(answered(200, { access_token: 'x', expires_in: '?', api_domain: 1 }), asIs),
    ).toEqual({
      kind: 'token',
      token: { value: 'x', expiresInSeconds: 3600, apiDomain: undefined },
    });
  });

  test.each<[string, HttpResult, string, string | undefined]>([
    ['an error with a 200', answered(200, { error: 'invalid_code' }), 'final', 'invalid_code'],
    ['the throttle', answered(400, { error: 'Access Denied', status: 'failure' }), 'final', 'throttled'],
    ['the throttle as 429', answered(429, { error: 'Zugriff', status: 'failure' }), 'final', 'throttled'],
    ['an empty token', answered(200, { access_token: '' }), 'final', undefined],
    ['a page', answered(200, '<html>'), 'final', undefined],
    ['a redirect', answered(302, ''), 'final', undefined],
    ['500', answered(500, ''), 'retryable', undefined],
    ['429', answered(429, ''), 'retryable', undefined],
    ['silence', { kind: 'lost', reason: 'no answer' }, 'retryable', undefined],
    ['no way there', { kind: 'unreached', reason: 'no name', permanent: false }, 'retryable', undefined],
    ['no trust', { kind: 'unreached', reason: 'a certificate', permanent: true }, 'final', undefined],
  ])('that is none: %s', (_, result, kind, errorCode) => {
    const read = readRefreshResult(result, asIs);
    expect(read.kind).toBe(kind);
    if (read.kind === 'token') return;
    expect(read.problem.errorCode).toBe(errorCode);
    expect(read.problem.answered).toMatch(/^Zoho gave no access token: .+\.$/);
    expect(read.problem.reach).toBe('all');
    expect(read.problem.advice).not.toBe('');
  });

  test('says how long to wait', () => {
    const read = readRefreshResult(answered(503, '', { 'retry-after': '4' }), asIs);
    expect(read).toMatchObject({ kind: 'retryable', retryAfterMs: 4_000 });
  });

  test.each([429, 503])('%d that names a date is asked again, after a pause of our own', (status) => {
    const read = readRefreshResult(
      answered(status, '', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }),
      asIs,
    );
    expect(read.kind).toBe('retryable');
    expect(read).not.toHaveProperty('retryAfterMs');
  });
});

describe('asking until there is one', () => {
  async function asking(
    answers: HttpResult[],
    connection: Connection = connectionTo('eu', '1'),
    allowedMs = 60_000,
  ) {
    const told = {
      requests: [] as HttpRequest[],
      slept: [] as number[],
      lines: [] as string[],
      issued: [] as string[],
    };
    const cancel = new AbortController();
    let now = 0;
    const secrets = createSecrets();
    const world: World = {
      transport: {
        send(request) {
          told.requests.push(request);
          return Promise.resolve(answers.shift() ?? answered(500, ''));
        },
      },
      sleep(ms) {
        told.slept.push(ms);
        now += ms;
        if (answers.length === 0) cancel.abort();
        return Promise.resolve();
      },
      now: () => now,
      random: () => 0.999,
      journal: { info: (line) => void told.lines.push(line), warn: (line) => void told.lines.push(line) },
      secrets,
    };
    const deadline = deadlineIn(allowedMs, 0, cancel.signal);
    const result = await fetchAccessToken(connection, CLIENT, deadline, world, ({ value }) => {
      told.issued.push(value);
    });
    return { ...told, result, redact: secrets.redact };
  }

  test('a token is a secret at once, and told to whoever keeps it', async () => {
    const { result, redact, issued, lines } = await asking([answered(200, GOOD)]);
    expect(result).toEqual({ kind: 'token', value: GOOD.access_token });
    expect(redact(`is ${GOOD.access_token}`)).toBe('is ***');
    expect(issued).toEqual([GOOD.access_token]);
    expect(lines).toEqual([]);
  });

  test('each retry has a line, and each request no more time than is left', async () => {
    const { slept, lines, requests } = await asking(
      [answered(500, ''), answered(503, '', { 'retry-after': '9' }), answered(200, GOOD)],
      connectionTo('eu', '1'),
      16_000,
    );
    expect(slept).toEqual([500, 9_000]);
    expect(lines).toEqual([
      'Access token, attempt 1: Zoho gave no access token: 500. Next try in 500 ms.',
      'Access token, attempt 2: Zoho gave no access token: 503. Next try in 9000 ms.',
    ]);
    expect(requests.map(({ timeoutMs }) => timeoutMs)).toEqual([15_000, 15_000, 6_500]);
  });

  test('Retry-After: 0 is no leave to hammer', async () => {
    const busy = answered(503, '', { 'retry-after': '0' });
    expect((await asking([busy, busy, answered(200, GOOD)])).slept).toEqual([500, 999]);
  });

  test('a wait beyond the deadline is not begun', async () => {
    const { result, slept } = await asking([answered(503, '', { 'retry-after': '60' })]);
    expect(result).toMatchObject({ kind: 'failed', problem: { status: 503 } });
    expect(slept).toEqual([]);
  });

  test('a run that is cancelled while it waits does not ask again', async () => {
    const { result, requests } = await asking([answered(500, '')]);
    expect(result.kind).toBe('failed');
    expect(requests).toHaveLength(1);
  });

  test('a token of another data center is warned of, once it is known to be one', async () => {
    expect((await asking([answered(200, GOOD)], connectionTo('us', '1'))).lines).toEqual([
      'The token belongs to the data center eu, and the logs go to https://desk.zoho.com.',
    ]);
    const own = connectionTo('us', '1', { deskUrl: 'https://desk.example.com' });
    expect((await asking([answered(200, GOOD)], own)).lines).toEqual([]);
    const unknown = { ...GOOD, api_domain: 'https://www.example.com' };
    expect((await asking([answered(200, unknown)], connectionTo('us', '1'))).lines).toEqual([]);
  });
});
