import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TITLE_LIMIT } from '../../../shared/entries/read-entries.ts';
import { standingOf, type Entry } from '../../../shared/entries/entry.ts';
import { condense, mergeToFit } from '../../../shared/grouping/condense.ts';
import type { PlannedLog } from '../../../shared/grouping/part.ts';

type Given = readonly (string | undefined)[];

/** One log for each status; a title says which and how it went, so that none is part of another. */
function logsOf(statuses: Given): PlannedLog[] {
  return statuses.map((status, position) => {
    const title = `<${position} ${status ?? 'plain'}>`;
    const entry: Entry = {
      title,
      description: `It was ${title}.`,
      installationId: '1',
      reference: 'X',
      ...(status !== undefined && { status }),
    };
    return { ...entry, entries: [entry] };
  });
}

const hasFailed = (log: Entry) => standingOf(log) === 'failed';

const titles = (statuses: Given) => condense(logsOf(statuses), 10).map(({ title }) => title);
const repeat = <T>(count: number, value: T): T[] => Array<T>(count).fill(value);

const aStatus = fc.constantFrom(
  undefined,
  ...[
    'success',
    'skipped',
    'neutral',
    'failure',
    'cancelled',
    'timed_out',
    'action_required',
    'no such word',
  ],
);
const mostlyFine = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(undefined, 'success', 'skipped') },
  { weight: 1, arbitrary: aStatus },
);
const someStatuses = fc.oneof(
  fc.array(aStatus, { minLength: 1, maxLength: 60, size: 'max' }),
  fc.array(mostlyFine, { minLength: 11, maxLength: 60, size: 'max' }),
);

describe('any group', () => {
  const always = (check: (given: PlannedLog[], condensed: PlannedLog[]) => void) => () =>
    fc.assert(
      fc.property(someStatuses, (statuses) => {
        const given = logsOf(statuses);
        check(given, condense(given, 10));
      }),
    );

  test(
    'has as many logs as there is room for, no fewer',
    always((given, condensed) => expect(condensed).toHaveLength(Math.min(10, given.length))),
  );

  test(
    'keeps its parent as it is',
    always((given, condensed) => expect(condensed[0]).toEqual(given[0])),
  );

  test(
    'keeps the order, and loses no title',
    always((given, condensed) => {
      const told = condensed.flatMap(({ entries }) => entries);
      expect(told).toEqual(given.flatMap(({ entries }) => entries));
      const at = given.map(({ title }) =>
        condensed.findIndex((log) => log.title.includes(title) || log.description.includes(title)),
      );
      expect(at).not.toContain(-1);
      expect(at).toEqual([...at].sort((one, other) => one - other));
    }),
  );

  test(
    'hides no failure in a success',
    always((given, condensed) => {
      for (const failure of given.filter(hasFailed)) {
        const log = condensed.find(({ title, description }) => (title + description).includes(failure.title));
        expect(log && hasFailed(log)).toBe(true);
        expect(log?.title.startsWith(failure.title) || /^\d+ failed: /.test(log?.title ?? '')).toBe(true);
      }
      for (const log of condensed.slice(1).filter(hasFailed)) {
        expect(log.title + log.description).toMatch(
          /failure|cancelled|timed_out|action_required|no such word/,
        );
      }
    }),
  );

  test(
    'keeps a log of its own for each failure while there is room',
    always((given, condensed) => {
      const failures = given.slice(1).filter(hasFailed);
      if (failures.length > 9) return;
      const openings = failures.map(
        ({ title }) => condensed.filter((log) => log.title.startsWith(title)).length,
      );
      expect(openings).toEqual(repeat(failures.length, 1));
    }),
  );

  test(
    'merges into a failure only when all that went well is one log between failures already',
    always((_given, condensed) => {
      const mergedIntoFailure = condensed.some((log) => hasFailed(log) && log.title.includes(' (with '));
      const neighbours = condensed.slice(1).some((log, index, all) => {
        const next = all[index + 1];
        return next !== undefined && !hasFailed(log) && !hasFailed(next);
      });
      expect(mergedIntoFailure && neighbours).toBe(false);
    }),
  );
});

