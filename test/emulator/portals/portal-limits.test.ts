import { expect, test } from '@jest/globals';
import { emulatorForEachTest, type Heard, networkError, postLog, until } from '../desk-client.ts';

const emulator = emulatorForEachTest();
const remaining = ({ headers }: Heard) => headers.get('x-rate-limit-remaining-v3');
const DAY_MS = 24 * 60 * 60 * 1000;

test.each([
  ['free', 4, 5_000],
  ['express', 4, 25_400],
  ['standard', 4, 51_000],
  ['professional', 4, 77_000],
  ['enterprise', 4, 104_000],
] as const)('edition=%s with %d users has %d credits', async (edition, users, credits) => {
  emulator().configure({ edition, users });
  const heard = await postLog(emulator());
  expect(remaining(heard)).toBe(String(credits - 1));
  expect(heard.headers.get('x-rate-limit-request-weight-v3')).toBe('1');
});

test('used-up credits are a 429 with the seconds until midnight, and come back then', async () => {
  emulator().configure({ creditsPerDay: 1 });
  const untilMidnight = DAY_MS - (Date.now() % DAY_MS);
  if (untilMidnight < 60_000) emulator().advanceClock(untilMidnight);
  expect((await postLog(emulator())).status).toBe(200);
  const refused = await postLog(emulator());
  expect([refused.status, refused.body['errorCode'], remaining(refused)]).toEqual([
    429,
    'THRESHOLD_EXCEEDED',
    '0',
  ]);
  const retryAfter = Number(refused.headers.get('retry-after'));
  expect(retryAfter).toBeGreaterThan(0);
  expect(retryAfter).toBeLessThanOrEqual(86_400);
  emulator().advanceClock(retryAfter * 1000);
  expect((await postLog(emulator())).status).toBe(200);
});

test.each([
  ['free', 5],
  ['express', 10],
  ['standard', 10],
  ['professional', 15],
  ['enterprise', 25],
] as const)('edition=%s takes %d calls at once', async (edition, concurrent) => {
  emulator().configure({ edition });
  emulator().fault({ kind: 'stall', times: concurrent });
  const stop = new AbortController();
  const held = Array.from({ length: concurrent }, () =>
    postLog(emulator(), {}, {}, { signal: stop.signal }).catch(() => undefined),
  );
  await until(() => emulator().logs().length === concurrent);
  const refused = await postLog(emulator());
  expect([refused.status, refused.body['errorCode']]).toEqual([429, 'TOO_MANY_REQUESTS']);
  expect(refused.headers.has('retry-after')).toBe(false);
  expect(emulator().mostInFlight()).toBe(concurrent + 1);
  stop.abort();
  await Promise.all(held);
});

test('a call that its client gave up is freed', async () => {
  emulator().configure({ concurrentCalls: 1 });
  emulator().fault({ kind: 'stall' });
  const stop = new AbortController();
  const held = postLog(emulator(), {}, {}, { signal: stop.signal }).catch(() => undefined);
  await until(() => emulator().logs().length === 1);
  expect((await postLog(emulator())).status).toBe(429);
  stop.abort();
  await held;
  await until(async () => (await postLog(emulator())).status === 200);
});

test('with latency, calls overlap and the surplus is refused at once', async () => {
  emulator().configure({ concurrentCalls: 2, latencyMs: 60_000 });
  const stop = new AbortController();
  const held = [1, 2].map(() => networkError(postLog(emulator(), {}, {}, { signal: stop.signal })));
  await until(() => emulator().logs().length === 2);
  expect((await postLog(emulator())).status).toBe(429);
  expect(emulator().mostInFlight()).toBe(3);
  stop.abort();
  expect(await Promise.all(held)).toEqual(['AbortError', 'AbortError']);
});

test('a client that sends one request after another is never counted twice at once', async () => {
  emulator().configure({ concurrentCalls: 1 });
  for (let at = 0; at < 50; at += 1) expect((await postLog(emulator())).status).toBe(200);
  expect(emulator().mostInFlight()).toBe(1);
});

test('a client that gives up and tries again is never counted twice at once', async () => {
  for (let at = 0; at < 30; at += 1) {
    emulator().reset();
    emulator().fault({ kind: at % 2 === 0 ? 'stall' : 'stallBefore' });
    const stop = new AbortController();
    const held = postLog(emulator(), {}, {}, { signal: stop.signal }).catch(() => undefined);
    await until(() => emulator().requests()[0]?.body.includes('title') === true);
    stop.abort();
    await held;
    expect((await postLog(emulator())).status).toBe(200);
    expect(emulator().mostInFlight()).toBe(1);
  }
});

test('reset frees calls that are still held', async () => {
  emulator().configure({ concurrentCalls: 1 });
  emulator().fault({ kind: 'stall' });
  const stop = new AbortController();
  const held = postLog(emulator(), {}, {}, { signal: stop.signal }).catch(() => undefined);
  await until(() => emulator().logs().length === 1);
  emulator().reset();
  expect((await postLog(emulator())).status).toBe(200);
  expect(emulator().mostInFlight()).toBe(1);
  stop.abort();
  await held;
});
