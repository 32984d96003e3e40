import { describe, expect, test } from '@jest/globals';
import { problemMessage } from '../../../../shared/delivery/service-problem.ts';
import { readDeskAnswer } from '../../../../shared/zoho/desk-answer.ts';
import { readInvokeAnswer } from '../../../../shared/zoho/invoke/invoke-answer.ts';
import { answered, unredacted } from '../answered.ts';

const SAMPLE = { logId: '400000000004567003', parentLogId: '400000000004567001', title: 'Jira' };
const error = (errorCode: string, fieldName?: string) => ({
  errorCode,
  message: 'No.',
  ...(fieldName && { errors: [{ fieldName, errorType: 'invalid', errorMessage: '' }] }),
});

/** The forms in which Desk's answer may stand inside the answer of the Invoke API. */
const FORMS: [string, (inner: object) => unknown][] = [
  ['response as JSON text', (inner) => ({ response: JSON.stringify(inner) })],
  ['response as an object', (inner) => ({ response: inner })],
  ['response encoded twice', (inner) => ({ response: JSON.stringify(JSON.stringify(inner)) })],
];
const MESSAGES: [string, (message: object) => unknown][] = [
  ['an object', (message) => message],
  ['JSON text', (message) => JSON.stringify(message)],
  ['JSON text encoded twice', (message) => JSON.stringify(JSON.stringify(message))],
];
const read = (...args: Parameters<typeof answered>) => readInvokeAnswer(answered(...args), unredacted);

describe.each(FORMS)('%s', (_form, response) => {
  describe.each(MESSAGES)('statusMessage as %s', (_message, messageOf) => {
    const inside = (message: object, more: object = {}) =>
      response({ statusMessage: messageOf(message), ...more });

    test.each([
      ['with its status', { statusCode: 200, status: 'true' }],
      ['with its status as text', { statusCode: '200' }],
      ['without a status', {}],
    ])('a recorded log %s', (_, more) => {
      expect(read(200, inside(SAMPLE, more))).toMatchObject({
        kind: 'recorded',
        answer: { logId: SAMPLE.logId, parentLogId: SAMPLE.parentLogId, body: SAMPLE },
      });
    });

    test.each<[number, object, string]>([
      [422, error('INVALID_DATA', '/reference'), 'full'],
      [422, error('INVALID_DATA', '/title'), 'final'],
      [404, error('URL_NOT_FOUND'), 'final'],
      [413, error('RESOURCE_SIZE_EXCEEDED'), 'final'],
      [429, error('TOO_MANY_REQUESTS'), 'crowded'],
      [429, error('THRESHOLD_EXCEEDED'), 'final'],
      [500, error('INTERNAL_SERVER_ERROR'), 'ambiguous'],
      [401, error('INVALID_OAUTH'), 'final'],
      [403, error('SCOPE_MISMATCH'), 'final'],
      [400, error('BAD_REQUEST'), 'final'],
    ])('%d %j is read alike inside an outer 200 and as the outer status', (status, body, kind) => {
      const withStatus = read(200, inside(body, { statusCode: status }));
      const byItsCode = read(200, inside(body));
      const outer = read(status, inside(body));
      const bare = read(status, body);
      expect([withStatus, byItsCode, outer, bare].map((result) => result.kind)).toEqual(Array(4).fill(kind));
      expect(byItsCode).toEqual(withStatus);
      expect(outer).toEqual(withStatus);
      expect(bare).toEqual(withStatus);
    });
  });
});

test.each<[string, unknown]>([
  ['nothing', ''],
  ['a web page', '<html>Sorry</html>'],
  ['JSON cut off', '{"response":"{\\"statusMess'],
  ['no response', {}],
  ['a response that is not JSON', { response: 'OK' }],
  ['a response cut off', { response: '{"statusMessage":{"logId":"4' }],
  ['a list', { response: '[]' }],
  ['null', { response: null }],
  ['no message', { response: '{"statusCode":200}' }],
  ['a message cut off', { response: JSON.stringify({ statusMessage: '{"logId":"4' }) }],
  ['a message that is not a log', { response: JSON.stringify({ statusMessage: { ok: true } }) }],
])('an outer 200 with %s: it is unknown whether the log was recorded', (_, body) => {
  const result = read(200, body);
  expect(result).toMatchObject({ kind: 'ambiguous', problem: { reach: 'log', sharedCause: false } });
  expect(result.kind !== 'recorded' && result.problem.answered).toContain('unknown whether it was recorded');
});

test.each<[number, Record<string, string>, object]>([
  [429, {}, { kind: 'crowded' }],
  [429, { 'retry-after': '7' }, { kind: 'refused', retryAfterMs: 7_000 }],
  [503, { 'retry-after': '2' }, { kind: 'refused', retryAfterMs: 2_000 }],
  [503, {}, { kind: 'ambiguous' }],
  [502, {}, { kind: 'ambiguous' }],
  [302, {}, { kind: 'final' }],
])('an outer %d with %j and a web page is read as the direct door reads it', (status, headers, expected) => {
  const result = read(status, '<html>', headers);
  expect(result).toMatchObject(expected);
  expect(result).toEqual(readDeskAnswer(answered(status, '<html>', headers), unredacted));
});

describe('what the secret, the connector or the installation may have caused', () => {
  const messageOf = (status: number, body: object) => {
    const result = read(200, { response: JSON.stringify({ statusCode: status, statusMessage: body }) });
    if (result.kind === 'recorded') throw new Error('It was not recorded.');
    return { ...result.problem, message: problemMessage(result.problem) };
  };

  test.each([400, 401, 403])(
    '%d is final for its installation, and all portals may share its cause',
    (status) => {
      const problem = messageOf(status, error('FORBIDDEN'));
      expect(problem).toMatchObject({ reach: 'installation', sharedCause: true, status });
      expect(problem.message).toBe(
        `Desk's Invoke API answered ${status} FORBIDDEN "No". If only this portal answers so, the extension was uninstalled there, ` +
          "or its securityContext is out of date. If all do, check the extension's secret and its connection link name, " +
          'and that plugin-manifest.json lists the Desk host in whiteListedDomains.',
      );
    },
  );

  test('a connector without the scope is named', () => {
    expect(messageOf(403, error('SCOPE_MISMATCH')).message).toMatch(
      /connector lacks the scope Desk\.extensions\.CREATE/,
    );
  });

  test.each([404, 413, 422])('%d is about the log or its installation alone', (status) => {
    expect(messageOf(status, error('INVALID_DATA', '/title')).sharedCause).toBe(false);
  });
});
