import { describe, expect, test } from '@jest/globals';
import {
  DESCRIPTION_LIMIT,
  readEntries,
  readEntry,
  REFERENCE_LIMIT,
  TITLE_LIMIT,
  type EntryDefaults,
} from '../../../shared/entries/read-entries.ts';
import { problemLine } from '../../../shared/problem.ts';

const DEFAULTS: EntryDefaults = { installationId: '4000000000123001', reference: 'run' };
const COMMON = { installationId: '4000000000123001', reference: 'run' };

function entries(list: unknown, defaults = DEFAULTS) {
  const read = readEntries(list, 'logs', defaults);
  return read.ok ? read.value : read.problems.map(problemLine);
}

describe('what an entry may be', () => {
  test('a text, whose description repeats it', () => {
    expect(entries(['Built', '  Tested\n'])).toEqual([
      { title: 'Built', description: 'Built', ...COMMON },
      { title: 'Tested', description: 'Tested', ...COMMON },
    ]);
  });

  test('a mapping; a description that says nothing repeats the title', () => {
    expect(
      entries([
        { title: ' Built ', description: ' In 3 s\n', status: 'success' },
        { title: 'Tested', description: ' \n' },
        { title: 'Shipped', installationId: '7', reference: 'other' },
      ]),
    ).toEqual([
      { title: 'Built', description: ' In 3 s\n', status: 'success', ...COMMON },
      { title: 'Tested', description: 'Tested', ...COMMON },
      { title: 'Shipped', description: 'Shipped', installationId: '7', reference: 'other' },
    ]);
  });

  test('without a reference anywhere it stands alone', () => {
    expect(entries(['Built'], { installationId: '1' })).toEqual([
      { title: 'Built', description: 'Built', installationId: '1' },
    ]);
  });

  test('a line of an undelivered file', () => {
    const line = {
      ...COMMON,
      title: 'Built',
      description: 'In 3 s',
      reason: 'Desk was not reached.',
      mayBeRecorded: true,
      orgId: '600',
      slotsTaken: 9,
    };
    expect(entries([line])).toEqual([
      { title: 'Built', description: 'In 3 s', orgId: '600', slotsTaken: 9, ...COMMON },
    ]);
    // YAML's whole numbers.
    expect(entries([{ ...line, slotsTaken: 9n }])).toMatchObject([{ slotsTaken: 9 }]);
  });

  test('a reference is trimmed, as a title is', () => {
    expect(entries([{ title: 'Built', reference: ' order-7 ' }])).toMatchObject([{ reference: 'order-7' }]);
  });

  test('as long as the limits allow, and a part’s number longer for a reference that was given back', () => {
    const title = 'é'.repeat(TITLE_LIMIT);
    const description = 'x'.repeat(DESCRIPTION_LIMIT);
    const reference = `${'r'.repeat(REFERENCE_LIMIT)}-2-12`;
    expect(entries([{ title, description, reference, installationId: '1' }])).toEqual([
      { title, description, reference, installationId: '1' },
    ]);
  });
});

