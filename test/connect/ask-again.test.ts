import { expect, test } from '@jest/globals';
import { fieldsToAskAgain } from '../../connect/conversation/ask-again.ts';
import { createSecrets } from '../../shared/redaction.ts';
import { readDeskAnswer } from '../../shared/zoho/desk-answer.ts';
import { readRefreshResult } from '../../shared/zoho/oauth/refresh-access-token.ts';

const { redact } = createSecrets();
const HTML = '<!DOCTYPE html><title>Not found</title>';

/** What is asked again after an answer of Desk's. */
function afterDesk(status: number, body: string) {
  const read = readDeskAnswer({ status, headers: {}, body }, redact);
  return read.kind === 'recorded' ? 'recorded' : fieldsToAskAgain(read.problem);
}

/** What is asked again after an answer of the token endpoint. */
function afterToken(status: number, body: string) {
  const read = readRefreshResult({ kind: 'answered', status, headers: {}, body }, redact);
  return read.kind === 'token' ? 'token' : fieldsToAskAgain(read.problem);
}

test.each([
  [401, '{"errorCode":"INVALID_OAUTH"}', ['code']],
  [403, '{"errorCode":"SCOPE_MISMATCH"}', ['code']],
  [403, '{"errorCode":"OAUTH_ORG_MISMATCH"}', ['orgId']],
  [403, '{"errorCode":"FORBIDDEN"}', ['orgId', 'installationId']],
  [404, '{"errorCode":"URL_NOT_FOUND"}', ['installationId']],
  [422, '{"errorCode":"INVALID_DATA","errors":[{"fieldName":"/installationId"}]}', ['installationId']],
  [404, HTML, ['dataCenter']],
  [302, HTML, ['dataCenter']],
  [405, '{"errorCode":"METHOD_NOT_ALLOWED"}', ['dataCenter']],
  [429, '{"errorCode":"TOO_MANY_REQUESTS"}', []],
  [502, HTML, []],
])('Desk answers %i %s', (status, body, fields) => {
  expect(afterDesk(status, body)).toEqual(fields);
});

test.each([
  [200, '{"error":"invalid_code"}', ['code']],
  [200, '{"error":"invalid_client"}', ['dataCenter', 'clientId']],
  [200, '{"error":"invalid_client_secret"}', ['clientSecret']],
  [200, '{"error":"general_error"}', ['clientId', 'clientSecret', 'code']],
  [400, '{"error":"Access Denied","status":"failure"}', []],
  [404, HTML, ['dataCenter']],
  [500, '{"error":"invalid_client"}', []],
])('the token endpoint answers %i %s', (status, body, fields) => {
  expect(afterToken(status, body)).toEqual(fields);
});
