import { describe, expect, test } from '@jest/globals';
import type { DeliveredPart, Outcome } from '../../../shared/delivery/outcome.ts';
import { GroupLedger, type LedgerRecord, type LedgerStore } from '../../../shared/grouping/group-ledger.ts';
import { headingLog, type PlannedLog } from '../../../shared/grouping/part.ts';

/** A store in memory that keeps its record as JSON, as a file would. */
function memory(kept?: unknown): LedgerStore & { text: () => string } {
  let text = kept === undefined ? undefined : JSON.stringify(kept);
  return {
    read: () => (text === undefined ? undefined : (JSON.parse(text) as unknown)),
    write: (record: LedgerRecord) => void (text = JSON.stringify(record)),
    nameOf: (key) => Buffer.from(key).toString('hex'),
    redact: (title) => title.replaceAll('secret', '***'),
    text: () => text ?? '',
  };
}

function logOf(title: string): PlannedLog {
  const entry = { title, description: title, installationId: '1' };
  return { ...entry, entries: [entry] };
}

const recorded = (log: PlannedLog, part: Outcome['part'], parentLogId: string): Outcome => ({
  kind: 'recorded',
  log,
  part,
  answer: { logId: `${log.title} id`, parentLogId, body: {} },
  lostAttempts: 0,
  durationMs: 1,
});
const lost = (log: PlannedLog, part: Outcome['part']): Outcome => ({
  kind: 'undelivered',
  log,
  part,
  reason: 'No.',
  mayBeRecorded: true,
  durationMs: 1,
});

function partOf(
  number: number,
  slotsTaken: number,
  { reference = 'run', portal = 'one', outcomes = [] as Outcome[] } = {},
): DeliveredPart {
  const wireReference = number === 1 ? reference : `${reference}-${number}`;
  const address = { number, wireReference };
  return { address, portal, installationId: '1', reference, slotsTaken, filledByOthers: false, outcomes };
}

const FIRST = { number: 1, wireReference: 'run' };
const groupIn = (ledger: GroupLedger, reference = 'run', portal = 'one') =>
  ledger.inPortal(portal).groupOf('1', reference);

describe('a group', () => {
  test('is new until something of it was sent', () => {
    const ledger = GroupLedger.open(memory());
    ledger.record([partOf(1, 0)]);
    expect(groupIn(ledger)).toBeUndefined();
    expect(ledger.inPortal('one').isInUse('1', 'run')).toBe(false);
    expect(ledger.parentLogIdOf('one', '1', 'run')).toBeUndefined();
  });

  test('goes on where it was left, whichever run opens the store next', () => {
    const store = memory();
    const outcomes = [recorded(logOf('Deploy'), FIRST, '41'), recorded(logOf('Test'), FIRST, '41')];
    GroupLedger.open(store).record([partOf(1, 2, { outcomes })]);
    const later = GroupLedger.open(store);
    expect(groupIn(later)).toEqual({ parentTitle: 'Deploy', part: 1, slotsTaken: 2 });
    expect(later.parentLogIdOf('one', '1', 'run')).toBe('41');
  });

  test('counts lost attempts, and takes the first log that Desk has as its parent', () => {
    const ledger = GroupLedger.open(memory());
    const outcomes = [lost(logOf('Lost'), FIRST), recorded(logOf('Test'), FIRST, '42')];
    ledger.record([partOf(1, 6, { outcomes })]);
    expect(groupIn(ledger)).toEqual({ parentTitle: 'Test', part: 1, slotsTaken: 6 });
  });

  test('keeps its first parent, and learns its id as soon as one is known', () => {
    const ledger = GroupLedger.open(memory());
    ledger.record([partOf(1, 1, { outcomes: [lost(logOf('Lost'), FIRST)] })]);
    expect(ledger.parentLogIdOf('one', '1', 'run')).toBe('');
    ledger.record([partOf(1, 2, { outcomes: [recorded(logOf('Next'), FIRST, '43')] })]);
    ledger.record([partOf(1, 3, { outcomes: [recorded(logOf('Last'), FIRST, '44')] })]);
    expect(groupIn(ledger)?.parentTitle).toBe('Lost');
    expect(ledger.parentLogIdOf('one', '1', 'run')).toBe('43');
  });

  test('goes on in its first part with room, and in its last when none has any', () => {
    const ledger = GroupLedger.open(memory());
    ledger.record([partOf(1, 10), partOf(2, 4), partOf(3, 10)]);
    expect(groupIn(ledger)).toMatchObject({ part: 2, slotsTaken: 4 });
    ledger.record([partOf(2, 10)]);
    expect(groupIn(ledger)).toMatchObject({ part: 3, slotsTaken: 10 });
  });

  test('whose reference is another group’s part is filled as that part, under its parent', () => {
    const ledger = GroupLedger.open(memory());
    const address = { number: 2, wireReference: 'run-2' };
    const heading = recorded(headingLog('Deploy', '1', 2), address, '50');
    ledger.record([
      partOf(1, 10, { outcomes: [recorded(logOf('Deploy'), FIRST, '41')] }),
      partOf(2, 4, { outcomes: [heading] }),
    ]);
    expect(groupIn(ledger, 'run-2')).toEqual({ parentTitle: 'Deploy', part: 1, slotsTaken: 4 });
    ledger.record([partOf(1, 7, { reference: 'run-2' })]);
    expect(groupIn(ledger)).toMatchObject({ part: 2, slotsTaken: 7 });
  });

  test('of one portal or installation is not another’s', () => {
    const ledger = GroupLedger.open(memory());
    ledger.record([partOf(1, 5), partOf(1, 3, { portal: 'two' })]);
    expect(groupIn(ledger)?.slotsTaken).toBe(5);
    expect(groupIn(ledger, 'run', 'two')?.slotsTaken).toBe(3);
    expect(groupIn(ledger, 'run', 'three')).toBeUndefined();
    expect(ledger.inPortal('one').groupOf('2', 'run')).toBeUndefined();
  });
});

test('the store keeps names that its host made, and titles without secrets', () => {
  const store = memory();
  GroupLedger.open(store).record([
    partOf(1, 1, { outcomes: [recorded(logOf('a secret title'), FIRST, '41')] }),
  ]);
  expect(store.text()).not.toContain('run');
  expect(store.text()).toContain('a *** title');
});

test.each<[string, unknown]>([
  ['a text', 'hello'],
  ['a list', []],
  ['another shape', { groups: {}, parts: { a: { group: 'a', number: 1, slotsTaken: 11 } } }],
])('%s in the store is ignored and reported', (_, kept) => {
  let damages = 0;
  const ledger = GroupLedger.open(memory(kept), () => (damages += 1));
  expect(damages).toBe(1);
  expect(groupIn(ledger)).toBeUndefined();
  ledger.record([partOf(1, 2)]);
  expect(groupIn(ledger)?.slotsTaken).toBe(2);
});

test('an empty store is not damaged', () => {
  let damages = 0;
  GroupLedger.open(memory(), () => (damages += 1));
  expect(damages).toBe(0);
});
