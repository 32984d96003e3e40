import { expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../emulator/start-emulator.ts';
import {
  askToken,
  control,
  emulatorForEachTest,
  invoke,
  invokeFields,
  networkError,
  postLog,
  send,
  until,
} from '../desk-client.ts';

const emulator = emulatorForEachTest({ portals: 200 });

test('each of 200 portals has its own ids, context and refresh token', () => {
  const { portals, credentials } = emulator();
  const all = portals.flatMap(({ orgId, name, refreshToken, installations }) => [
    orgId,
    name,
    refreshToken,
    ...installations.flatMap(({ installationId, securityContext }) => [installationId, securityContext]),
  ]);
  expect(portals).toHaveLength(200);
  expect(new Set(all).size).toBe(all.length);
  expect(portals[0]).toMatchObject({ orgId: credentials.orgId, refreshToken: credentials.refreshToken });
  expect(portals[0]?.installations.map(({ installationId }) => installationId)).toEqual([
    credentials.installationId,
    ...credentials.furtherInstallationIds,
  ]);
});

test('they are the same at every start', async () => {
  const again = await startEmulator({ portals: 200 });
  expect(again.portals).toEqual(emulator().portals);
  await again.close();
});

test('a refresh token opens its own portal and no other', async () => {
  const [, one, other] = emulator().portals;
  const { body } = await askToken(emulator(), { refresh_token: one?.refreshToken ?? '' });
  const authorization = `Zoho-oauthtoken ${String(body['access_token'])}`;
  const installationId = one?.installations[0]?.installationId;
  const own = await postLog(emulator(), { installationId }, { authorization, orgId: one?.orgId ?? '' });
  expect(own.status).toBe(200);
  const foreign = await postLog(emulator(), { installationId }, { authorization, orgId: other?.orgId ?? '' });
  expect([foreign.status, foreign.body['errorCode']]).toEqual([403, 'OAUTH_ORG_MISMATCH']);
  expect(emulator().logs()).toMatchObject([{ orgId: one?.orgId, installationId }]);
});

test('each refresh token has its own throttle', async () => {
  const [first, second] = emulator().portals;
  for (let at = 1; at <= 10; at += 1)
    await askToken(emulator(), { refresh_token: first?.refreshToken ?? '' });
  expect((await askToken(emulator(), { refresh_token: first?.refreshToken ?? '' })).status).toBe(400);
  expect((await askToken(emulator(), { refresh_token: second?.refreshToken ?? '' })).status).toBe(200);
});

test('the list of installations is what installations-file takes', async () => {
  const { text, headers } = await send(`${emulator().url}/__emulator/installations.jsonl`);
  expect(headers.get('content-type')).toBe('application/jsonl;charset=UTF-8');
  const entries = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(entries).toHaveLength(200);
  const last = emulator().portals.at(-1);
  expect(entries.at(-1)).toEqual({ ...last?.installations[0], orgId: last?.orgId, name: last?.name });
});

/** One log to the portal of this number through the vendor's door. */
function toPortal(desk: Emulator, index: number, signal: AbortSignal | null = null) {
  const portal = desk.portals[index];
  return invoke(desk, invokeFields(desk, {}, portal), { orgId: portal?.orgId ?? '', signal });
}

test('what one portal is set to leaves the others alone', async () => {
  const id = (index: number) => emulator().portals[index]?.orgId ?? '';
  emulator().configurePortal(id(1), { reachable: false });
  emulator().configurePortal(id(2), { installed: false });
  emulator().configurePortal(id(3), { creditsPerDay: 0 });
  emulator().configurePortal(id(4), { latencyMs: 60_000 });
  emulator().fault({ kind: 'error502', orgId: id(5), times: 'always' });
  const stop = new AbortController();
  const held = [toPortal(emulator(), 1, stop.signal), toPortal(emulator(), 4, stop.signal)].map(networkError);
  const statuses: number[] = [];
  for (const index of [2, 3, 5, 6, 0]) statuses.push((await toPortal(emulator(), index)).status);
  expect(statuses).toEqual([401, 200, 502, 200, 200]);
  await until(() =>
    emulator()
      .logs()
      .some(({ orgId }) => orgId === id(4)),
  );
  expect(
    emulator()
      .logs()
      .map(({ orgId }) => orgId)
      .toSorted(),
  ).toEqual([id(0), id(4), id(6)].toSorted());
  stop.abort();
  expect(await Promise.all(held)).toEqual(['AbortError', 'AbortError']);
});

test('a portal’s concurrent calls are its own', async () => {
  const id = (index: number) => emulator().portals[index]?.orgId ?? '';
  emulator().configurePortal(id(1), { concurrentCalls: 1, latencyMs: 60_000 });
  const stop = new AbortController();
  const held = networkError(toPortal(emulator(), 1, stop.signal));
  await until(() => emulator().logs().length === 1);
  expect((await toPortal(emulator(), 1)).text).toContain('TOO_MANY_REQUESTS');
  expect((await toPortal(emulator(), 2)).text).not.toContain('TOO_MANY_REQUESTS');
  expect([emulator().mostInFlight(id(1)), emulator().mostInFlight(id(2))]).toEqual([2, 1]);
  stop.abort();
  expect(await held).toBe('AbortError');
});

test('settings work over HTTP, and reset brings back what was at the start', async () => {
  const orgId = emulator().portals[7]?.orgId;
  const settingsOf = async () =>
    ((await control(emulator(), 'portals')).body as unknown as { orgId: string; settings: object }[]).find(
      (one) => one.orgId === orgId,
    )?.settings;
  const before = await settingsOf();
  await control(emulator(), 'portals', { orgId, reachable: false, edition: 'free' });
  expect(await settingsOf()).toEqual({ reachable: false, edition: 'free' });
  emulator().reset();
  expect(await settingsOf()).toEqual(before);
});

test.each([
  [{ orgId: '1' }, /^No portal has the orgId "1"\. They run up to 60001234766\.$/],
  [{}, /^No portal has the orgId undefined/],
  [
    { orgId: '60001234567', reachable: 'no', editio: 'free' },
    /^reachable of a portal cannot be "no"\. Allowed: true, false\.\nUnknown setting "editio" of a portal\. Settings are: edition, /,
  ],
])('bad settings %j are a 400 that says what is allowed', async (body, message) => {
  const heard = await control(emulator(), 'portals', body);
  expect([heard.status, heard.body['message']]).toEqual([400, expect.stringMatching(message)]);
});

test('settings that are no object are refused', () => {
  const orgId = emulator().portals[0]?.orgId ?? '';
  expect(() => emulator().configurePortal(orgId, [] as object)).toThrow(
    /^A portal's settings are a JSON object with any of: edition, /,
  );
});

test('a Desk of one portal names that one where another is asked for', async () => {
  const desk = await startEmulator();
  try {
    expect(() => desk.configurePortal('1', {})).toThrow(
      'No portal has the orgId "1". The only one is 60001234567.',
    );
  } finally {
    await desk.close();
  }
});

test.each([0, 1.5, 20_001])('%d portals cannot be served', async (portals) => {
  await expect(startEmulator({ portals })).rejects.toThrow(
    `portals cannot be ${portals}. Allowed: a whole number from 1 to 20000.`,
  );
});
