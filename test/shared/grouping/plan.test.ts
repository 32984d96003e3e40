import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Entry } from '../../../shared/entries/entry.ts';
import { isHeading } from '../../../shared/grouping/part.ts';
import { problemLine } from '../../../shared/problem.ts';
import { planLogs, type Overflow, type Plan } from '../../../shared/grouping/plan.ts';
import { entriesOf, shape } from './entries-and-shapes.ts';

function planOf(entries: readonly Entry[], overflow: Overflow = 'split'): Plan {
  const { plan, refused } = planLogs(entries, overflow);
  expect(refused).toEqual([]);
  return plan;
}

describe('split', () => {
  test.each([
    [1, [['X', undefined, 1]]],
    [10, [['X', undefined, 10]]],
    [
      11,
      [
        ['X', undefined, 10],
        ['X-2', 'X 1 (part 2 of 2)', 1],
      ],
    ],
    [
      19,
      [
        ['X', undefined, 10],
        ['X-2', 'X 1 (part 2 of 2)', 9],
      ],
    ],
    [
      29,
      [
        ['X', undefined, 10],
        ['X-2', 'X 1 (part 2 of 4)', 9],
        ['X-3', 'X 1 (part 3 of 4)', 9],
        ['X-4', 'X 1 (part 4 of 4)', 1],
      ],
    ],
  ])('%d logs of one reference', (count, expected) => {
    expect(planOf(entriesOf('X', count)).groups.map(shape)).toEqual([expected]);
  });

  test('entries without a reference stand alone, each a parent', () => {
    const { groups } = planOf(entriesOf(undefined, 12));
    expect(groups.map(shape)).toEqual(Array(12).fill([[undefined, undefined, 1]]));
  });

  test('a group named as a further part of another keeps its name for itself', () => {
    const { groups } = planOf([...entriesOf('X', 11), ...entriesOf('X-2', 11)]);
    expect(groups.map(shape)).toEqual([
      [
        ['X', undefined, 10],
        ['X-3', 'X 1 (part 3 of 3)', 1],
      ],
      [
        ['X-2', undefined, 10],
        ['X-2-2', 'X-2 1 (part 2 of 2)', 1],
      ],
    ]);
    expect(groups[0]?.nextFreePart()).toEqual({ number: 4, wireReference: 'X-4' });
  });

  test('the same reference in two installations is two groups', () => {
    const { groups } = planOf([...entriesOf('X', 11, '1'), ...entriesOf('X', 11, '2')]);
    expect(groups.map(({ installationId, parts }) => [installationId, parts[1]?.wireReference])).toEqual([
      ['1', 'X-2'],
      ['2', 'X-2'],
    ]);
  });
});

const aReference = fc.constantFrom('X', 'X-2', 'X-3', 'X-2-2', 'Y', undefined);
const someEntries = fc
  .array(fc.tuple(aReference, fc.constantFrom('1', '2')), { maxLength: 90, size: 'max' })
  .map((addresses) =>
    addresses.map(([reference, installationId], index): Entry => {
      const title = `log ${index}`;
      return { title, description: title, installationId, ...(reference !== undefined && { reference }) };
    }),
  );
const wireReferencesOf = ({ groups }: Plan) =>
  groups.flatMap(({ installationId, parts }) =>
    parts
      .filter(({ wireReference }) => wireReference !== undefined)
      .map(({ wireReference }) => JSON.stringify([installationId, wireReference])),
  );

