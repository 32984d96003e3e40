import { describe, expect, test } from '@jest/globals';
import type { RecordResult } from '../../../shared/delivery/recorder.ts';
import { problemMessage } from '../../../shared/delivery/service-problem.ts';
import type { HttpResult } from '../../../shared/ports.ts';
import { createSecrets } from '../../../shared/redaction.ts';
import { readDeskAnswer, withoutAnswer } from '../../../shared/zoho/desk-answer.ts';
import { answered, unredacted } from './answered.ts';

const read = (...args: Parameters<typeof answered>) => readDeskAnswer(answered(...args), unredacted);

function readResult(result: HttpResult, redact = unredacted): RecordResult {
  return result.kind === 'answered' ? readDeskAnswer(result, redact, true) : withoutAnswer(result, redact);
}

const SAMPLE = {
  parentLogId: '400000000004567001',
  extensionName: 'Jira',
  description: 'create jira issue',
  logId: '400000000004567003',
  installationId: '4000000000123001',
  title: 'Jira',
  logTime: '2018-05-10T07:33:13.000Z',
};

describe('recorded', () => {
  test('the documented answer, as it came', () => {
    expect(read(200, SAMPLE)).toEqual({
      kind: 'recorded',
      answer: { logId: SAMPLE.logId, parentLogId: SAMPLE.parentLogId, body: SAMPLE },
    });
  });

  test.each([
    ['absent', {}],
    ['null', { parentLogId: null }],
    ['empty', { parentLogId: '' }],
    ['its own', { parentLogId: '41' }],
  ])('a parent’s parentLogId is %s', (_, parent) => {
    expect(read(201, { logId: '41', ...parent })).toMatchObject({
      answer: { logId: '41', parentLogId: '41' },
    });
  });

  test('a number that is not an id stays a number', () => {
    const body = '{"logId":4000000000045670011,"weight":0.5,"count":12}';
    expect(read(200, body)).toMatchObject({
      kind: 'recorded',
      answer: { logId: '4000000000045670011', body: { weight: 0.5, count: 12 } },
    });
  });

  test('ids may come as numbers, however long', () => {
    expect(read(200, '{"logId":7,"parentLogId":400000000004567001}')).toMatchObject({
      answer: { logId: '7', parentLogId: '400000000004567001' },
    });
  });
});

const BAD_FIELD = (...fieldNames: string[]) => ({
  errorCode: 'INVALID_DATA',
  message: 'The data is invalid',
  errors: fieldNames.map((fieldName) => ({ fieldName, errorType: 'invalid', errorMessage: '' })),
});

test.each<[string, HttpResult, object]>([
  ['429', answered(429, {}), { kind: 'crowded' }],
  ['429 of used-up credits', answered(429, { errorCode: 'THRESHOLD_EXCEEDED' }), { kind: 'final' }],
  ['429 in 7 s', answered(429, {}, { 'retry-after': ' 7 ' }), { kind: 'refused', retryAfterMs: 7_000 }],
  [
    '429 at a date',
    answered(429, {}, { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }),
    { kind: 'refused' },
  ],
  ['429 in -1 s', answered(429, {}, { 'retry-after': '-1' }), { kind: 'refused' }],
  ['503 in 2 s', answered(503, '', { 'retry-after': '2' }), { kind: 'refused', retryAfterMs: 2_000 }],
  [
    '503 at a date',
    answered(503, '', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }),
    { kind: 'refused' },
  ],
  ['503 soon', answered(503, '', { 'retry-after': 'soon' }), { kind: 'refused' }],
  ['503', answered(503, ''), { kind: 'ambiguous' }],
  ['500 in 2 s', answered(500, '', { 'retry-after': '2' }), { kind: 'ambiguous' }],
  ['502', answered(502, '<html>'), { kind: 'ambiguous' }],
  ['504', answered(504, ''), { kind: 'ambiguous' }],
  ['520', answered(520, ''), { kind: 'ambiguous' }],
  ['408', answered(408, ''), { kind: 'ambiguous' }],
  ['200 with HTML', answered(200, '<html>'), { kind: 'ambiguous' }],
  ['204', answered(204, ''), { kind: 'ambiguous' }],
  ['101', answered(101, ''), { kind: 'ambiguous' }],
  ['an answer that was lost', { kind: 'lost', reason: 'reset' }, { kind: 'ambiguous' }],
  ['401', answered(401, { errorCode: 'INVALID_OAUTH' }), { kind: 'unauthorized' }],
  ['400', answered(400, ''), { kind: 'final' }],
  ['302', answered(302, ''), { kind: 'final' }],
  ['422 on the title', answered(422, BAD_FIELD('/title')), { kind: 'final' }],
  ['422 without fields', answered(422, { errorCode: 'UNPROCESSABLE_ENTITY' }), { kind: 'final' }],
  ['422 on the reference', answered(422, BAD_FIELD('/reference')), { kind: 'full' }],
  ['422 on the reference and more', answered(422, BAD_FIELD('/reference', '/title')), { kind: 'final' }],
  ['400 on the reference', answered(400, BAD_FIELD('/reference')), { kind: 'final' }],
  ['not reached', { kind: 'unreached', reason: 'x', permanent: false }, { kind: 'refused' }],
  ['not trusted', { kind: 'unreached', reason: 'x', permanent: true }, { kind: 'final' }],
])('%s', (_, result, expected) => {
  const { problem, ...rest } = readResult(result) as { problem?: object };
  expect(rest).toEqual(expected);
  expect(problem).toBeDefined();
});

