import { describe, expect, test } from '@jest/globals';
import { engineForEachTest, logRequests, recorded, type Outcome } from './engine/engine-for-tests.ts';

const n8n = engineForEachTest();

const refusal = (text: string) => ({
  kind: 'respond' as const,
  status: 422,
  body: JSON.stringify({ errorCode: 'INVALID_DATA', message: text }),
});
const titled = (...titles: string[]) => titles.map((title) => ({ title }));
const steps = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ title: `Step ${index + 1}` }));
const errorOf = (item: { json: Record<string, unknown> } | undefined) => item?.json['error'];

function expectNoSecret({ everything }: Outcome): void {
  const { clientSecret, refreshToken } = n8n.desk.credentials;
  const tokens = n8n.desk.requests().flatMap(({ headers }) => headers['authorization']?.split(' ')[1] ?? []);
  for (const secret of [clientSecret, refreshToken, ...tokens]) {
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain(secret.slice(0, 16));
    expect(everything).not.toContain(secret.slice(-16));
  }
}

describe('When Desk refuses a log', () => {
  test('the error says which item, what to do, and what is recorded already', async () => {
    n8n.desk.fault({ ...refusal('Bad title'), match: 'Step 3' });
    const outcome = await n8n.run({ items: steps(4) });
    const { error, status } = outcome;
    expect(status).toBe('error');
    expect(error).toMatchObject({
      name: 'NodeApiError',
      httpCode: '422',
      message:
        'Item 2: Desk answered 422 INVALID_DATA "Bad title". Change what Desk names, and log it again.',
    });
    const logIds = n8n.desk.logs().map(({ logId }) => logId);
    expect(logIds).toHaveLength(3);
    expect(error?.description).toBe(
      'Not recorded: 1 log (item 2).\n' +
        `Already recorded: 3 logs (items 0–1, 3), with the log IDs ${logIds.join(', ')}. ` +
        'Do not run these items again, or they are recorded twice.',
    );
    expect(error?.context).toMatchObject({
      itemIndex: 2,
      data: {
        recorded: [0, 1, 3].map((item, index) => ({ items: [item], logId: logIds[index] })),
        undelivered: [{ items: [2], title: 'Step 3', status: 422, mayBeRecorded: false }],
      },
    });
    expectNoSecret(outcome);
  });

  test('for several reasons, each is named with its items', async () => {
    n8n.desk.fault(
      { ...refusal('Bad title'), match: 'Step 1' },
      { ...refusal('Too long'), match: 'Step 2' },
      { ...refusal('Too long'), match: 'Step 4' },
    );
    const { error } = await n8n.run({ items: steps(5) });
    expect(error?.message).toMatch(/^Item 0: Desk answered 422 INVALID_DATA "Bad title"/);
    expect(error?.description).toMatch(
      /^Not recorded: 3 logs \(items 0–1, 3\)\.\nItems 1, 3: Desk answered 422 INVALID_DATA "Too long"\. .+\nAlready/,
    );
  });

  test('with continue on fail, the item keeps its data beside the error', async () => {
    n8n.desk.fault({ ...refusal('Bad title'), match: 'Bad' });
    const { items } = await n8n.run({
      items: [{ title: 'Good' }, { title: 'Bad', customer: 'Ada' }, { title: 'Last' }],
      onError: 'continueRegularOutput',
    });
    expect(items[1]).toEqual({
      json: {
        title: 'Bad',
        customer: 'Ada',
        error: {
          message: 'Desk answered 422 INVALID_DATA "Bad title". Change what Desk names, and log it again.',
          title: 'Bad',
          status: 422,
          errorCode: 'INVALID_DATA',
          mayBeRecorded: false,
        },
      },
      pairedItem: { item: 1 },
    });
    expect([items[0], items[2]].map((item) => item?.json['title'])).toEqual(['Good', 'Last']);
  });

  test('with an error output, the item goes there with its own data', async () => {
    n8n.desk.fault({ ...refusal('Bad title'), match: 'Bad' });
    const { items, errorItems } = await n8n.run({
      items: [{ title: 'Good' }, { title: 'Bad', customer: 'Ada' }],
      onError: 'continueErrorOutput',
    });
    expect(items.map(({ json }) => json['title'])).toEqual(['Good']);
    expect(errorItems).toMatchObject([
      { json: { title: 'Bad', customer: 'Ada', error: { status: 422, errorCode: 'INVALID_DATA' } } },
    ]);
  });

  test('an error that every log would meet stops the node at once, with advice', async () => {
    n8n.desk.fault({ kind: 'html404', times: 'always' });
    const outcome = await n8n.run({ items: steps(40), parameters: { options: { concurrency: 1 } } });
    expect(outcome.error?.message).toMatch(
      /^Item 0: Desk answered 404 with a web page.+Check the data center/,
    );
    expect(logRequests(n8n)).toBe(1);
    expectNoSecret(outcome);
  });

  test.each([
    [
      'a token without the scope',
      { scopes: ['Desk.tickets.READ'] },
      'SCOPE_MISMATCH',
      /scope Desk\.extensions\.CREATE/,
    ],
    ['a token of another portal', { orgId: '1' }, 'OAUTH_ORG_MISMATCH', /belongs to another portal/],
  ])('%s leads to the credential', async (_name, token, errorCode, advice) => {
    const { refreshToken } = n8n.desk.credentials;
    const oauthTokenData = { access_token: n8n.desk.issueAccessToken(token), refresh_token: refreshToken };
    const { error } = await n8n.run({ items: steps(1), credential: { oauthTokenData } });
    expect(error?.message).toContain(`Desk answered 403 ${errorCode}`);
    expect(error?.message).toMatch(advice);
    expect(error?.description).toContain('In n8n: open the credential, correct it and connect it again.');
  });

  test('a secret in Desk’s answer is shown nowhere', async () => {
    const accessToken = n8n.desk.issueAccessToken();
    n8n.desk.fault(
      refusal(`Header was Zoho-oauthtoken ${accessToken}, client ${n8n.desk.credentials.clientSecret}`),
    );
    const { refreshToken } = n8n.desk.credentials;
    const outcome = await n8n.run({
      items: steps(1),
      credential: { oauthTokenData: { access_token: accessToken, refresh_token: refreshToken } },
    });
    expect(outcome.error?.message).toContain('Header was Zoho-oauthtoken ***');
    expectNoSecret(outcome);
  });
});

