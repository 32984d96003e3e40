import * as z from 'zod/mini';
import type { Secrets } from '../../shared/ports.ts';
import { check, shownValue, type Problem } from '../../shared/problem.ts';
import { CREDENTIAL_RULE, isCredential } from '../../shared/zoho/oauth/credential.ts';
import { dataCenterSchema, installationIdSchema, orgIdSchema } from '../../shared/zoho/portal.ts';
import type { InputValues } from './input-values.ts';
import { readListFile } from './list-file.ts';
import { parseListText } from './list-text.ts';

const KEYS = 'installationId, orgId, dataCenter, name, securityContext and refreshToken';
const TEXT_RULE = 'must be text. Put it in quotes.';

const installationSchema = z.strictObject(
  {
    installationId: installationIdSchema,
    orgId: z.optional(orgIdSchema),
    dataCenter: z.optional(dataCenterSchema),
    name: z.optional(z.string(TEXT_RULE)),
    securityContext: z.optional(
      z
        .string(TEXT_RULE)
        .check(z.regex(/^[^\p{Cc}]*\S[^\p{Cc}]*$/u, 'must be one line, and not empty. Copy it again.')),
    ),
    refreshToken: z.optional(z.string(TEXT_RULE).check(z.refine(isCredential, CREDENTIAL_RULE))),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `has ${unknownKeys(issue.keys)}. An installation takes ${KEYS}.`
        : `must be a mapping with ${KEYS}.`,
  },
);

/** One entry of a list of installations; what it leaves out comes from the inputs. */
export type ListedInstallation = z.infer<typeof installationSchema> & {
  /** Where it stands, for the messages: `installations[3]`. */
  readonly at: string;
};

/** The valid entries of a list, and what is wrong with the others. */
export interface InstallationList {
  readonly installations: readonly ListedInstallation[];
  readonly problems: readonly Problem[];
}

/** Whether the inputs name a list of installations instead of one. */
export function hasInstallationList(inputs: InputValues): boolean {
  return inputs.installations !== '' || inputs['installations-file'] !== '';
}

/**
 * Reads the list of installations, whole. Its secrets are learnt before anything else is done with an
 * entry, and no message shows a value of theirs.
 */
export async function readInstallationList(inputs: InputValues, secrets: Secrets): Promise<InstallationList> {
  const input = inputs.installations !== '' ? 'installations' : 'installations-file';
  const options = { holdsSecrets: true };
  const list =
    input === 'installations'
      ? await parseListText(inputs.installations, 'yaml', input, options)
      : await readListFile(inputs['installations-file'], input, options);
  if (!list.ok) return { installations: [], problems: list.problems };
  if (!Array.isArray(list.value)) {
    return onlyProblem(input, 'must be a list. Start each installation with "- ", or write a JSON array.');
  }
  if (list.value.length === 0) {
    return onlyProblem(input, 'must not be an empty list. Add an installation, or leave the input out.');
  }
  for (const entry of list.value) learnSecretsOf(entry, secrets);
  const read = list.value.map((entry: unknown, index) => readInstallation(entry, `${input}[${index}]`));
  return {
    installations: read.flatMap(({ installations }) => installations),
    problems: read.flatMap(({ problems }) => problems),
  };
}

function onlyProblem(input: string, message: string): InstallationList {
  return { installations: [], problems: [{ input, message }] };
}

function readInstallation(entry: unknown, at: string): InstallationList {
  const read = check(installationSchema, entry, at);
  return read.ok
    ? { installations: [{ ...read.value, at }], problems: [] }
    : { installations: [], problems: read.problems.map(withoutSecretValue) };
}

/** A mistyped key may hold a secret as well: whatever is not known to be public is learnt. */
const PUBLIC_KEYS: ReadonlySet<string> = new Set(['installationId', 'orgId', 'dataCenter', 'name']);

function learnSecretsOf(entry: unknown, secrets: Secrets): void {
  if (typeof entry !== 'object' || entry === null) return;
  for (const [key, value] of Object.entries(entry)) {
    if (typeof value === 'string' && !PUBLIC_KEYS.has(key)) secrets.learn(value);
  }
}

/** Only the public values of an entry may be shown; of an entry that is not a mapping, none. */
function withoutSecretValue(problem: Problem): Problem {
  const key = problem.input.split('.').at(-1) ?? '';
  return PUBLIC_KEYS.has(key) ? problem : { input: problem.input, message: problem.message };
}

/** `{securityContext:abc}`, without the space, is one key with the secret in it: only plain words are shown. */
function unknownKeys(keys: readonly string[]): string {
  if (!keys.every((key) => /^[A-Za-z_-]{1,30}$/.test(key))) {
    return 'an unknown key, or a colon without a space after it';
  }
  return `the unknown ${keys.length === 1 ? 'key' : 'keys'} ${keys.map((key) => shownValue(key)).join(', ')}`;
}
