import { describe, expect, test } from '@jest/globals';
import { simulatePace, type Course, type Scene } from './simulate-pace.ts';

const SEEDS = [1, 2, 3, 4, 5];

/** A scene with five seeds: their courses, and the means of what is measured. */
function courses(scene: Scene) {
  const all = SEEDS.map((seed) => simulatePace({ ...scene, seed }));
  const mean = (of: (course: Course) => number) =>
    all.reduce((sum, course) => sum + of(course), 0) / all.length;
  for (const { recorded, mostInFlight } of all) {
    expect(recorded).toBe(scene.logsEach * (scene.senders ?? 1));
    expect(mostInFlight).toBeLessThanOrEqual(scene.concurrency ?? 100);
  }
  return {
    all,
    timesIdeal: mean(({ timesIdeal }) => timesIdeal),
    refused: mean(({ refused }) => refused),
    fairness: mean(({ fairness }) => fairness),
  };
}

const LATENCIES = [5, 20, 300, 2_000];

describe('alone at a portal', () => {
  const rows = [5, 10, 15, 25].flatMap((limit) => [25, 100].map((concurrency) => ({ limit, concurrency })));
  test.each(rows)('limit $limit, concurrency $concurrency: near the ideal, hardly refused', (row) => {
    for (const latencyMs of LATENCIES) {
      const { timesIdeal, refused } = courses({ ...row, latencyMs, logsEach: 100 * row.limit });
      expect(timesIdeal).toBeLessThanOrEqual(1.2);
      expect(refused).toBeLessThanOrEqual(0.03);
    }
  });

  test.each([50, 100])('limit %i, larger than any edition: near the ideal too', (limit) => {
    const { timesIdeal, refused } = courses({ limit, logsEach: 100 * limit });
    expect(timesIdeal).toBeLessThanOrEqual(1.25);
    expect(refused).toBeLessThanOrEqual(0.03);
  });

  test.each([1, 2, 3])('limit %i, hardly any', (limit) => {
    const { timesIdeal, refused } = courses({ limit, logsEach: 200 * limit });
    expect(timesIdeal).toBeLessThanOrEqual(1.2);
    expect(refused).toBeLessThanOrEqual(0.1);
  });

  test('a limit that is never met is never refused', () => {
    expect(courses({ limit: 25, concurrency: 25, logsEach: 2_000 }).refused).toBe(0);
  });

  test('answers that take very different times', () => {
    const { timesIdeal, refused } = courses({ limit: 10, spread: 0.9, logsEach: 1_000 });
    expect(timesIdeal).toBeLessThanOrEqual(1.2);
    expect(refused).toBeLessThanOrEqual(0.03);
  });

  test('the first burst fits into the smallest edition, and a large limit is used within a second', () => {
    expect(simulatePace({ limit: 5, logsEach: 4 }).refused).toBe(0);
    for (const { used } of courses({ limit: 100, latencyMs: 100, logsEach: 3_000 }).all)
      expect(used(1_000, 2_000)).toBeGreaterThanOrEqual(0.8);
  });
});

describe('several senders unaware of each other', () => {
  const rows = [
    { senders: 2, limit: 5 },
    { senders: 2, limit: 10 },
    { senders: 2, limit: 25 },
    { senders: 4, limit: 5 },
    { senders: 4, limit: 10 },
    { senders: 4, limit: 25 },
    { senders: 4, limit: 100 },
  ];
  test.each(rows)(
    '$senders senders, limit $limit: equal shares of nearly all of it',
    ({ senders, limit }) => {
      for (const apartMs of [0, 100]) {
        const { timesIdeal, refused, fairness } = courses({
          senders,
          limit,
          apartMs,
          concurrency: 50,
          logsEach: Math.ceil((400 * limit) / senders),
        });
        expect(timesIdeal).toBeLessThanOrEqual(1.3);
        expect(refused).toBeLessThanOrEqual(0.08);
        expect(fairness).toBeGreaterThanOrEqual(0.9);
      }
    },
  );

  // A window of one can only ask for twice as much, and there is none to spare: refusals cannot be rare.
  const crowds = [
    { senders: 8, limit: 10, mostRefused: 0.15 },
    { senders: 8, limit: 25, mostRefused: 0.08 },
    { senders: 32, limit: 25, mostRefused: 0.3 },
    { senders: 32, limit: 5, mostRefused: 0.6 },
  ];
  test.each(crowds)('$senders senders, limit $limit: nobody starves', ({ senders, limit, mostRefused }) => {
    const { timesIdeal, refused, fairness } = courses({
      senders,
      limit,
      concurrency: 25,
      logsEach: Math.max(200, Math.ceil((400 * limit) / senders)),
    });
    expect(timesIdeal).toBeLessThanOrEqual(1.3);
    expect(refused).toBeLessThanOrEqual(mostRefused);
    expect(fairness).toBeGreaterThanOrEqual(0.75);
  });
});

describe('a limit that changes', () => {
  const changes = [
    { from: 25, to: 5 },
    { from: 25, to: 10 },
    { from: 5, to: 25 },
    { from: 10, to: 25 },
    { from: 10, to: 100 },
  ];
  test.each(changes)('from $from to $to: four fifths of it are used within two seconds', ({ from, to }) => {
    for (const latencyMs of [10, 60]) {
      const changesAt = 60 * latencyMs;
      const { all, refused } = courses({
        limit: (at) => (at < changesAt ? from : to),
        latencyMs,
        logsEach: 60 * from + to * Math.ceil(3_500 / latencyMs),
      });
      for (const { used } of all)
        expect(used(changesAt + 2_000, changesAt + 3_000)).toBeGreaterThanOrEqual(0.8);
      expect(refused).toBeLessThanOrEqual(0.03);
    }
  });

  // Two seconds are six or seven such answers: what counts is how many of them it takes.
  test('with slow answers, within some thirty of them', () => {
    const limit = (at: number) => (at < 20_000 ? 5 : 25);
    for (const { used } of courses({ limit, latencyMs: 300, logsEach: 2_000 }).all)
      expect(used(20_000 + 30 * 300, 20_000 + 45 * 300)).toBeGreaterThanOrEqual(0.8);
  });

  test('other traffic that comes and goes every two seconds', () => {
    const limit = (at: number) => (at % 4_000 < 2_000 ? 25 : 10);
    const { timesIdeal, refused } = courses({ limit, logsEach: 10_000 });
    expect(timesIdeal).toBeLessThanOrEqual(1.3);
    expect(refused).toBeLessThanOrEqual(0.03);
  });
});
