import * as z from 'zod/mini';
import { check, shownValue, type Checked, type Problem } from '../../shared/problem.ts';
import type { Secrets } from '../../shared/ports.ts';
import {
  dataCenterSchema,
  installationIdSchema,
  orgIdSchema,
  portalIn,
  portalKey,
} from '../../shared/zoho/portal.ts';
import { doorOf } from './credentials.ts';
import type { Destination } from './destination.ts';
import type { InputValues } from './input-values.ts';
import { readListFile } from './list-file.ts';
import { parseListText } from './list-text.ts';
import type { Settings } from './settings.ts';

const KEYS = 'installationId, orgId, dataCenter, name, securityContext and refreshToken';
const TEXT_RULE = 'must be text. Put it in quotes.';
/** Its value is never shown. */
const secretTextSchema = z
  .string(TEXT_RULE)
  .check(z.regex(/^[^\p{Cc}]+$/u, 'must be one line, and not empty. Copy it again.'));

const installationSchema = z.strictObject(
  {
    installationId: installationIdSchema,
    orgId: z.optional(orgIdSchema),
    dataCenter: z.optional(dataCenterSchema),
    name: z.optional(z.string(TEXT_RULE)),
    securityContext: z.optional(secretTextSchema),
    refreshToken: z.optional(secretTextSchema),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `has the unknown ${issue.keys.length === 1 ? 'key' : 'keys'} ${issue.keys.map((key) => shownValue(key)).join(', ')}. An installation takes ${KEYS}.`
        : `must be a mapping with ${KEYS}.`,
  },
);
type Installation = z.infer<typeof installationSchema>;

/** Whether the inputs name a list of installations instead of one. */
export function hasInstallationList(inputs: InputValues): boolean {
  return inputs.installations !== '' || inputs['installations-file'] !== '';
}

/** Rules for the inputs around the list. */
export function listCombinationProblems(inputs: InputValues): Problem[] {
  const problems: Problem[] = [];
  if (inputs.installations !== '' && inputs['installations-file'] !== '') {
    problems.push({
      input: 'installations',
      message: 'cannot be combined with installations-file. Give one of the two.',
    });
  }
  if (hasInstallationList(inputs) && inputs['installation-id'] !== '') {
    const message =
      'cannot be combined with a list of installations. Add it to the list, or leave the list out.';
    problems.push({ input: 'installation-id', message });
  }
  if (!hasInstallationList(inputs) && inputs.shard !== '') {
    const message =
      'needs a list to take a piece of. Give installations or installations-file too, or leave it out.';
    problems.push({ input: 'shard', message });
  }
  return problems;
}

/**
 * Reads the list of installations, whole, before anything is done with any of them. What an entry
 * leaves out comes from the inputs. Its secrets are learnt before it is checked, and no message shows
 * a value of theirs.
 */
export async function readInstallations(
  inputs: InputValues,
  settings: Settings,
  secrets: Secrets,
): Promise<Checked<Destination[]>> {
  const input = inputs.installations !== '' ? 'installations' : 'installations-file';
  const list =
    input === 'installations'
      ? await parseListText(inputs.installations, 'yaml', input, { holdsSecrets: true })
      : await readListFile(inputs['installations-file'], input, { holdsSecrets: true });
  if (!list.ok) return list;
  if (!Array.isArray(list.value)) {
    const message = 'must be a list. Start each installation with "- ", or write a JSON array.';
    return { ok: false, problems: [{ input, message }] };
  }
  if (list.value.length === 0) {
    const message = 'must not be an empty list. Add an installation, or leave the input out.';
    return { ok: false, problems: [{ input, message }] };
  }
  const entries: unknown[] = list.value;
  for (const entry of entries) learnSecretsOf(entry, secrets);
  const results = entries.map((entry, index) => readOne(entry, `${input}[${index}]`, inputs, settings));
  const problems = results.flatMap((result) => (result.ok ? [] : result.problems));
  const destinations = results.flatMap((result) => (result.ok ? [result.value] : []));
  problems.push(...duplicateProblems(results, input));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: destinations };
}

/** A mistyped key may hold a secret as well: whatever is not known to be public is learnt. */
const PUBLIC_KEYS: ReadonlySet<string> = new Set(['installationId', 'orgId', 'dataCenter', 'name']);

function learnSecretsOf(entry: unknown, secrets: Secrets): void {
  if (typeof entry !== 'object' || entry === null) return;
  for (const [key, value] of Object.entries(entry)) {
    if (typeof value === 'string' && !PUBLIC_KEYS.has(key)) secrets.learn(value);
  }
}

function readOne(entry: unknown, at: string, inputs: InputValues, settings: Settings): Checked<Destination> {
  const read = check(installationSchema, entry, at);
  if (!read.ok) return { ok: false, problems: read.problems.map(withoutSecretValue) };
  const { installationId, dataCenter, name } = read.value;
  const orgId = read.value.orgId ?? settings['org-id'];
  const problems =
    orgId === '' ? [{ input: `${at}.orgId`, message: 'is missing. Add it, or give org-id for all.' }] : [];
  problems.push(...doorProblems(read.value, at, inputs, settings['dry-run']));
  if (problems.length > 0) return { ok: false, problems };
  const portal = portalIn(dataCenter ?? settings['data-center'], orgId, {
    accountsUrl: settings['accounts-url'],
    deskUrl: settings['desk-url'],
  });
  const door = settings['dry-run'] ? undefined : doorOf(inputs, read.value);
  return { ok: true, value: { portal, installationId, name, door } };
}

/** Only the public values of an entry may be shown; of an entry that is not a mapping, none. */
function withoutSecretValue(problem: Problem): Problem {
  const key = problem.input.split('.').at(-1) ?? '';
  return PUBLIC_KEYS.has(key) ? problem : { input: problem.input, message: problem.message };
}

function doorProblems(
  installation: Installation,
  at: string,
  inputs: InputValues,
  dryRun: boolean,
): Problem[] {
  const { securityContext, refreshToken } = installation;
  if (securityContext !== undefined && refreshToken !== undefined) {
    const message =
      'has a securityContext and a refreshToken. Keep one: each is a way of its own into the portal.';
    return [{ input: at, message }];
  }
  if (dryRun) return [];
  if (securityContext !== undefined && inputs['extension-secret'] === '') {
    const message =
      'needs the input extension-secret, the "secret" in the extension\'s plugin-manifest.json.';
    return [{ input: `${at}.securityContext`, message }];
  }
  if (refreshToken !== undefined && (inputs['client-id'] === '' || inputs['client-secret'] === '')) {
    return [{ input: `${at}.refreshToken`, message: 'needs the inputs client-id and client-secret.' }];
  }
  if (doorOf(inputs, installation) !== undefined) return [];
  const message =
    'has no credentials. Add its securityContext (with the input extension-secret) or its refreshToken (with client-id and client-secret).';
  return [{ input: at, message }];
}

function duplicateProblems(results: readonly Checked<Destination>[], input: string): Problem[] {
  const firstAt = new Map<string, number>();
  return results.flatMap((result, index): Problem[] => {
    if (!result.ok) return [];
    const { portal, installationId } = result.value;
    const key = JSON.stringify([portalKey(portal), installationId]);
    const first = firstAt.get(key);
    if (first === undefined) firstAt.set(key, index);
    return first === undefined
      ? []
      : [
          {
            input: `${input}[${index}]`,
            value: shownValue(installationId),
            message: `is the same installation as ${input}[${first}]. Remove one of them.`,
          },
        ];
  });
}