describe('With Retry On Fail, which repeats the node for all its items', () => {
  test('a run that went well in the end warns beside its output', async () => {
    n8n.desk.fault({ ...refusal('Bad title'), match: 'Step 2' });
    const { status, hints } = await n8n.run({ items: steps(2), retryOnFail: true });
    expect(status).toBe('success');
    expect(recorded(n8n)).toEqual(['231: Step 1', '231: Step 1', '231: Step 2']);
    expect(hints).toEqual([expect.stringMatching(/^Retry On Fail is on.+Turn it off/)]);
  });

  test('a run that failed says so in its error', async () => {
    n8n.desk.fault({ ...refusal('Bad title'), match: 'Step 2', times: 'always' });
    const { error } = await n8n.run({ items: steps(2), retryOnFail: true });
    expect(error?.description).toMatch(/\nRetry On Fail is on.+Turn it off/);
  });

  test('without it there is no warning', async () => {
    const { hints } = await n8n.run({ items: steps(1) });
    expect(hints).toEqual([]);
  });
});

describe('When an answer is lost', () => {
  test('at least once: it is sent again', async () => {
    n8n.desk.fault({ kind: 'resetAfter', match: 'Step 2' });
    const { items, status } = await n8n.run({ items: steps(3) });
    expect(status).toBe('success');
    expect(items).toHaveLength(3);
    expect(recorded(n8n)).toEqual(['231: Step 1', '231: Step 2', '231: Step 2', '231: Step 3']);
  });

  test('at most once: it is reported as possibly recorded', async () => {
    n8n.desk.fault({ kind: 'resetAfter', match: 'Step 2' });
    const outcome = await n8n.run({ items: steps(3), parameters: { options: { delivery: 'at-most-once' } } });
    expect(recorded(n8n)).toEqual(['231: Step 1', '231: Step 2', '231: Step 3']);
    expect(outcome.error?.name).toBe('NodeOperationError');
    expect(outcome.error?.message).toMatch(/^Item 1: The answer was lost: /);
    expect(outcome.error?.description).toContain('Possibly recorded, because an answer was lost: item 1.');
    expectNoSecret(outcome);
  });

  test.each(['stall', 'hugeBody', 'unreadableAfter', 'error502After'] as const)(
    '%s counts as lost',
    async (kind) => {
      n8n.desk.fault({ kind });
      const { items } = await n8n.run({
        items: steps(1),
        parameters: { options: { delivery: 'at-most-once', timeoutSeconds: 1 } },
        onError: 'continueRegularOutput',
      });
      expect(errorOf(items[0])).toMatchObject({ mayBeRecorded: true });
    },
  );
});