describe('what it may not be', () => {
  test.each<[string, unknown, string]>([
    ['a number as title', { title: 7 }, 'logs[0].title: 7 must be text. Put it in quotes.'],
    ['null as title', { title: null }, 'logs[0].title: null must be text. Put it in quotes.'],
    ['a list as title', { title: ['a'] }, 'logs[0].title: ["a"] must be text. Put it in quotes.'],
    ['no title', { description: 'x' }, 'logs[0].title: is missing. Say what happened.'],
    ['an empty title', { title: '' }, 'logs[0].title: must not be empty. Say what happened.'],
    ['a blank title', { title: ' \n' }, 'logs[0].title: must not be empty. Say what happened.'],
    ['a blank text', '  ', 'logs[0]: must not be empty. Say what happened.'],
    [
      'true as description',
      { title: 'a', description: true },
      'logs[0].description: true must be text. Put it in quotes.',
    ],
    [
      'a status of its own',
      { title: 'a', status: 'ok' },
      'logs[0].status: "ok" must be one of success, failure, cancelled, skipped, or be left out.',
    ],
    [
      'a number as reference',
      { title: 'a', reference: 7 },
      'logs[0].reference: 7 must be text. Put it in quotes.',
    ],
    [
      'a blank reference',
      { title: 'a', reference: ' ' },
      'logs[0].reference: must not be blank. Give a reference, or leave it out.',
    ],
    [
      'a reference of two lines',
      { title: 'a', reference: 'x\ny' },
      'logs[0].reference: "x\\ny" must be one line. Take the line break out.',
    ],
    [
      'more slots than a reference has',
      { title: 'a', slotsTaken: 11 },
      'logs[0].slotsTaken: 11 must be a whole number from 0 to 10. Leave it as the undelivered file had it.',
    ],
    [
      'slots in words',
      { title: 'a', slotsTaken: 'two' },
      'logs[0].slotsTaken: "two" must be a whole number from 0 to 10. Leave it as the undelivered file had it.',
    ],
    [
      'an organization that is not digits',
      { title: 'a', orgId: 'abc' },
      'logs[0].orgId: "abc" must be digits only. Find it in Zoho Desk under Setup > Developer Space > API.',
    ],
    [
      'a number as installation',
      { title: 'a', installationId: 4 },
      'logs[0].installationId: 4 must be text. Put it in quotes.',
    ],
    [
      'an installation with a space',
      { title: 'a', installationId: '4 5' },
      'logs[0].installationId: "4 5" must have no spaces. It is what the extension receives as serviceAppId when it is installed.',
    ],
  ])('%s', (_, entry, problem) => {
    expect(entries([entry])).toEqual([problem]);
  });

  test.each([[7], [null], [true], [['a']], [undefined]])('%j instead of an entry', (entry) => {
    expect(entries([entry])).toEqual([
      expect.stringMatching(/^logs\[0\]: .*must be text or a mapping with a title\./),
    ]);
  });

  test.each([
    [
      { title: 'x'.repeat(TITLE_LIMIT + 1) },
      /title: "x{58}… has 1001 characters; at most 1000 are allowed\. Move/,
    ],
    [
      { title: 'a', description: 'x'.repeat(DESCRIPTION_LIMIT + 1) },
      /description: "x+… has 100001 characters; at most 100000 are allowed\. Shorten/,
    ],
    [
      { title: 'a', reference: 'x'.repeat(300) },
      /reference: "x+… must have at most 200 characters\. Shorten it\./,
    ],
  ])('what is too long: %#', (entry, problem) => {
    expect(entries([entry])).toEqual([expect.stringMatching(problem)]);
  });

  test('an unknown key, which is named with those that are known', () => {
    expect(entries([{ title: 'a', level: 'info', color: 1 }])).toEqual([
      expect.stringMatching(
        /^logs\[0\]: has the unknown .*"level", "color"\. An entry takes title, description, status, reference, installationId and orgId;/,
      ),
    ]);
  });
});

test('a text whose colon made it a mapping: the message names its key, and what else is wrong', () => {
  expect(
    entries([{ Deploy: 'done' }, { Deploy: 'done', title: '' }, { Deploy: 'done', status: 'x' }]),
  ).toEqual([
    expect.stringMatching(
      /^logs\[0\]: has the unknown key "Deploy"\..* a text with a colon goes in quotes\.$/,
    ),
    'logs[1].title: must not be empty. Say what happened.',
    expect.stringMatching(/^logs\[1\]: has the unknown key/),
    expect.stringMatching(/^logs\[2\]\.status/),
    expect.stringMatching(/^logs\[2\]: has the unknown key/),
  ]);
});

test('all problems of all entries at once, each under its own name', () => {
  expect(entries([{ title: 1 }, 'fine', { title: 'a', status: 'x', reference: 2 }])).toEqual([
    expect.stringMatching(/^logs\[0\]\.title/),
    expect.stringMatching(/^logs\[2\]\.status/),
    expect.stringMatching(/^logs\[2\]\.reference/),
  ]);
});

test.each([
  ['a text', 'Built', 'logs: "Built" must be a list. Start each entry with "- ", or write a JSON array.'],
  [
    'a mapping',
    { title: 'Built' },
    'logs: {"title":"Built"} must be a list. Start each entry with "- ", or write a JSON array.',
  ],
  ['nothing', undefined, 'logs: must be a list. Start each entry with "- ", or write a JSON array.'],
  ['an empty list', [], 'logs: must not be an empty list. Add an entry, or leave the input out.'],
])('%s instead of a list', (_, list, problem) => {
  expect(entries(list)).toEqual([problem]);
});

test('a list that contains itself through a YAML anchor is a problem, not a crash', () => {
  const loop: unknown[] = [];
  loop.push(loop);
  expect(entries(loop)).toEqual([expect.stringContaining('must be text or a mapping')]);
  const titled: { title?: unknown } = {};
  titled.title = titled;
  expect(entries([titled])).toEqual([expect.stringMatching(/^logs\[0\]\.title: .*must be text/)]);
});

test('a single entry is named like its input', () => {
  expect(readEntry({ title: 5n }, 'item', DEFAULTS)).toEqual({
    ok: false,
    problems: [{ input: 'item.title', value: '5', message: 'must be text. Put it in quotes.' }],
  });
});
