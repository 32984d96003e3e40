import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { alikePortals } from './simulation/alike-portals.ts';
import { allHolds, logCounts } from './simulation/checks.ts';
import { CALM, runJob, type PortalEntries, type Terms } from './simulation/job.ts';
import { aWeather, aWish, entriesOf, theDoors, theTerms, type Wish } from './simulation/schedules.ts';
import { SimulatedPortal } from './simulation/simulated-portal.ts';
import { SimulatedZoho } from './simulation/simulated-zoho.ts';
import { FAIR, type LogFault, type Weather } from './simulation/weather.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A failure is made smaller for so long. Runs that a slow machine did not get to are no success. */
const PATIENCE = { numRuns: 20, interruptAfterTimeLimit: 240_000, markInterruptAsFailure: true };

interface PortalSchedule {
  readonly weather: Weather;
  readonly doors: PortalEntries['doors'];
  readonly wish: Wish;
  readonly isHealthy: boolean;
}

async function deliverTo(schedules: readonly (PortalSchedule & { number: number })[], terms: Terms) {
  const clock = new VirtualClock();
  const given = schedules.map(({ number, weather, doors, wish }) => {
    const portal = new SimulatedPortal(number, clock, weather);
    return { portal, doors, entries: entriesOf(wish, portal) };
  });
  const zoho = new SimulatedZoho(
    clock,
    given.map(({ portal }) => portal),
  );
  const before = logCounts(zoho);
  const job = await runJob(zoho, clock, given, terms);
  allHolds(zoho, job, before);
  return zoho.portals;
}

const numbered = <T extends object>(schedules: readonly T[]) =>
  schedules.map((schedule, index) => ({ ...schedule, number: index + 1 }));

const aPortalWith = (weather: fc.Arbitrary<Weather>, isHealthy: boolean): fc.Arbitrary<PortalSchedule> =>
  fc.record({ weather, doors: theDoors, wish: aWish, isHealthy: fc.constant(isHealthy) });

const aFairWeather = fc
  .tuple(fc.integer({ min: 20, max: 2_000 }), aWeather)
  .map(([latency, { invoke }]): Weather => ({ ...FAIR, latencies: [latency], invoke }));

/** Nothing works, or hardly anything, for as long as anybody asks. */
const aDeadWeather = fc
  .constantFrom<Partial<Weather>>(
    { contextsLast: 0, tokenFaults: Array<'revoked'>(50).fill('revoked') },
    { creditsLeft: 0 },
    { latencies: [20_000] },
    { refusedInstallation: 403, contextsLast: 3 },
    { logFaults: Array<LogFault>(1_000).fill({ kind: '429', retryAfter: 50 }) },
    { logFaults: Array<LogFault>(1_000).fill({ kind: 'unreached' }) },
    { concurrentCalls: 1 },
  )
  .map((trouble): Weather => ({ ...FAIR, ...trouble }));

test('any portals, each with its own trouble and doors, keep every promise', async () => {
  const portals = fc.array(aPortalWith(aWeather, false), { minLength: 2, maxLength: 12, size: 'max' });
  await fc.assert(
    fc.asyncProperty(portals, theTerms, async (schedules, terms) => {
      await deliverTo(numbered(schedules), terms);
    }),
    PATIENCE,
  );
}, 300_000);

/** While it is open whether the portals share a fault, a new log waits for those in flight: one request at most. */
const LONGEST_WAIT_MS = 2_000;

test('a healthy portal loses nothing and is not delayed, whatever the others do', async () => {
  const aPortal = fc.oneof(aPortalWith(aFairWeather, true), aPortalWith(aDeadWeather, false));
  await fc.assert(
    fc.asyncProperty(fc.array(aPortal, { minLength: 2, maxLength: 10, size: 'max' }), async (drawn) => {
      const schedules = numbered(drawn);
      const healthy = schedules.filter(({ isHealthy }) => isHealthy);
      const terms = { ...CALM, allowedMs: 600_000 };
      const alone = await deliverTo(healthy, terms);
      const among = await deliverTo(schedules, terms);
      for (const one of alone) {
        const other = among.find(({ number }) => number === one.number);
        expect(other?.logs.map(({ title }) => title).sort()).toEqual(
          one.logs.map(({ title }) => title).sort(),
        );
        expect(other?.lastRecordedAt).toBeLessThanOrEqual(one.lastRecordedAt + LONGEST_WAIT_MS);
      }
    }),
    PATIENCE,
  );
}, 300_000);

test('more than a hundred dead portals at once: all others are done long before the deadline', async () => {
  const clock = new VirtualClock();
  const isDead = (number: number) => number <= 150;
  const trouble = (number: number) => (isDead(number) ? { latencies: [60_000] } : {});
  const { given, zoho } = alikePortals(clock, { count: 180, logs: 2, door: 'invoke', trouble });
  const job = await runJob(zoho, clock, given, { ...CALM, allowedMs: 600_000 });
  allHolds(zoho, job, new Map());
  for (const { number, logs, lastRecordedAt } of zoho.portals.filter(({ number }) => !isDead(number))) {
    expect([number, logs.length]).toEqual([number, 2]);
    // The dead ones hold what they hold for fifteen seconds; then it is the turn of the next.
    expect(lastRecordedAt).toBeLessThanOrEqual(60_000);
  }
  expect(job.report.outcomes).toHaveLength(180 * 2);
}, 300_000);
