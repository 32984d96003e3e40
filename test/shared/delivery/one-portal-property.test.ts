import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { undeliveredLogs } from '../../../shared/delivery/undelivered-log.ts';
import { readEntries } from '../../../shared/entries/read-entries.ts';
import type { Entry } from '../../../shared/entries/entry.ts';
import type { GroupLedger } from '../../../shared/grouping/group-ledger.ts';
import { allHolds, logCounts } from './simulation/checks.ts';
import { CALM, newLedger, runJob, type JobResult, type Terms } from './simulation/job.ts';
import { aWeather, aWish, entriesOf, theDoors, theTerms } from './simulation/schedules.ts';
import { SimulatedPortal } from './simulation/simulated-portal.ts';
import { SimulatedZoho } from './simulation/simulated-zoho.ts';
import { FAIR } from './simulation/weather.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A failure is made smaller for so long, and is then shown with its seed before Jest's patience ends. */
const PATIENCE = { numRuns: 100, interruptAfterTimeLimit: 240_000, markInterruptAsFailure: true };

/** What a job left over, as the next job reads it from the undelivered file. */
function leftOver({ report }: JobResult, { orgId }: SimulatedPortal, ledger: GroupLedger): Entry[] {
  const isInUse = (portal: string, installationId: string, wireReference: string) =>
    ledger.inPortal(portal).isInUse(installationId, wireReference);
  const lines = undeliveredLogs(report, { orgIdOf: () => orgId, isInUse }).map((log) => JSON.stringify(log));
  if (lines.length === 0) return [];
  const list = lines.map((line): unknown => JSON.parse(line));
  const read = readEntries(list, 'logs-file', { installationId: 'none' });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

test('runs over one ledger, and replays in other jobs, keep every promise until all is recorded', async () => {
  const schedule = fc.record({
    weather: aWeather,
    doors: theDoors,
    runs: fc.array(fc.tuple(aWish, theTerms), { minLength: 1, maxLength: 3 }),
    replays: fc.array(fc.tuple(aWeather, theTerms), { maxLength: 2 }),
  });
  await fc.assert(
    fc.asyncProperty(schedule, async ({ weather, doors, runs, replays }) => {
      const clock = new VirtualClock();
      const portal = new SimulatedPortal(1, clock, weather);

      async function job(entries: readonly Entry[], terms: Terms, ledger: GroupLedger): Promise<JobResult> {
        const zoho = new SimulatedZoho(clock, [portal]);
        const before = logCounts(zoho);
        portal.mostInFlight = 0;
        const result = await runJob(zoho, clock, [{ portal, doors, entries }], terms, ledger);
        allHolds(zoho, result, before);
        return result;
      }

      const ledger = newLedger();
      let left: Entry[] = [];
      for (const [index, [wish, terms]] of runs.entries()) {
        const result = await job(entriesOf(wish, portal, `run ${index} `), terms, ledger);
        left = leftOver(result, portal, ledger);
      }
      const titles = left.map(({ title }) => title);
      const { byOthers, overflow } = weather;
      for (const [next, terms] of [...replays, [FAIR, CALM] as const]) {
        if (left.length === 0) break;
        const inOtherJob = newLedger();
        portal.weather = { ...next, byOthers, overflow };
        const result = await job(left, { ...terms, overflow: 'split' }, inOtherJob);
        left = leftOver(result, portal, inOtherJob);
      }
      expect(left).toEqual([]);
      const inDesk = new Set(portal.logs.map(({ title }) => title));
      expect(titles.filter((title) => !inDesk.has(title))).toEqual([]);
    }),
    PATIENCE,
  );
}, 300_000);