test('any entries: ten to a part, in order, no two parts under one reference, headings that count', () => {
  fc.assert(
    fc.property(someEntries, (entries) => {
      const plan = planOf(entries);
      expect(plan.logs.map(({ title }) => title)).toEqual(entries.map(({ title }) => title));
      expect(plan.logs.map((log) => log.entries)).toEqual(entries.map((entry) => [entry]));
      expect(new Set(wireReferencesOf(plan)).size).toBe(wireReferencesOf(plan).length);
      for (const { parts, reference, installationId, parentTitle } of plan.groups) {
        const logs = parts.flatMap((part) => part.logs);
        const own = entries.filter(
          (entry) => entry.reference === reference && entry.installationId === installationId,
        );
        if (reference === undefined) expect(logs).toHaveLength(1);
        else expect(logs.map(({ title }) => title)).toEqual(own.map(({ title }) => title));
        expect(parentTitle).toBe(logs[0]?.title);
        for (const [index, part] of parts.entries()) {
          const opening = index === 0 ? 0 : 1;
          expect(part.logs.length + opening).toBeLessThanOrEqual(10);
          expect(part.logs.length).toBeGreaterThan(0);
          // Nothing is split that fits.
          if (index + 1 < parts.length) expect(part.logs.length + opening).toBe(10);
          const heading = `${parentTitle} (part ${part.number} of ${parts.at(-1)?.number})`;
          expect(part.heading?.title).toBe(index === 0 ? undefined : heading);
          expect(part.heading === undefined || isHeading(part.heading)).toBe(true);
        }
      }
    }),
  );
});

test('parts that are opened later never meet another part or group', () => {
  fc.assert(
    fc.property(someEntries, fc.array(fc.nat(8), { maxLength: 12, size: 'max' }), (entries, asked) => {
      const plan = planOf(entries);
      const groups = plan.groups.filter(({ reference }) => reference !== undefined);
      fc.pre(groups.length > 0);
      const later = asked.flatMap((index) => {
        const group = groups[index % groups.length];
        return group ? [JSON.stringify([group.installationId, group.nextFreePart().wireReference])] : [];
      });
      const all = [...wireReferencesOf(plan), ...later];
      expect(new Set(all).size).toBe(all.length);
    }),
  );
});

describe('error', () => {
  test('names each group that is too long, its length, and the way out', () => {
    const entries = [...entriesOf('X', 11), ...entriesOf('Y', 10), ...entriesOf('Z', 12)];
    const { refused } = planLogs(entries, 'error');
    expect(refused.map(({ problem }) => problemLine(problem))).toEqual([
      'overflow: "error" allows 10 logs to a reference, and "X" has 11. Remove some logs, or use split (several parts) or condense (one part, with logs that went well merged).',
      'overflow: "error" allows 10 logs to a reference, and "Z" has 12. Remove some logs, or use split (several parts) or condense (one part, with logs that went well merged).',
    ]);
  });

  test('gives each problem the entries of its own group, and plans the groups that fit', () => {
    const [tooLong, fits] = [entriesOf('X', 11), entriesOf('Y', 10)];
    const { plan, refused } = planLogs([...tooLong, ...fits], 'error');
    expect(refused.map((group) => group.entries)).toEqual([tooLong]);
    expect(plan.logs.flatMap((log) => log.entries)).toEqual(fits);
    expect(plan.groups.map(shape)).toEqual([[['Y', undefined, 10]]]);
  });

  test('allows ten, and any number of logs that stand alone', () => {
    planOf([...entriesOf('X', 10), ...entriesOf(undefined, 30)], 'error');
  });
});

test('condense makes one part of each group and leaves short groups alone', () => {
  const { groups, logs } = planOf([...entriesOf('X', 30), ...entriesOf('Y', 10)], 'condense');
  expect(groups.map(shape)).toEqual([[['X', undefined, 10]], [['Y', undefined, 10]]]);
  expect(logs.filter(({ reference }) => reference === 'Y').map(({ title }) => title)).toEqual(
    entriesOf('Y', 10).map(({ title }) => title),
  );
});

test('each entry stands in one log of its own group, merged or not', () => {
  fc.assert(
    fc.property(someEntries, (entries) => {
      const { logs } = planOf(entries, 'condense');
      const told = logs.flatMap((log) => log.entries);
      expect(told).toHaveLength(entries.length);
      expect(new Set(told)).toEqual(new Set(entries));
      for (const log of logs) {
        for (const { title, installationId, reference } of log.entries) {
          expect([log.installationId, log.reference]).toEqual([installationId, reference]);
          expect([log.title, ...log.description.split('\n')]).toContain(
            log.title === title ? title : `- ${title}`,
          );
        }
      }
    }),
  );
});
