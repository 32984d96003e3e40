import { describe, expect, test } from '@jest/globals';
import {
  engineForEachTest,
  logRequests,
  recorded,
  tokenRequests,
  type Outcome,
} from './engine/engine-for-tests.ts';

const n8n = engineForEachTest();

const steps = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ title: `Step ${index + 1}` }));

/** What the credential holds when its access token has expired. */
function expired(more: object = {}): { oauthTokenData: object } {
  const access_token = n8n.desk.issueAccessToken({ expiresInSeconds: 0 });
  return { oauthTokenData: { access_token, refresh_token: n8n.desk.credentials.refreshToken, ...more } };
}

function expectNoSecret({ everything }: Outcome): void {
  const { clientSecret, refreshToken } = n8n.desk.credentials;
  for (const secret of [clientSecret, refreshToken]) expect(everything).not.toContain(secret);
  expect(everything).not.toMatch(/1000\.[0-9a-f]{32}/);
}

describe('An expired access token', () => {
  test('is refreshed once for all who are refused at once, and stored', async () => {
    n8n.desk.configure({ latencyMs: 20 });
    const outcome = await n8n.run({
      items: steps(40),
      credential: expired(),
      parameters: { reference: '', options: { concurrency: 20 } },
    });
    expect(outcome.status).toBe('success');
    const refused = n8n.desk.requests().filter(({ status }) => status === 401);
    // As many as the pace lets out before it knows the portal's limit.
    expect(refused.length).toBeGreaterThan(1);
    expect(tokenRequests(n8n)).toBe(1);
    expect(recorded(n8n)).toHaveLength(40);
    const good = n8n.desk.requests().at(-1)?.headers['authorization'];
    expect(good).toBe(`Zoho-oauthtoken ${String(outcome.oauthTokenData['access_token'])}`);
    expect(outcome.oauthTokenData['refresh_token']).toBe(n8n.desk.credentials.refreshToken);
    expectNoSecret({ ...outcome, oauthTokenData: {} });
  });

  test('is not refreshed again when another execution has done so', async () => {
    const oauthTokenData = {
      access_token: n8n.desk.issueAccessToken(),
      refresh_token: n8n.desk.credentials.refreshToken,
    };
    const { status } = await n8n.run({
      items: steps(2),
      credential: expired(),
      changedMeanwhile: { oauthTokenData },
    });
    expect(status).toBe('success');
    expect(tokenRequests(n8n)).toBe(0);
    expect(logRequests(n8n)).toBe(3);
  });

  test('is refreshed after a failure that n8n has kept with the token', async () => {
    const { status } = await n8n.run({ items: steps(1), credential: expired({ error: 'invalid_code' }) });
    expect(status).toBe('success');
  });

  test('is asked for again when the token endpoint is down for a moment', async () => {
    n8n.desk.fault({ kind: 'error502', on: 'token' });
    const { status } = await n8n.run({ items: steps(2), credential: expired() });
    expect(status).toBe('success');
    expect(tokenRequests(n8n)).toBe(2);
  });

  test('ends by the deadline when the token endpoint does not answer', async () => {
    n8n.desk.fault({ kind: 'stallBefore', on: 'token', times: 'always' });
    const { error } = await n8n.run({
      items: steps(2),
      credential: expired(),
      parameters: { options: { timeoutSeconds: 1 } },
    });
    expect(error?.message).toContain('Zoho did not issue an access token: no answer in time');
    expect(recorded(n8n)).toEqual([]);
  });
});

describe('A refresh that fails for good stops the node, with advice and without secrets', () => {
  const throttle = {
    kind: 'respond' as const,
    on: 'token' as const,
    status: 400,
    body: JSON.stringify({
      error_description: 'Zu viele Anfragen.',
      error: 'Access Denied',
      status: 'failure',
    }),
  };
  const answer = (error: string) => ({
    kind: 'respond' as const,
    on: 'token' as const,
    body: JSON.stringify({ error }),
    headers: { 'content-type': 'application/json' },
  });

  test.each([
    ['revoked refresh token', answer('invalid_code'), /The refresh token was revoked/],
    ['wrong client', answer('invalid_client'), /The client id is wrong, or belongs to another data center/],
    ['wrong secret', answer('invalid_client_secret'), /The client secret does not belong to the client id/],
    ['throttle', throttle, /ten access tokens in ten minutes/],
    ['web page', { kind: 'html' as const, on: 'token' as const }, /This address does not issue tokens/],
  ])('%s', async (_name, fault, advice) => {
    n8n.desk.fault(fault);
    const outcome = await n8n.run({ items: steps(30), credential: expired(), parameters: { reference: '' } });
    expect(outcome.error?.message).toMatch(/^Item 0: Zoho did not issue an access token\. It answered /);
    expect(outcome.error?.message).toMatch(advice);
    expect(tokenRequests(n8n)).toBe(1);
    expect(logRequests(n8n)).toBeLessThanOrEqual(5);
    expectNoSecret({ ...outcome, oauthTokenData: {} });
  });

  test('no refresh token at all', async () => {
    const { error } = await n8n.run({ items: steps(1), credential: expired({ refresh_token: undefined }) });
    expect(error?.message).toBe(
      'Item 0: The access token has expired and there is no refresh token. Open the credential and connect it again.',
    );
    expect(tokenRequests(n8n)).toBe(0);
  });
});
