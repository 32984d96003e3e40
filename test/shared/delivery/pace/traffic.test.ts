import { expect, test } from '@jest/globals';
import type { PassEnd } from '../../../../shared/delivery/pace/pace-window.ts';
import type { Pass } from '../../../../shared/delivery/pace/portal-queue.ts';
import { Traffic, type PortalPace } from '../../../../shared/delivery/pace/traffic.ts';
import { VirtualClock } from '../virtual-clock.ts';

const clock = new VirtualClock();
let traffic: Traffic;

/** A delivery that lasts so long, from now. */
function delivery({
  most = 100,
  lastsMs = 60_000,
  signal = new AbortController().signal,
  sleep = clock.sleep,
} = {}) {
  const deadline = { at: clock.now() + lastsMs, allowedMs: lastsMs, signal };
  return traffic.open({ most, deadline, world: { now: clock.now, sleep, random: () => 0.5 } });
}

/** Sends so many; `passes` are those that were let through, `sentAway` counts those that waited in vain. */
function crowd(pace: PortalPace, count: number) {
  const crowd = { passes: [] as Pass[], sentAway: 0 };
  for (let at = 0; at < count; at += 1) {
    void pace.enter(false).then((pass) => {
      if (pass === undefined) crowd.sentAway += 1;
      else crowd.passes.push(pass);
    });
  }
  return crowd;
}

/** Lets so much time pass. */
async function pass(ms = 0): Promise<void> {
  await clock.run(clock.sleep(ms, new AbortController().signal));
}

/** Ends all that are in flight now in the same way. */
async function end({ passes }: { passes: Pass[] }, as: PassEnd): Promise<void> {
  for (const each of passes.splice(0)) each.done(as);
  await pass();
}

function beginAnew(): void {
  traffic = new Traffic();
}

test('an unknown portal gets four, and twice as many after each round of answers', async () => {
  beginAnew();
  const sent = crowd(delivery().to('a'), 100);
  for (const expected of [4, 8, 16, 32]) {
    await pass();
    expect(sent.passes).toHaveLength(expected);
    await end(sent, 'taken');
  }
});

test('never more than the concurrency, and with two deliveries never more than the larger', async () => {
  beginAnew();
  const few = crowd(delivery({ most: 3 }).to('a'), 30);
  const more = crowd(delivery({ most: 6 }).to('a'), 30);
  for (let round = 0; round < 5; round += 1) {
    await pass();
    expect(few.passes.length + more.passes.length).toBeLessThanOrEqual(6);
    await end(few, 'taken');
    await end(more, 'taken');
  }
});

test('what was refused goes first, as soon as one is answered', async () => {
  beginAnew();
  const pace = delivery().to('a');
  const sent = crowd(pace, 10);
  await pass();
  const [refused] = sent.passes.splice(0, 1);
  refused?.done('refused');
  let wentAgain = false;
  void pace.enter(true).then(() => (wentAgain = true));
  await pass();
  expect({ wentAgain, inFlight: sent.passes.length }).toEqual({ wentAgain: false, inFlight: 3 });
  sent.passes[0]?.done('taken');
  sent.passes[1]?.done('taken');
  await pass();
  expect({ wentAgain, admitted: sent.passes.length }).toEqual({ wentAgain: true, admitted: 3 });
});

test('a single request that is refused waits, longer each time', async () => {
  beginAnew();
  const pace = delivery({ most: 1 }).to('a');
  const waits: number[] = [];
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const askedAt = clock.now();
    const admitted = await clock.run(pace.enter(true));
    waits.push(clock.now() - askedAt);
    admitted?.done('refused');
  }
  expect(waits).toEqual([0, 50, 100, 200, 400]);
});

test('a portal that asks everybody to wait is left alone that long, the others are not', async () => {
  beginAnew();
  const ways = delivery();
  const [one, other] = [crowd(ways.to('a'), 10), crowd(ways.to('b'), 10)];
  await pass();
  one.passes.pop()?.done({ stillForMs: 7_000 });
  await end(one, 'taken');
  await end(other, 'taken');
  expect([one.passes.length, other.passes.length]).toEqual([0, 6]);
  await pass(6_999);
  expect(one.passes).toHaveLength(0);
  await pass(2);
  expect(one.passes.length).toBeGreaterThan(0);
});

test('a hundred in flight in all, and half of them for portals that have not answered', async () => {
  beginAnew();
  const ways = delivery();
  const portals = Array.from({ length: 60 }, (_, index) => crowd(ways.to(`portal ${index}`), 8));
  const inFlight = () => portals.reduce((sum, { passes }) => sum + passes.length, 0);
  await pass();
  expect(inFlight()).toBe(50);
  for (const portal of portals.slice(0, 30)) await end(portal, 'taken');
  expect(inFlight()).toBe(100);
  const silent = portals.slice(30).reduce((sum, { passes }) => sum + passes.length, 0);
  expect(silent).toBeLessThanOrEqual(50);
});

test('portals that fall silent leave half to the others', async () => {
  beginAnew();
  const ways = delivery();
  const silent = Array.from({ length: 40 }, (_, index) => crowd(ways.to(`silent ${index}`), 8));
  await pass();
  for (const portal of silent) await end(portal, 'taken');
  for (const portal of silent) await end(portal, 'unanswered');
  const inFlight = silent.reduce((sum, { passes }) => sum + passes.length, 0);
  expect(inFlight).toBe(50);
});

test('portals take turns: a small one does not wait for a large one to end', async () => {
  beginAnew();
  const ways = delivery();
  const large = [1, 2, 3].map((number) => crowd(ways.to(`large ${number}`), 10_000));
  for (let round = 0; round < 6; round += 1) {
    await pass();
    for (const portal of large) await end(portal, 'taken');
  }
  const small = crowd(ways.to('small'), 1);
  await pass();
  expect(small.passes).toHaveLength(0);
  large[0]?.passes.splice(0, 4).forEach((each) => each.done('taken'));
  await pass();
  expect(small.passes).toHaveLength(1);
});

test('what still waits at the deadline, or when the run is cancelled, is turned away', async () => {
  beginAnew();
  const cancelled = new AbortController();
  const patient = crowd(delivery({ lastsMs: 10_000 }).to('a'), 6);
  const cut = crowd(delivery({ signal: cancelled.signal }).to('a'), 6);
  await pass();
  cancelled.abort();
  await pass();
  expect([patient.sentAway, cut.sentAway]).toEqual([0, 6]);
  await pass(10_001);
  expect(patient.sentAway).toBe(2);
});

test('a timer that fires early keeps nobody waiting beyond the deadline', async () => {
  beginAnew();
  // Node counts timers in whole milliseconds, so they can fire up to one early.
  const sleep = (ms: number, signal: AbortSignal) => clock.sleep(ms > 1 ? ms - 0.5 : ms, signal);
  const pace = delivery({ most: 1, lastsMs: 10_000, sleep }).to('a');
  const first = crowd(pace, 2);
  await pass(9_999.7);
  const late = crowd(pace, 3);
  await pass(0.4);
  expect([first.passes.length, first.sentAway, late.sentAway]).toEqual([1, 1, 3]);
});

test('a portal without senders is forgotten', async () => {
  beginAnew();
  const first = delivery();
  const pace = first.to('a');
  const sent = crowd(pace, 8);
  await pass();
  await end(sent, 'taken');
  await end(sent, 'taken');
  pace.leave();
  first.close();
  const next = crowd(delivery().to('a'), 100);
  await pass();
  expect(next.passes).toHaveLength(4);
});
