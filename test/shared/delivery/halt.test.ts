import { describe, expect, test } from '@jest/globals';
import { alikePortals, type AlikePortals } from './simulation/alike-portals.ts';
import { allHolds } from './simulation/checks.ts';
import { CALM, runJob, type Terms } from './simulation/job.ts';
import { VirtualClock } from './virtual-clock.ts';

async function deliverTo(portals: AlikePortals, terms: Partial<Terms> = {}) {
  const clock = new VirtualClock();
  const { given, zoho } = alikePortals(clock, portals);
  const job = await runJob(zoho, clock, given, { ...CALM, concurrency: 1, ...terms });
  allHolds(zoho, job, new Map());
  const recorded = zoho.portals.map(({ logs }) => logs.length);
  const asked = zoho.portals.map(
    ({ mark }) => zoho.requests.filter(({ portal }) => portal.mark === mark).length,
  );
  const reasons = job.report.outcomes.flatMap((outcome) =>
    outcome.kind === 'undelivered' ? [outcome.reason] : [],
  );
  return { recorded, asked, reasons, tookMs: job.tookMs };
}

const UNKNOWN = { contextsLast: 0 };

describe('an error that the secret or the connector may have caused', () => {
  test.each([400, 401, 403] as const)(
    '%d in every portal stops everything',
    async (badContext) => {
      for (const errors of ['inner', 'outer'] as const) {
        const invoke = { message: 'text', errors, badContext } as const;
        const { recorded, asked, reasons } = await deliverTo({
          count: 130,
          logs: 2,
          door: 'invoke',
          trouble: () => ({ ...UNKNOWN, invoke, latencies: [100] }),
        });
        expect(recorded.every((count) => count === 0)).toBe(true);
        // What was in flight when the third portal answered has answered too; nothing began after that.
        expect(asked.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(100);
        expect(reasons).toHaveLength(130 * 2);
        expect(reasons[259]).toContain(`Desk's Invoke API answered ${badContext}`);
        expect(reasons[259]).toContain("the extension's secret");
      }
    },
    60_000,
  );

  test('in two portals only ends those two', async () => {
    const { recorded, asked } = await deliverTo({
      count: 5,
      logs: 3,
      door: 'invoke',
      trouble: (number) => (number <= 2 ? UNKNOWN : {}),
    });
    expect(recorded).toEqual([0, 0, 3, 3, 3]);
    expect(asked).toEqual([1, 1, 3, 3, 3]);
  });

  test('in many portals ends only those, once any portal has taken a log', async () => {
    const { recorded } = await deliverTo({
      count: 40,
      logs: 3,
      door: 'invoke',
      trouble: (number) => (number <= 39 ? { ...UNKNOWN, latencies: [100 + number] } : { latencies: [10] }),
    });
    expect(recorded).toEqual([...Array<number>(39).fill(0), 3]);
  });

  test('waits for what is in flight: a portal that takes its log late lets all others go on', async () => {
    const { recorded, tookMs } = await deliverTo({
      count: 8,
      logs: 3,
      door: 'invoke',
      trouble: (number) => {
        if (number <= 4) return { ...UNKNOWN, latencies: [10] };
        // The slowest is the first to take a log; the others are refused for a moment before.
        return number === 8
          ? { latencies: [9_000] }
          : { latencies: [20], logFaults: [{ kind: '503later', retryAfter: 2 }] };
      },
    });
    expect(recorded).toEqual([0, 0, 0, 0, 3, 3, 3, 3]);
    expect(tookMs).toBeGreaterThanOrEqual(27_000);
  });

  test('stops what waits in the meantime when what was in flight fails as well', async () => {
    const { recorded, asked } = await deliverTo({
      count: 6,
      logs: 3,
      door: 'invoke',
      trouble: (number) => {
        if (number <= 4) return { ...UNKNOWN, latencies: [10] };
        return number === 6
          ? { ...UNKNOWN, latencies: [9_000] }
          : { latencies: [20], logFaults: [{ kind: '503later', retryAfter: 2 }] };
      },
    });
    expect(recorded).toEqual([0, 0, 0, 0, 0, 0]);
    expect(asked).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('ends by the deadline even while it waits for what is in flight', async () => {
    const { recorded, tookMs } = await deliverTo(
      {
        count: 5,
        logs: 3,
        door: 'invoke',
        trouble: (number) => (number <= 3 ? UNKNOWN : { latencies: [60_000] }),
      },
      { allowedMs: 4_000 },
    );
    expect(recorded.slice(0, 3)).toEqual([0, 0, 0]);
    expect(tookMs).toBe(4_000);
  });

  test('a client that Zoho does not know stops everything through the direct door too', async () => {
    const { recorded, asked, reasons } = await deliverTo({
      count: 150,
      logs: 2,
      door: 'oauth',
      trouble: () => ({ tokenFaults: ['unknownClient'] }),
    });
    expect(recorded.every((count) => count === 0)).toBe(true);
    expect(asked.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(100);
    expect(reasons[299]).toContain('invalid_client');
  });
});

describe('an error that is one portal’s', () => {
  test('a revoked refresh token ends its portal, however many meet it', async () => {
    const { recorded } = await deliverTo({
      count: 30,
      logs: 3,
      door: 'oauth',
      trouble: (number) => (number % 5 === 0 ? {} : { tokenFaults: ['revoked'] }),
    });
    expect(recorded).toEqual(Array.from({ length: 30 }, (_, index) => ((index + 1) % 5 === 0 ? 3 : 0)));
  });

  test('used-up credits end their portal at once, however long the delivery may take', async () => {
    const { recorded, asked, tookMs } = await deliverTo({
      count: 3,
      logs: 20,
      door: 'invoke',
      trouble: (number) => (number === 2 ? { creditsLeft: 0 } : {}),
    });
    expect(recorded).toEqual([22, 0, 22]);
    expect(asked[1]).toBe(1);
    expect(tookMs).toBeLessThan(5_000);
  });
});