test('what went well and stands together becomes one log that says how many and which', () => {
  const [, merged, ...rest] = condense(logsOf(repeat(13, 'success')), 10);
  expect(merged).toMatchObject({
    title: '4 went well: <1 success>, <2 success>, <3 success>, <4 success>',
    description: [1, 2, 3, 4].map((at) => `- <${at} success>: It was <${at} success>.`).join('\n'),
    status: 'success',
  });
  expect(rest.map(({ title }) => title)).toEqual([5, 6, 7, 8, 9, 10, 11, 12].map((at) => `<${at} success>`));
});

test('a log merged of skipped ones says so; among others each says it in the description', () => {
  expect(titles(repeat(11, 'skipped'))[1]).toBe('2 skipped: <1 skipped>, <2 skipped>');
  const [, merged] = condense(logsOf([undefined, 'success', 'skipped', ...repeat(8, 'failure')]), 10);
  expect(merged?.title).toBe('2 went well: <1 success>, <2 skipped>');
  expect(merged?.description).toContain('- <2 skipped> (skipped)');
});

test('with no two neighbours that went well, one goes into the failure beside it', () => {
  const alternating = [undefined, ...repeat(5, ['failure', 'success']).flat()];
  expect(titles(alternating)[1]).toBe('<1 failure> (with 1 that went well)');
});

test('failures share logs only when there are more of them than slots', () => {
  const [parent, ...others] = condense(logsOf([undefined, ...repeat(11, 'failure')]), 10);
  expect(parent?.title).toBe('<0 plain>');
  expect(others.map(({ title }) => title).filter((title) => /^\d+ failed/.test(title))).toEqual([
    '2 failed: <1 failure>, <2 failure>',
    '2 failed: <3 failure>, <4 failure>',
  ]);
});

test('what has not ended is counted as unfinished, neither as failed nor as done', () => {
  const [, ...others] = condense(logsOf([undefined, ...repeat(11, 'in_progress')]), 10);
  expect(others.map(({ title }) => title).filter((title) => title.startsWith('2'))).toEqual([
    '2 unfinished: <1 in_progress>, <2 in_progress>',
    '2 unfinished: <3 in_progress>, <4 in_progress>',
  ]);
  expect(others[0]?.status).toBe('in_progress');
});

test('a failure comes first in what it shares with unfinished and with fine logs', () => {
  const mixed = mergeToFit(logsOf(['failure', 'in_progress', 'success']), 1);
  expect(mixed).toMatchObject([
    { title: '<0 failure> (with 1 unfinished and 1 that went well)', status: 'failure' },
  ]);
  const unfinished = mergeToFit(logsOf(['success', 'in_progress', 'in_progress']), 1);
  expect(unfinished).toMatchObject([
    {
      title: '2 unfinished: <1 in_progress>, <2 in_progress> (with 1 that went well)',
      status: 'in_progress',
    },
  ]);
});

test('a parent that failed is not merged either', () => {
  expect(titles(['failure', ...repeat(20, 'success')])[0]).toBe('<0 failure>');
});

test('names stop being listed where they would make the title long', () => {
  const long = logsOf(repeat(30, 'success')).map((log) => ({
    ...log,
    title: `${log.title}${'x'.repeat(60)}`,
  }));
  const merged = condense(long, 10)[1];
  expect(merged?.title).toMatch(/^21 went well: <1 success>x+, <2 success>x+ and 19 more$/);
});

test('titles of the greatest length stay within it, and a failure keeps its whole title', () => {
  const longest = (statuses: Given) =>
    logsOf(statuses).map((log) => ({ ...log, title: log.title.padEnd(TITLE_LIMIT, 'x') }));
  const fine = condense(longest(repeat(12, 'success')), 10);
  expect(Math.max(...fine.map(({ title }) => title.length))).toBe(TITLE_LIMIT);
  const failed = longest([undefined, ...repeat(5, ['failure', 'success']).flat()]);
  expect(condense(failed, 10)[1]?.title).toBe(failed[1]?.title);
});

test('descriptions too long for one log give way to the titles', () => {
  const large = logsOf(repeat(12, 'success')).map((log) => ({ ...log, description: 'y'.repeat(60_000) }));
  const merged = condense(large, 10)[1];
  expect(merged?.description).toBe('- <1 success>\n- <2 success>\n- <3 success>');
});

test('thousands of logs fit into ten', () => {
  const statuses = Array.from({ length: 2_000 }, (_, at) => (at % 7 === 0 ? 'failure' : 'success'));
  expect(condense(logsOf(statuses), 10)).toHaveLength(10);
});
