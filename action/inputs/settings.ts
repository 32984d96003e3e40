import * as z from 'zod/mini';
import { dataCenterSchema, installationIdSchema, orgIdSchema, originSchema } from '../../shared/zoho/portal.ts';
import { DELIVERY_MODES } from '../../shared/delivery/retry-policy.ts';
import { referenceSchema } from '../../shared/entries/read-entries.ts';
import { OVERFLOW_MODES } from '../../shared/grouping/plan.ts';
import { check, type Checked } from '../../shared/problem.ts';
import type { InputValues } from './input-values.ts';
import { collects } from './what-to-log.ts';

/** Most requests in flight that may be asked for; the largest edition of Zoho Desk allows 25. */
const CONCURRENCY_LIMIT = 100;
/** A job on a GitHub-hosted runner lives six hours at most. */
const TIMEOUT_SECONDS_LIMIT = 21_600;

/** The words that @actions/core takes for a boolean (YAML 1.2's core schema). */
const TRUE_WORDS = ['true', 'True', 'TRUE'];
const FALSE_WORDS = ['false', 'False', 'FALSE'];

/** When the logs are sent: at once, or in the post phase. */
const LOG_AT = ['now', 'job-end'] as const;

const settingsSchema = z.object({
  'data-center': dataCenterSchema,
  'org-id': orgIdSchema,
  'installation-id': installationIdSchema,
  reference: referenceSchema,
  overflow: oneOf(OVERFLOW_MODES),
  delivery: oneOf(DELIVERY_MODES),
  concurrency: wholeNumber(CONCURRENCY_LIMIT),
  'timeout-seconds': wholeNumber(TIMEOUT_SECONDS_LIMIT),
  'log-at': oneOf(LOG_AT),
  'fail-on-error': booleanWord(),
  'dry-run': booleanWord(),
  'desk-url': z.optional(originSchema),
  'accounts-url': z.optional(originSchema),
});

/** What the inputs say about where and how to log, by the inputs' own names. */
export type Settings = z.infer<typeof settingsSchema>;

/**
 * Checks every input that is neither a secret nor about what to log.
 * @param env the runner's variables: the default reference is made of the run's id and attempt
 */
export function readSettings(inputs: InputValues, env: NodeJS.ProcessEnv): Checked<Settings> {
  const given = {
    ...inputs,
    reference: inputs.reference || runReference(env),
    overflow: inputs.overflow || (collects(inputs) === undefined ? 'split' : 'condense'),
    'desk-url': inputs['desk-url'] || undefined,
    'accounts-url': inputs['accounts-url'] || undefined,
  };
  return check(settingsSchema, given, '');
}

function runReference({ GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT = '1' }: NodeJS.ProcessEnv): string | undefined {
  return GITHUB_RUN_ID && `gh-${GITHUB_RUN_ID}-${GITHUB_RUN_ATTEMPT}`;
}

function oneOf<const Word extends string>(words: readonly Word[]) {
  return z.enum(words, `must be one of ${words.join(', ')}. Write one of them, or leave the input out.`);
}

function wholeNumber(limit: number) {
  const rule = `must be a whole number from 1 to ${limit}. Write digits only.`;
  return z.pipe(
    z
      .string()
      .check(z.refine((text) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= limit, rule)),
    z.transform(Number),
  );
}

function booleanWord() {
  return z.pipe(
    z.enum(
      [...TRUE_WORDS, ...FALSE_WORDS],
      'must be true or false. Write true or false, or leave the input out.',
    ),
    z.transform((word: string) => TRUE_WORDS.includes(word)),
  );
}
