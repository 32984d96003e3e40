import { describe, expect, test } from '@jest/globals';
import { portalIn, type Portal } from '../../../../shared/zoho/portal.ts';
import { deadlineIn } from '../../../../shared/retry/deadline.ts';
import { fetchAccessToken } from '../../../../shared/zoho/oauth/fetch-access-token.ts';
import { readRefreshResult, refreshRequest } from '../../../../shared/zoho/oauth/refresh-access-token.ts';
import type { HttpRequest, HttpResult, World } from '../../../../shared/ports.ts';
import { createSecrets } from '../../../../shared/redaction.ts';
import { answered, unredacted } from '../answered.ts';

const CLIENT = {
  clientId: '1000.CLIENT',
  clientSecret: 'a&b=c d+e-secret',
  refreshToken: '1000.refresh.token',
};
const GOOD = {
  access_token: '1000.access-token.value',
  api_domain: 'https://www.zohoapis.eu',
  token_type: 'Bearer',
  expires_in: 3600,
};

test('the call is the documented one, every character of a secret kept', () => {
  const { url, headers, body } = refreshRequest(portalIn('cn', '1'), CLIENT, 5);
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
    expect(readRefreshResult(answered(200, GOOD), unredacted)).toEqual({
      kind: 'token',
      token: { value: GOOD.access_token, expiresInSeconds: 3600, apiDomain: 'https://www.zohoapis.eu' },
    });
    expect(
      readRefreshResult(answered(200, { access_token: 'x', expires_in: '?', api_domain: 1 }), unredacted),
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
    ['not reached', { kind: 'unreached', reason: 'no name', permanent: false }, 'retryable', undefined],
    ['not trusted', { kind: 'unreached', reason: 'a certificate', permanent: true }, 'final', undefined],
  ])('without a token: %s', (_, result, kind, errorCode) => {
    const read = readRefreshResult(result, unredacted);
    expect(read.kind).toBe(kind);
    if (read.kind === 'token') return;
    expect(read.problem.errorCode).toBe(errorCode);
    expect(read.problem.answered).toMatch(/^Zoho did not issue an access token(: |\. It answered ).+\.$/);
    expect(read.problem.reach).toBe('portal');
    expect(read.problem.advice).not.toBe('');
  });

  test('says how long to wait', () => {
    const read = readRefreshResult(answered(503, '', { 'retry-after': '4' }), unredacted);
    expect(read).toMatchObject({ kind: 'retryable', retryAfterMs: 4_000 });
  });

  test.each([429, 503])('%d that names a date is asked again, after a pause of our own', (status) => {
    const read = readRefreshResult(
      answered(status, '', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }),
      unredacted,
    );
    expect(read.kind).toBe('retryable');
    expect(read).not.toHaveProperty('retryAfterMs');
  });
});

describe('asking until there is a token', () => {
  async function asking(answers: HttpResult[], portal: Portal = portalIn('eu', '1'), allowedMs = 60_000) {
    const heard = {
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
          heard.requests.push(request);
          return Promise.resolve(answers.shift() ?? answered(500, ''));
        },
      },
      sleep(ms) {
        heard.slept.push(ms);
        now += ms;
        if (answers.length === 0) cancel.abort();
        return Promise.resolve();
      },
      every: () => () => {},
      now: () => now,
      random: () => 0.999,
      journal: { info: (line) => void heard.lines.push(line), warn: (line) => void heard.lines.push(line) },
      secrets,
    };
    const deadline = deadlineIn(allowedMs, 0, cancel.signal);
    const result = await fetchAccessToken(portal, CLIENT, deadline, world, ({ value }) => {
      heard.issued.push(value);
    });
    return { ...heard, result, redact: secrets.redact };
  }

  test('a token is a secret at once, and is given to whoever keeps it', async () => {
    const { result, redact, issued, lines } = await asking([answered(200, GOOD)]);
    expect(result).toEqual({ kind: 'token', value: GOOD.access_token });
    expect(redact(`is ${GOOD.access_token}`)).toBe('is ***');
    expect(issued).toEqual([GOOD.access_token]);
    expect(lines).toEqual([]);
  });

  test('each retry has a line, and each request no more time than is left', async () => {
    const { slept, lines, requests } = await asking(
      [answered(500, ''), answered(503, '', { 'retry-after': '9' }), answered(200, GOOD)],
      portalIn('eu', '1'),
      16_000,
    );
    expect(slept).toEqual([500, 9_000]);
    expect(lines).toEqual([
      'Access token, attempt 1: Zoho did not issue an access token. It answered 500. Next try in 500 ms.',
      'Access token, attempt 2: Zoho did not issue an access token. It answered 503. Next try in 9 s.',
    ]);
    expect(requests.map(({ timeoutMs }) => timeoutMs)).toEqual([15_000, 15_000, 6_500]);
  });

  test('after Retry-After: 0 the pause is our own', async () => {
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

  test('a token of another data center gives a warning; one of an unknown address does not', async () => {
    expect((await asking([answered(200, GOOD)], portalIn('us', '1'))).lines).toEqual([
      'The token belongs to the data center eu, but the logs go to https://desk.zoho.com. Set the data center to eu.',
    ]);
    const own = portalIn('us', '1', { deskUrl: 'https://desk.example.com' });
    expect((await asking([answered(200, GOOD)], own)).lines).toEqual([]);
    const unknown = { ...GOOD, api_domain: 'https://www.example.com' };
    expect((await asking([answered(200, unknown)], portalIn('us', '1'))).lines).toEqual([]);
  });
});