test('a reference that is missing is not a reference that is full', () => {
  const errors = [{ fieldName: '/reference', errorType: 'missing', errorMessage: '' }];
  expect(read(422, { errorCode: 'INVALID_DATA', errors }).kind).toBe('final');
});

describe('what a message says of an answer', () => {
  const messageOf = (...args: Parameters<typeof answered>) => {
    const result = read(...args);
    return result.kind === 'recorded' ? '' : problemMessage(result.problem);
  };

  test('status, code, message and fields', () => {
    const errors = [
      { fieldName: '/title', errorType: 'missing', errorMessage: '' },
      { fieldName: '/description', errorType: 'invalid', errorMessage: 'too long' },
    ];
    expect(messageOf(422, { errorCode: 'INVALID_DATA', message: 'The data is invalid', errors })).toBe(
      'Desk answered 422 INVALID_DATA "The data is invalid" (/title is missing, /description is invalid: too long). ' +
        'Change what Desk names, and log it again.',
    );
  });

  test.each([
    ['a web page', '  <!DOCTYPE html>', 'Desk answered 502 with a web page instead of JSON.'],
    ['nothing', '', 'Desk answered 502.'],
    ['something else', '[1]', 'Desk answered 502.'],
    ['words of other types', { errorCode: 7, message: {}, errors: 'no' }, 'Desk answered 502.'],
    ['errors that cannot be read', { message: 'Busy', errors: [null, 3] }, 'Desk answered 502 "Busy".'],
  ])('%s', (_, body, expected) => {
    expect(messageOf(502, body)).toMatch(new RegExp(`^${expected.replace(/[.]/g, '\\.')}`));
  });

  test('stays on one line and is cut short, whatever Desk says', () => {
    const long = `first\r\n::error::second ${'x'.repeat(5_000)}`;
    const line = messageOf(400, {
      errorCode: long,
      message: long,
      errors: [{ fieldName: long, errorType: long }],
    });
    expect(line).not.toMatch(/[\r\n]/);
    expect(line.length).toBeLessThan(900);
  });

  test('a secret in any field is masked', () => {
    const secret = '1000.abcdef0123456789.fedcba9876543210';
    const { learn, redact } = createSecrets();
    learn(secret);
    const errors = [{ fieldName: secret, errorType: secret, errorMessage: secret }];
    const results = [
      readResult(answered(403, { errorCode: secret, message: `it was ${secret}`, errors }), redact),
      readResult({ kind: 'lost', reason: secret }, redact),
      readResult({ kind: 'unreached', reason: secret, permanent: false }, redact),
      readResult({ kind: 'unreached', reason: secret, permanent: true }, redact),
    ];
    expect(JSON.stringify(results)).not.toMatch(/abcdef01|fedcba98/);
  });
});
