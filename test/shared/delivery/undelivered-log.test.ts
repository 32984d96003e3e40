import { expect, test } from '@jest/globals';
import type { DeliveredPart, Outcome, Report } from '../../../shared/delivery/outcome.ts';
import type { PlannedLog } from '../../../shared/grouping/part.ts';
import { undeliveredLogs } from '../../../shared/delivery/undelivered-log.ts';

interface Given {
  number: number;
  /** Numbers of the logs that were recorded, and of those that were not. */
  recorded?: number[];
  not?: number[];
  slotsTaken?: number;
  reference?: string;
}

function logOf(number: number, reference: string): PlannedLog {
  const title = `log ${number}`;
  const entry = { title, description: title, installationId: '1', reference };
  return { ...entry, entries: [entry] };
}

function reportOf(...given: Given[]): Report {
  const parts = given.map(
    ({ number, recorded = [], not = [], reference = 'X', slotsTaken }): DeliveredPart => {
      const address = { number, wireReference: number === 1 ? reference : `${reference}-${number}` };
      const outcomes: Outcome[] = [
        ...recorded.map((at): Outcome => {
          const answer = { logId: `${at}`, parentLogId: '0', body: {} };
          const log = logOf(at, reference);
          return { kind: 'recorded', log, part: address, answer, durationMs: 1, lostAttempts: 0 };
        }),
        ...not.map((at): Outcome => undeliveredAs(logOf(at, reference), address)),
      ];
      return {
        address,
        portal: 'portal',
        installationId: '1',
        reference,
        slotsTaken: slotsTaken ?? recorded.length,
        filledByOthers: false,
        outcomes,
      };
    },
  );
  const outcomes = parts.flatMap((part) => part.outcomes);
  return { parts, outcomes: outcomes.toSorted((one, other) => one.log.title.localeCompare(other.log.title)) };
}

function undeliveredAs(log: PlannedLog, part: Outcome['part'], mayBeRecorded = false): Outcome {
  return { kind: 'undelivered', log, part, reason: 'No.', mayBeRecorded, durationMs: 1 };
}

const references = (report: Report) =>
  undeliveredLogs(report).map(({ title, reference }) => `${title}: ${reference}`);

test('when Desk has nothing of a group, all of it goes back under its reference, to be split anew', () => {
  const report = reportOf({ number: 1, not: [0, 1] }, { number: 2, not: [2] });
  expect(references(report)).toEqual(['log 0: X', 'log 1: X', 'log 2: X']);
});

test('once Desk has something of a group, each log goes back to its own part', () => {
  const report = reportOf({ number: 1, recorded: [0], not: [1] }, { number: 2, not: [2] });
  expect(references(report)).toEqual(['log 1: X', 'log 2: X-2']);
});

test('a part is left alone once a further one has anything, lost attempts included: it might overflow into it', () => {
  const report = reportOf({ number: 1, not: [0], slotsTaken: 0 }, { number: 2, not: [1], slotsTaken: 2 });
  expect(references(report)).toEqual(['log 0: X-2', 'log 1: X-2']);
});

test('logs of a part without room go to the next that has some', () => {
  const report = reportOf(
    { number: 1, recorded: [0], not: [1, 2], slotsTaken: 9 },
    { number: 2, not: [3], slotsTaken: 10 },
  );
  expect(references(report)).toEqual(['log 1: X-3', 'log 2: X-3', 'log 3: X-3']);
});

test('a part of another group is skipped', () => {
  const report = reportOf(
    { number: 1, recorded: [0], not: [1], slotsTaken: 10 },
    { number: 1, recorded: [2], reference: 'X-2' },
    { number: 3, not: [3] },
  );
  expect(references(report)).toEqual(['log 1: X-3', 'log 3: X-3']);
});

test('numbers that skipped another group are kept, whether or not anything was sent', () => {
  const report = reportOf(
    { number: 1, not: [0] },
    { number: 3, not: [1] },
    { number: 1, recorded: [2], reference: 'X-2' },
  );
  expect(references(report)).toEqual(['log 0: X-3', 'log 1: X-3']);
});

test('a part is left alone when what it overflows into is another group’s, of this use or an earlier one', () => {
  const report = reportOf({ number: 1, recorded: [0], not: [1] });
  const isInUse = (portal: string, installationId: string, wireReference: string) =>
    [portal, installationId, wireReference].join() === 'portal,1,X-2';
  expect(undeliveredLogs(report, { isInUse })).toMatchObject([{ reference: 'X-3', slotsTaken: 0 }]);
  const unsent = reportOf({ number: 1, not: [0] });
  expect(undeliveredLogs(unsent, { isInUse })).toMatchObject([{ reference: 'X-3', slotsTaken: 0 }]);
});

test('a group whose first part an earlier use filled does not go back there', () => {
  const report = reportOf({ number: 2, not: [0] });
  const isInUse = (_portal: string, _installationId: string, wireReference: string) => wireReference === 'X';
  expect(undeliveredLogs(report, { isInUse })).toMatchObject([{ reference: 'X-2', slotsTaken: 0 }]);
});

test('each line says how many slots of its reference are taken', () => {
  const report = reportOf({ number: 1, recorded: [0], not: [1], slotsTaken: 9 });
  expect(undeliveredLogs(report)).toMatchObject([{ reference: 'X', slotsTaken: 9 }]);
});

test('a log that stands alone goes back so, with why and whether it may be recorded', () => {
  const address = { number: 1, wireReference: undefined };
  const entry = { title: 'T', description: 'D', installationId: '1' };
  const outcome = undeliveredAs({ ...entry, entries: [entry] }, address, true);
  const part: DeliveredPart = {
    address,
    portal: 'portal',
    installationId: '1',
    reference: undefined,
    slotsTaken: 12,
    filledByOthers: false,
    outcomes: [outcome],
  };
  expect(undeliveredLogs({ outcomes: [outcome], parts: [part] }, { orgIdOf: () => '600' })).toEqual([
    { ...entry, orgId: '600', reason: 'No.', mayBeRecorded: true, slotsTaken: 0 },
  ]);
});
