import * as z from 'zod/mini';
import { deliveryOptionSchemas, oneOf } from '../../shared/delivery/delivery-options.ts';
import { referenceSchema } from '../../shared/entries/read-entries.ts';
import { check, type Checked } from '../../shared/problem.ts';
import {
  dataCenterSchema,
  installationIdSchema,
  orgIdSchema,
  originSchema,
} from '../../shared/zoho/portal.ts';
import type { InputValues } from './input-values.ts';
import { collects } from './what-to-log.ts';

/** The words that @actions/core takes for a boolean (YAML 1.2's core schema). */
const TRUE_WORDS = ['true', 'True', 'TRUE'];
const FALSE_WORDS = ['false', 'False', 'FALSE'];

/** When the logs are sent: at once, or in the post phase. */
const LOG_AT = ['now', 'job-end'] as const;

/** What a collected log has: names, outcomes and durations, or also what only the repository's people should see. */
const DETAILS = ['outcome', 'full'] as const;
/** See {@link DETAILS}. */
export type Detail = (typeof DETAILS)[number];

/** What the inputs say about where and how to log, by the inputs' own names. */
export type Settings = z.infer<ReturnType<typeof settingsSchema>>;

/**
 * Checks every input that is neither a secret nor about what to log.
 * @param env the runner's variables: the default reference is made of the run's id and attempt
 */
export function readSettings(
  inputs: InputValues,
  env: NodeJS.ProcessEnv,
  idsAreOptional: boolean,
): Checked<Settings> {
  const given = {
    ...inputs,
    reference: inputs.reference || runReference(env),
    overflow: inputs.overflow || (collects(inputs) === undefined ? 'split' : 'condense'),
    'desk-url': inputs['desk-url'] || undefined,
    'accounts-url': inputs['accounts-url'] || undefined,
  };
  return check(settingsSchema(given, idsAreOptional), given, '');
}

/** A dry run sends nothing, and a list has ids of its own; an id that is given is checked all the same. */
function settingsSchema(inputs: Pick<InputValues, 'org-id' | 'installation-id'>, idsAreOptional: boolean) {
  const notNeeded = (input: 'org-id' | 'installation-id') => idsAreOptional && inputs[input] === '';
  return z.object({
    'data-center': dataCenterSchema,
    'org-id': notNeeded('org-id') ? z.string() : orgIdSchema,
    'installation-id': notNeeded('installation-id') ? z.string() : installationIdSchema,
    reference: referenceSchema,
    overflow: deliveryOptionSchemas.overflow,
    detail: oneOf(DETAILS),
    'log-at': oneOf(LOG_AT),
    delivery: deliveryOptionSchemas.delivery,
    concurrency: deliveryOptionSchemas.concurrency,
    'timeout-seconds': deliveryOptionSchemas.timeoutSeconds,
    'fail-on-error': booleanWord(),
    'dry-run': booleanWord(),
    'desk-url': z.optional(originSchema),
    'accounts-url': z.optional(originSchema),
  });
}

function runReference({ GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT }: NodeJS.ProcessEnv): string | undefined {
  return GITHUB_RUN_ID ? `gh-${GITHUB_RUN_ID}-${GITHUB_RUN_ATTEMPT || '1'}` : undefined;
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
