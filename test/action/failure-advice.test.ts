import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import type { Emulator, Fault } from '../../emulator/start-emulator.ts';
import { logRequests, logsWithTitles, stepTitles, type With } from './desk-and-job.ts';
import { sceneForEachTest } from './scene-for-each-test.ts';
import { errorsOf, shownLines, undeliveredLines } from './step-end.ts';

const scene = sceneForEachTest();

interface Failure {
  /** What is wrong with the with-block. */
  readonly given?: (desk: Emulator) => With;
  readonly faults?: readonly Fault[];
  readonly before?: (desk: Emulator) => Promise<void> | void;
  readonly advice: string;
}

const withToken = (accessToken: string): With => ({
  'client-id': '',
  'client-secret': '',
  'refresh-token': '',
  'access-token': accessToken,
});

const FAILURES: Readonly<Record<string, Failure>> = {
  'client of another data center': {
    given: () => ({ 'client-id': '1000.OTHER' }),
    advice:
      'Zoho did not issue an access token. It answered 200 invalid_client. The client id is wrong, or belongs to another data center. Check the data center: it is the one whose address you sign in at (zoho.eu is eu).',
  },
  'client secret of another client': {
    given: () => ({ 'client-secret': 'f00d'.repeat(10) }),
    advice:
      'Zoho did not issue an access token. It answered 200 invalid_client_secret. The client secret does not belong to the client id. Copy it again from the API console.',
  },
  'revoked refresh token': {
    given: () => ({ 'refresh-token': '1000.gone.gone' }),
    advice:
      'Zoho did not issue an access token. It answered 200 invalid_code. The refresh token was revoked, or belongs to another client. Make a new one in the API console with the scope Desk.extensions.CREATE.',
  },
  'token throttle, 400': {
    before: useUpTokens,
    advice:
      'Zoho gives ten access tokens in ten minutes for one refresh token. Wait ten minutes, or let the uses share one access token.',
  },
  'token throttle, 200': {
    before: async (desk) => {
      desk.configure({ tokenThrottleStatus: 200 });
      await useUpTokens(desk);
    },
    advice:
      'Zoho gives ten access tokens in ten minutes for one refresh token. Wait ten minutes, or let the uses share one access token.',
  },
  'token endpoint that is a web page': {
    faults: [{ kind: 'html404', on: 'token', times: 'always' }],
    advice:
      'Zoho did not issue an access token. It answered 404 with a web page instead of JSON. This address does not issue tokens. Check the data center: it is the one whose address you sign in at (zoho.eu is eu).',
  },
  'expired access token': {
    given: (desk) => withToken(desk.issueAccessToken({ expiresInSeconds: 0 })),
    advice:
      'The access token was refused. Make a new one with the scope Desk.extensions.CREATE, in the data center of the portal.',
  },
  'token without the scope': {
    given: (desk) => withToken(desk.issueAccessToken({ scopes: ['Desk.tickets.READ'] })),
    advice:
      'The token lacks the scope Desk.extensions.CREATE. Make a new refresh token with it: a token keeps the scopes it was made with.',
  },
  'other organization': {
    given: () => ({ 'org-id': '1' }),
    advice:
      'The token belongs to another portal. Check the organization id (Setup > Developer Space > API), or make a new token and choose this portal when Zoho asks.',
  },
  'Desk that is a web page': {
    faults: [{ kind: 'html404', times: 'always' }],
    advice:
      'Desk answered 404 with a web page instead of JSON. This address is not a Zoho Desk API. Check the data center: it is the one whose address you sign in at (zoho.eu is eu).',
  },
  'installation that is unknown, 422': {
    given: () => ({ 'installation-id': '5' }),
    advice:
      'Check the installation id: it is what the extension receives as serviceAppId when it is installed.',
  },
  'installation that is unknown, 404': {
    given: () => ({ 'installation-id': '5' }),
    before: (desk) => desk.configure({ badInstallation: 404 }),
    advice: 'Check the installation id and the data center: Desk does not know one of them.',
  },
  'installation that is unknown, 403': {
    given: () => ({ 'installation-id': '5' }),
    before: (desk) => desk.configure({ badInstallation: 403 }),
    advice:
      'Check the installation id, and that the person who made the token may manage extensions in this portal.',
  },
  'credits used up': {
    faults: [{ kind: 'credits', times: 'always' }],
    advice: "The portal's API credits for today are used up. They come back at midnight of its data center.",
  },
  redirect: {
    faults: [{ kind: 'redirect', times: 'always' }],
    advice:
      'A redirect is never followed, because the token would go with it. Check the data center: it is the one whose address you sign in at (zoho.eu is eu).',
  },
  'login wall': {
    given: () => ({ delivery: 'at-most-once' }),
    faults: [{ kind: 'html', times: 'always' }],
    advice:
      'Desk answered 200 with a body that is not a log, so it is unknown whether it was recorded. Check the data center, and that no proxy answers in place of Desk.',
  },
  'answer without end': {
    given: () => ({ delivery: 'at-most-once' }),
    faults: [{ kind: 'hugeBody', times: 'always' }],
    advice: 'The answer was lost: the answer was larger than 1048576 bytes.',
  },
  'Zoho that fails': {
    given: () => ({ delivery: 'at-most-once' }),
    faults: [{ kind: 'error502', times: 'always' }],
    advice:
      'Desk answered 502 with a web page instead of JSON. Try again later; status.zoho.com lists outages.',
  },
  'answer that never came': {
    given: () => ({ delivery: 'at-most-once' }),
    faults: [{ kind: 'resetBefore', times: 'always' }],
    advice: 'ended the connection or took none (ECONNRESET).',
  },
};

