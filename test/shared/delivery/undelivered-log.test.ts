import { expect, test } from '@jest/globals';
import type { DeliveredPart, Outcome, Report } from '../../../shared/delivery/outcome.ts';
import type { PlannedLog } from '../../../shared/grouping/part.ts';
import { undeliveredLogs } from '../../../shared/delivery/undelivered-log.ts';

interface Given {
  number: number;
  /** Position of each log: of those recorded, and of those not. */
  recorded?: number[];
  not?: number[];
  taken?: number;
  reference?: string;
}

function reportOf(...given: Given[]): Report {
  const parts = given.map(({ number, recorded = [], not = [], reference = 'X', taken }): DeliveredPart => {
    const place = { number, wireReference: number === 1 ? reference : `${reference}-${number}` };
    const log = (position: number): PlannedLog => {
      const title = `log ${position}`;
      return { title, description: title, installationId: '1', reference, position };
    };
    const outcomes: Outcome[] = [
      ...recorded.map((at): Outcome => {
        const answer = { logId: `${at}`, parentLogId: '0', body: {} };
        return { kind: 'recorded', log: log(at), place, answer, durationMs: 1, lostAttempts: 0 };
      }),
      ...not.map((at): Outcome => {
        return {
          kind: 'undelivered',
          log: log(at),
          place,
          reason: 'No.',
          mayBeRecorded: false,
          durationMs: 1,
        };
      }),
    ];
    return { place, installationId: '1', reference, taken: taken ?? recorded.length, outcomes };
  });
  const outcomes = parts.flatMap((part) => part.outcomes as Outcome[]);
  return { parts, outcomes: outcomes.sort((one, other) => one.log.position - other.log.position) };
}

const references = (report: Report) =>
  undeliveredLogs(report).map(({ title, reference }) => `${title}: ${reference}`);

test('of a group of which nothing is in Desk all goes back under its reference, to be split anew', () => {
  const report = reportOf({ number: 1, not: [0, 1] }, { number: 2, not: [2] });
  expect(references(report)).toEqual(['log 0: X', 'log 1: X', 'log 2: X']);
});

test('of a group that Desk has a piece of each log goes back to its part', () => {
  const report = reportOf({ number: 1, recorded: [0], not: [1] }, { number: 2, not: [2] });
  expect(references(report)).toEqual(['log 1: X', 'log 2: X-2']);
});

test('lost attempts alone, a heading’s included, make a piece', () => {
  const report = reportOf({ number: 1, not: [0], taken: 0 }, { number: 2, not: [1], taken: 2 });
  expect(references(report)).toEqual(['log 0: X', 'log 1: X-2']);
});

test('a part whose places are taken gives its logs to the next that has room', () => {
  const report = reportOf(
    { number: 1, recorded: [0], not: [1, 2], taken: 9 },
    { number: 2, not: [3], taken: 10 },
  );
  expect(references(report)).toEqual(['log 1: X', 'log 2: X-3', 'log 3: X-3']);
});

test('another group’s part is passed over', () => {
  const report = reportOf(
    { number: 1, recorded: [0], not: [1], taken: 10 },
    { number: 1, recorded: [2], reference: 'X-2' },
    { number: 3, not: [3] },
  );
  expect(references(report)).toEqual(['log 1: X-3', 'log 3: X-3']);
});

test('numbers that passed over another group are kept, whether or not anything was sent', () => {
  const report = reportOf(
    { number: 1, not: [0] },
    { number: 3, not: [1] },
    { number: 1, recorded: [2], reference: 'X-2' },
  );
  expect(references(report)).toEqual(['log 0: X', 'log 1: X-3']);
});

test('a log that stands alone goes back so, with why and whether it may be recorded', () => {
  const place = { number: 1, wireReference: undefined };
  const log = { title: 'T', description: 'D', installationId: '1', position: 0 };
  const outcome: Outcome = {
    kind: 'undelivered',
    log,
    place,
    reason: 'No.',
    mayBeRecorded: true,
    durationMs: 1,
  };
  const part: DeliveredPart = {
    place,
    installationId: '1',
    reference: undefined,
    taken: 12,
    outcomes: [outcome],
  };
  expect(undeliveredLogs({ outcomes: [outcome], parts: [part] })).toEqual([
    { title: 'T', description: 'D', installationId: '1', reason: 'No.', mayBeRecorded: true },
  ]);
});