describe('When Desk is not there', () => {
  test('a refused connection is reported as one, by the deadline', async () => {
    const { error } = await n8n.run({
      items: titled('One', 'Two'),
      credential: { deskUrl: 'http://127.0.0.1:9' },
      parameters: { options: { timeoutSeconds: 1 } },
    });
    expect(error?.message).toMatch(
      /^Items? 0: Desk was not reached: 127\.0\.0\.1:9 ended the connection or took none/,
    );
    expect(error?.context?.data).toMatchObject({
      undelivered: [{ mayBeRecorded: false }, { mayBeRecorded: false }],
    });
  });

  test('a TLS handshake that is never answered has sent nothing', async () => {
    const { createServer } = await import('node:net');
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const { items } = await n8n.run({
      items: titled('One'),
      credential: { deskUrl: `https://127.0.0.1:${port}` },
      parameters: { options: { timeoutSeconds: 1 } },
      onError: 'continueRegularOutput',
    });
    silent.close();
    expect(errorOf(items[0])).toMatchObject({ mayBeRecorded: false });
  });

  test('a redirect is not followed', async () => {
    n8n.desk.fault({ kind: 'redirect' });
    const { error } = await n8n.run({ items: titled('One') });
    expect(error?.message).toContain('A redirect is never followed');
    expect(n8n.desk.requests().map(({ path }) => path)).toEqual(['/api/v1/extensionLogs']);
  });
});

describe('When Desk says that there are too many calls', () => {
  test('the node slows down, and nothing is lost or sent twice', async () => {
    n8n.desk.configure({ concurrentCalls: 3, latencyMs: 2 });
    const { items } = await n8n.run({
      items: steps(60),
      parameters: { reference: '', options: { concurrency: 10 } },
    });
    expect(items.map(({ json }) => json['title'])).toEqual(steps(60).map(({ title }) => title));
    expect(recorded(n8n)).toHaveLength(60);
    expect(n8n.desk.mostInFlight()).toBeLessThanOrEqual(10);
  });

  test('used-up credits end it at once, with the reason', async () => {
    n8n.desk.fault({ kind: 'credits', times: 'always' });
    const { error } = await n8n.run({ items: steps(3), parameters: { options: { concurrency: 1 } } });
    expect(error?.message).toContain("The portal's API credits for today are used up.");
    expect(logRequests(n8n)).toBe(1);
  });
});

describe('When the execution is cancelled', () => {
  test('nothing more is sent', async () => {
    n8n.desk.fault({ kind: 'stallBefore', times: 'always' });
    const running = n8n.run({ items: steps(50), parameters: { reference: '', options: { concurrency: 4 } } });
    while (n8n.desk.mostInFlight() < 4) await new Promise((resolve) => setImmediate(resolve));
    await n8n.cancel();
    const { status } = await running;
    expect(status).toBe('canceled');
    expect(logRequests(n8n)).toBe(4);
    expect(recorded(n8n)).toEqual([]);
  });

  test('a wait for the next try ends too', async () => {
    n8n.desk.fault({ kind: 'tooMany', times: 'always', retryAfter: 60 });
    const running = n8n.run({ items: steps(2) });
    while (logRequests(n8n) < 1) await new Promise((resolve) => setImmediate(resolve));
    await n8n.cancel();
    expect((await running).status).toBe('canceled');
    expect(logRequests(n8n)).toBe(1);
  });
});