test.each(Object.entries(FAILURES))('the annotation says what to do: %s', async (_name, failure) => {
  const { desk, run } = scene();
  desk.configure({ badInstallation: 422, tokenThrottleStatus: 400 });
  await failure.before?.(desk);
  desk.fault(...(failure.faults ?? []));
  const end = await run({ title: 'Release v1.4.2', ...failure.given?.(desk) });
  const [line] = await undeliveredLines(end);
  const reason = String(line?.['reason']);
  expect(reason.endsWith(failure.advice) ? failure.advice : reason).toBe(failure.advice);
  expect(errorsOf(end)).toEqual([expect.stringContaining(`\n"Release v1.4.2": ${reason}\n`)]);
  expect([end.exitCode, end.stderr, desk.logs()]).toEqual([1, '', []]);
});

test('a problem that all logs share is met once, not once for each log', async () => {
  const { desk, run } = scene();
  const end = await run({ 'org-id': '1', logs: logsWithTitles(...stepTitles(9)) });
  expect([end.exitCode, logRequests(desk).length]).toEqual([1, 1]);
  expect(errorsOf(end)[0]).toMatch(
    /^9 of 9 logs undelivered\.\n"Step 1", "Step 2", "Step 3", "Step 4", "Step 5" and 4 more: Desk answered 403/,
  );
});

test.each([
  ['desk-url', 'Desk was not reached: '],
  ['accounts-url', 'Zoho did not issue an access token: '],
])('a host that takes no connection is tried until the deadline: %s', async (input, begin) => {
  const { run } = scene();
  const end = await run({ title: 'Release', [input]: await closedOrigin(), 'timeout-seconds': '2' });
  const [line] = await undeliveredLines(end);
  expect(line).toMatchObject({ title: 'Release', mayBeRecorded: false });
  expect(line?.['reason']).toMatch(new RegExp(`^${begin}.*ECONNREFUSED.*Check the address and the network`));
  expect([end.exitCode, end.stderr]).toEqual([1, '']);
});

test('every retry is reported with its number, its cause and its delay', async () => {
  const { desk, run } = scene();
  desk.fault({ kind: 'tooMany', retryAfter: 0 }, { kind: 'error503', retryAfter: 0 });
  const end = await run({ title: 'Release' });
  const retries = shownLines(end).filter((line) => line.includes('attempt'));
  expect(retries).toHaveLength(2);
  expect(retries[0]).toMatch(/^"Release", attempt 1: Desk answered 429 TOO_MANY_REQUESTS ".*"\. Next try/);
  expect(retries[1]).toMatch(/^"Release", attempt 2: Desk answered 503 .*\. Next try/);
  expect([end.exitCode, desk.logs().length]).toEqual([0, 1]);
});

async function useUpTokens({ url, credentials }: Emulator): Promise<void> {
  const form = {
    grant_type: 'refresh_token',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
    refresh_token: credentials.refreshToken,
  };
  for (let used = 0; used < 10; used += 1)
    await fetch(`${url}/oauth/v2/token`, { method: 'POST', body: new URLSearchParams(form) });
}

/** An origin on loopback where nothing listens. */
async function closedOrigin(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}
