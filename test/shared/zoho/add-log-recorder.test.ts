import { expect, test } from '@jest/globals';
import { deadlineIn } from '../../../shared/retry/deadline.ts';
import type { HttpRequest, HttpResult } from '../../../shared/ports.ts';
import { createSecrets } from '../../../shared/redaction.ts';
import { addLogRecorder, addLogRequest } from '../../../shared/zoho/add-log-recorder.ts';
import { refreshingTokens, type TokenResult } from '../../../shared/zoho/oauth/token-source.ts';
import { portalIn } from '../../../shared/zoho/portal.ts';
import { answered } from './answered.ts';

const LOG = { title: 'T', description: 'D', installationId: '7', reference: 'R' };
const PORTAL = portalIn('in', '60001');

test('the call is the documented one, and its body has the four fields and no other', () => {
  const log = { ...LOG, status: 'failure', entries: [] };
  const { url, headers, body, timeoutMs } = addLogRequest(log, PORTAL, '1000.a.b', 900);
  expect([url, timeoutMs]).toEqual(['https://desk.zoho.in/api/v1/extensionLogs', 900]);
  expect(headers).toEqual({
    orgId: '60001',
    authorization: 'Zoho-oauthtoken 1000.a.b',
    'content-type': 'application/json',
    accept: 'application/json',
  });
  expect(JSON.parse(body)).toEqual({ reference: 'R', title: 'T', description: 'D', installationId: '7' });
});

test('without a reference the body has none', () => {
  const log = { ...LOG, reference: undefined };
  expect(addLogRequest(log, PORTAL, 't', 1).body).toBe(
    '{"title":"T","description":"D","installationId":"7"}',
  );
});

/** A recorder whose tokens are numbered and whose Desk gives the answers one after another. */
function recording(tokens: TokenResult[], answers: HttpResult[]) {
  const requests: HttpRequest[] = [];
  const source = refreshingTokens(() => Promise.resolve(tokens.shift() ?? { kind: 'token', value: 'late' }));
  const recorder = addLogRecorder(PORTAL, source, deadlineIn(60_000, 0, new AbortController().signal), {
    transport: {
      send(request) {
        requests.push(request);
        return Promise.resolve(answers.shift() ?? answered(200, { logId: '1' }));
      },
    },
    now: () => 50_000,
    secrets: createSecrets(),
  });
  return { recorder, requests };
}

test('a refused token is not used again: the next attempt gets a new one', async () => {
  const { recorder, requests } = recording(
    [
      { kind: 'token', value: 'old' },
      { kind: 'token', value: 'new' },
    ],
    [answered(401, { errorCode: 'INVALID_OAUTH' })],
  );
  expect((await recorder.record(LOG)).kind).toBe('unauthorized');
  expect((await recorder.record(LOG)).kind).toBe('recorded');
  expect(requests.map(({ headers }) => headers['authorization'])).toEqual([
    'Zoho-oauthtoken old',
    'Zoho-oauthtoken new',
  ]);
});

test('without a token nothing is sent, and the token’s problem is the answer', async () => {
  const problem = { answered: 'No.', advice: 'Ask.', reach: 'portal', sharedCause: true } as const;
  const { recorder, requests } = recording([{ kind: 'failed', problem }], []);
  expect(await recorder.record(LOG)).toEqual({ kind: 'final', problem });
  expect(requests).toEqual([]);
});

test('a request gets what is left of the deadline', async () => {
  const { recorder, requests } = recording([{ kind: 'token', value: 'a' }], []);
  await recorder.record(LOG);
  expect(requests[0]?.timeoutMs).toBe(10_000);
});

test('a lost answer says what happened to it', async () => {
  const { recorder } = recording([{ kind: 'token', value: 'a' }], [{ kind: 'lost', reason: 'a reset' }]);
  expect(await recorder.record(LOG)).toMatchObject({
    kind: 'ambiguous',
    problem: { answered: 'The answer was lost: a reset.' },
  });
});
