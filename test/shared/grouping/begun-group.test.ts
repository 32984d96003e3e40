import { describe, expect, test } from '@jest/globals';
import type { Entry } from '../../../shared/entries/entry.ts';
import { planLogs, type BegunGroups } from '../../../shared/grouping/plan.ts';
import { entriesOf, shape } from './entries-and-shapes.ts';

describe('a group that was begun earlier', () => {
  const begunAt = (part: number, slotsTaken: number): BegunGroups => ({
    groupOf: () => ({ parentTitle: 'Deploy', part, slotsTaken }),
    isInUse: (_, wireReference) => wireReference === 'Y-2',
  });
  const begin = (entries: readonly Entry[], part: number, slotsTaken: number) =>
    planLogs(entries, 'split', 'overflow', begunAt(part, slotsTaken)).plan.groups.map(shape);

  test('goes on where there is room, and then under headings without a total', () => {
    expect(begin(entriesOf('X', 3), 1, 8)).toEqual([
      [
        ['X', undefined, 2],
        ['X-2', 'Deploy (part 2)', 1],
      ],
    ]);
    expect(begin(entriesOf('X', 1), 2, 9)).toEqual([[['X-2', undefined, 1]]]);
  });

  test('opens the next part when its last one is full', () => {
    expect(begin(entriesOf('X', 1), 1, 10)).toEqual([[['X-2', 'Deploy (part 2)', 1]]]);
    expect(begin(entriesOf('X', 1), 3, 10)).toEqual([[['X-4', 'Deploy (part 4)', 1]]]);
  });

  test('skips what earlier deliveries have written to', () => {
    expect(begin(entriesOf('Y', 1), 1, 10)).toEqual([[['Y-3', 'Deploy (part 3)', 1]]]);
  });

  test('never goes on in a part that another group of the plan names', () => {
    const shapes = begin([...entriesOf('X', 1), ...entriesOf('X-2', 1)], 2, 6);
    const written = shapes.flatMap((parts) => parts.map(([wireReference]) => wireReference));
    expect(new Set(written).size).toBe(written.length);
    expect(shapes[0]).toEqual([['X-3', 'Deploy (part 3)', 1]]);
  });

  test.each([
    ['what is left of the part', 4, 12, 6],
    ['the next part beside its heading', 10, 12, 9],
  ])('is condensed into %s', (_, slotsTaken, count, room) => {
    const { plan } = planLogs(entriesOf('X', count), 'condense', 'overflow', begunAt(1, slotsTaken));
    expect(plan.logs).toHaveLength(room);
    expect(plan.groups[0]?.parts).toHaveLength(1);
  });

  test.each([
    ['with room for it and what follows', 2],
    ['with room for one', 9],
    ['that is full', 10],
  ])('%s, keeps the parent of what is collected later as a log of its own', (_, slotsTaken) => {
    const parent = { title: 'CI failed · 6 of 8 jobs', status: 'failure', isParent: true };
    const [first, ...others] = entriesOf('X', 9).map((entry) => ({ ...entry, status: 'success' }));
    const entries = [{ ...first, ...parent } as Entry, ...others];
    const { plan } = planLogs(entries, 'condense', 'overflow', begunAt(1, slotsTaken));
    expect(plan.logs[0]).toMatchObject({ ...parent, entries: [entries[0]] });
    const merged = plan.logs.filter((log) => log.entries.length > 1);
    for (const log of merged) expect(log.description).not.toContain('CI failed');
    expect(plan.logs.length).toBeLessThanOrEqual(slotsTaken === 2 ? 8 : 9);
  });

  test('has as much room as an undelivered file leaves it', () => {
    const entries = entriesOf('X', 4).map((entry) => ({ ...entry, slotsTaken: 8 }));
    const groups = planLogs(entries, 'split').plan.groups.map(shape);
    expect(groups).toEqual([
      [
        ['X', undefined, 2],
        ['X-2', 'X 1 (part 2)', 2],
      ],
    ]);
  });

  test('with overflow error has room for what is left of its ten', () => {
    expect(planLogs(entriesOf('X', 7), 'error', 'overflow', begunAt(1, 3)).refused).toEqual([]);
    const [refused] = planLogs(entriesOf('X', 8), 'error', 'overflow', begunAt(1, 3)).refused;
    expect(refused?.problem.message).toMatch(/^allows 10 logs to a reference, and "X" has 11\./);
  });
});
