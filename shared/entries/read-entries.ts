import * as z from 'zod/mini';
import { installationIdSchema, orgIdSchema } from '../zoho/portal.ts';
import { ENTRY_STATUSES, type Entry } from './entry.ts';
import { LOGS_PER_PART } from '../grouping/part.ts';
import { check, shownValue, type Checked, type Problem } from '../problem.ts';

/**
 * Longest title and description, in characters. Desk states no limit; these keep a whole log file
 * from being pasted into a request that Desk would answer with 413.
 */
export const TITLE_LIMIT = 1_000;
/** See {@link TITLE_LIMIT}. */
export const DESCRIPTION_LIMIT = 100_000;
/** Longest reference, in characters; Desk calls it "a random string" and shows a UUID. */
export const REFERENCE_LIMIT = 200;
/** What the number of a part may add to it: an undelivered file names parts, and is read as it is. */
const PART_NUMBER_LENGTH = 20;

const SLOTS_RULE = `must be a whole number from 0 to ${LOGS_PER_PART}. Leave it as the undelivered file had it.`;
const NO_TITLE = 'is missing. Say what happened.';
/** A host that makes a default reference of the run has none where there is no run. */
const NO_REFERENCE = 'is missing, and there is no run to make one of. Give a reference.';
const TEXT_RULE = 'must be text. Put it in quotes.';
const ENTRY_KEYS = 'title, description, status, reference, installationId and orgId';

/** A title: text that is trimmed, not empty, and of limited length. */
const titleSchema = z.pipe(
  z.pipe(
    z.string({ error: ({ input }) => (input === undefined ? NO_TITLE : TEXT_RULE) }),
    z.transform((title: string) => title.trim()),
  ),
  z.string().check(
    z.minLength(1, 'must not be empty. Say what happened.'),
    z.refine((title) => title.length <= TITLE_LIMIT, {
      error: ({ input }) =>
        `has ${String(input).length} characters; at most ${TITLE_LIMIT} are allowed. Move the detail to the description.`,
    }),
  ),
);

/** A description: text of limited length. */
const descriptionSchema = z.string(TEXT_RULE).check(
  z.refine((text) => text.length <= DESCRIPTION_LIMIT, {
    error: ({ input }) =>
      `has ${String(input).length} characters; at most ${DESCRIPTION_LIMIT} are allowed. Shorten it, or link to the whole text.`,
  }),
);

/** A reference as a user gives it: one line, trimmed, not blank. */
export const referenceSchema = referenceOf(REFERENCE_LIMIT);

/** Trimmed, as a title is: in the portal `"order-7 "` looks like `"order-7"`. */
function referenceOf(limit: number) {
  return z.pipe(
    z.pipe(
      z.string({ error: ({ input }) => (input === undefined ? NO_REFERENCE : TEXT_RULE) }),
      z.transform((reference: string) => reference.trim()),
    ),
    z
      .string()
      .check(
        z.minLength(1, 'must not be blank. Give a reference, or leave it out.'),
        z.regex(/^[^\p{Cc}]*$/u, 'must be one line. Take the line break out.'),
        z.maxLength(limit, `must have at most ${REFERENCE_LIMIT} characters. Shorten it.`),
      ),
  );
}

/** YAML's whole numbers come as bigints. */
const slotsSchema = z.pipe(
  z.pipe(z.union([z.number(), z.bigint()], SLOTS_RULE), z.transform(Number)),
  z.int(SLOTS_RULE).check(z.minimum(0, SLOTS_RULE), z.maximum(LOGS_PER_PART, SLOTS_RULE)),
);

const entrySchema = z.strictObject(
  {
    title: titleSchema,
    description: z.optional(descriptionSchema),
    status: z.optional(
      z.enum(ENTRY_STATUSES, `must be one of ${ENTRY_STATUSES.join(', ')}, or be left out.`),
    ),
    reference: z.optional(referenceOf(REFERENCE_LIMIT + PART_NUMBER_LENGTH)),
    installationId: z.optional(installationIdSchema),
    orgId: z.optional(orgIdSchema),
    // What an undelivered file says beside the log, so that the file can be given back as it is.
    slotsTaken: z.optional(slotsSchema),
    reason: z.optional(z.unknown()),
    mayBeRecorded: z.optional(z.unknown()),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `has the unknown ${issue.keys.length === 1 ? 'key' : 'keys'} ${issue.keys.map((key) => shownValue(key)).join(', ')}. An entry takes ${ENTRY_KEYS}; a text with a colon goes in quotes.`
        : 'must be text or a mapping with a title. Put text in quotes.',
  },
);

/** What an entry takes on where it leaves these out. */
export interface EntryDefaults {
  readonly installationId: string;
  readonly reference?: string | undefined;
}

/**
 * Reads a list of entries, each a string or `{title, description?, status?, reference?,
 * installationId?}`; a missing or blank description repeats the title.
 * @param input the name of the input that the list came from, for the messages
 */
export function readEntries(list: unknown, input: string, defaults: EntryDefaults): Checked<Entry[]> {
  if (!Array.isArray(list)) {
    return problem(input, 'must be a list. Start each entry with "- ", or write a JSON array.', list);
  }
  if (list.length === 0) {
    return problem(input, 'must not be an empty list. Add an entry, or leave the input out.');
  }
  const results = list.map((item, index) => readEntry(item, `${input}[${index}]`, defaults));
  const problems = results.flatMap((result) => (result.ok ? [] : result.problems));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: results.flatMap((result) => (result.ok ? [result.value] : [])) };
}

/** Reads one entry; see {@link readEntries}. */
export function readEntry(item: unknown, input: string, defaults: EntryDefaults): Checked<Entry> {
  if (typeof item === 'string') {
    const title = check(titleSchema, item, input);
    return title.ok ? { ok: true, value: entryOf({ title: title.value }, defaults) } : title;
  }
  const result = check(entrySchema, item, input);
  return result.ok
    ? { ok: true, value: entryOf(result.value, defaults) }
    : { ok: false, problems: withoutConsequences(result.problems, input) };
}

/**
 * `- Deploy: done` is text whose colon made it a mapping with an unknown key. The message about the
 * key says it all: that a title is missing too would only distract.
 */
function withoutConsequences(problems: Problem[], input: string): Problem[] {
  // A problem of the mapping itself, and not of one of its keys, is that it has unknown keys.
  const hasUnknownKeys = problems.some((found) => found.input === input);
  return hasUnknownKeys ? problems.filter(({ message }) => message !== NO_TITLE) : problems;
}

type GivenEntry = Pick<Entry, 'title'> & {
  readonly [Key in keyof Omit<Entry, 'title'>]?: Entry[Key] | undefined;
};

function entryOf(given: GivenEntry, defaults: EntryDefaults): Entry {
  const { title, status, orgId, slotsTaken } = given;
  const reference = given.reference ?? defaults.reference;
  return {
    title,
    description: given.description?.trim() ? given.description : title,
    installationId: given.installationId ?? defaults.installationId,
    ...(reference !== undefined && { reference }),
    ...(status !== undefined && { status }),
    ...(orgId !== undefined && { orgId }),
    ...(slotsTaken !== undefined && { slotsTaken }),
  };
}

function problem(input: string, message: string, value?: unknown): { ok: false; problems: Problem[] } {
  return {
    ok: false,
    problems: [{ input, message, ...(value !== undefined && { value: shownValue(value) }) }],
  };
}
