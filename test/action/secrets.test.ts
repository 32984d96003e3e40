import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { FAULT_KINDS } from '../../emulator/faults/fault-input.ts';
import type { Fault } from '../../emulator/start-emulator.ts';
import type { StepEnd } from '../../emulator/runner/local-job.ts';
import {
  inBatches,
  logsWithTitles,
  RANDOM_SECRETS,
  stepTitles,
  type With,
  withScene,
} from './desk-and-job.ts';
import { encodedForms, quotesOf } from './secret-forms.ts';

const ACCESS_TOKEN = '1000.0f8e27c6d94b3a51e08f7c26ad95b413.77c1e05f93ab2d468e0f19d3c5b7a286';

/** A way to prove who is asking, and the secrets that it takes. */
interface Way {
  readonly given: With;
  readonly secrets: readonly string[];
}

const GITHUB_TOKEN = 'ghs_Zq4vN1xT8rKw2LbY6mJd0hPc5sUe7GaF3iOn';
const BY_CLIENT: Way = {
  given: { 'github-token': GITHUB_TOKEN },
  secrets: [...Object.values(RANDOM_SECRETS), GITHUB_TOKEN],
};
const BY_TOKEN: Way = {
  given: { 'client-id': '', 'client-secret': '', 'refresh-token': '', 'access-token': ACCESS_TOKEN },
  secrets: [ACCESS_TOKEN],
};

/** Runs a step against a Desk of its own. Returns what it showed of the secrets, and those it did not mask first. */
async function leaksOf(way: Way, given: With, faults: readonly Fault[]): Promise<string[]> {
  return withScene(
    async ({ desk, run }) => {
      desk.fault(...faults);
      const end = await run({ ...way.given, ...given });
      const bearers = desk.requests().flatMap(({ headers }) => headers['authorization']?.split(' ')[1] ?? []);
      return [...piecesIn(await seen(end), [...way.secrets, ...bearers]), ...unmasked(end, way.secrets)];
    },
    { credentials: RANDOM_SECRETS },
  );
}

/** Everything that a person or a later step can see, but for the lines that tell the runner what to mask. */
async function seen({ stdout, stderr, outputs, summary }: StepEnd): Promise<string> {
  const file = outputs['undelivered-file'] ? await readFile(outputs['undelivered-file'], 'utf8') : '';
  const shown = stdout.replaceAll(/^::add-mask::.*$/gm, '');
  if (shown.trim() === '') throw new Error('it said nothing, so there is nothing to look for');
  return [shown, stderr, JSON.stringify(outputs), summary, file].join('\n');
}

/** The first run of eight characters of a secret, or of an encoded form of one, that a text has; for each form. */
function piecesIn(text: string, secrets: readonly string[]): string[] {
  return secrets.flatMap(encodedForms).flatMap((form) => {
    const pieces = Array.from({ length: form.length - 7 }, (_, at) => form.slice(at, at + 8));
    const found = pieces.find((piece) => text.includes(piece));
    return found === undefined ? [] : [`shows ${found}`];
  });
}

function unmasked({ stdout }: StepEnd, secrets: readonly string[]): string[] {
  const lines = stdout.split('\n');
  const first = lines.findIndex((line) => !line.startsWith('::add-mask::'));
  const masked = lines.slice(0, first).map((line) => line.replace('::add-mask::', ''));
  return secrets.filter((secret) => !masked.includes(secret)).map((secret) => `does not mask ${secret}`);
}

test('the search for pieces finds them', () => {
  for (const quote of quotesOf(ACCESS_TOKEN))
    expect(piecesIn(`x ${quote} y`, [ACCESS_TOKEN])).not.toEqual([]);
});

test.each([
  ['Desk', 'log'],
  ['the token endpoint', 'token'],
] as const)(
  'no secret is shown in any failure of %s',
  async (_who, on) => {
    const given = { logs: logsWithTitles(...stepTitles(3)), 'timeout-seconds': '1' };
    const leaks = await inBatches(FAULT_KINDS, 3, (kind) =>
      leaksOf(BY_CLIENT, given, [{ kind, on, times: 'always' }]),
    );
    const byKind = leaks.map((found, at) => [FAULT_KINDS[at], found]);
    expect(byKind).toEqual(FAULT_KINDS.map((kind) => [kind, []]));
  },
  40_000,
);

/** An answer in which the service quotes what it was asked, in every field that a message is made of. */
function quoting(one: string, two = one, three = one): string {
  return JSON.stringify({
    errorCode: one,
    error: one,
    message: `Bad request: Authorization: Zoho-oauthtoken ${two}`,
    error_description: `Bad request: refresh_token=${two}&client_secret=${two}`,
    errors: [{ fieldName: `/${three}`, errorType: three, errorMessage: three }],
  });
}

test.each([
  ['OAuth client', BY_CLIENT],
  ['access token', BY_TOKEN],
])('no secret is shown when Desk quotes it, whole, in pieces or encoded: %s', async (_what, way) => {
  const quotes = way.secrets.flatMap(quotesOf);
  const titles = stepTitles(quotes.length);
  const faults = [422, 500].flatMap((status, shift) =>
    titles.map((title, at): Fault => {
      const body = quoting(quotes[(at + shift) % quotes.length] ?? '');
      return { kind: 'respond', status, body, match: JSON.stringify(title) };
    }),
  );
  // Once as an answer that is final and once as one that is tried again.
  expect(await leaksOf(way, { logs: logsWithTitles(...titles) }, faults)).toEqual([]);
  const retried = faults.slice(titles.length);
  expect(await leaksOf(way, { logs: logsWithTitles(...titles), 'timeout-seconds': '3' }, retried)).toEqual(
    [],
  );
});

test('no secret is shown when the token endpoint quotes it', async () => {
  const quotes = BY_CLIENT.secrets.flatMap(quotesOf);
  const threes = Array.from({ length: Math.ceil(quotes.length / 3) }, (_, at) =>
    quotes.slice(at * 3, at * 3 + 3),
  );
  const leaks = await inBatches(threes, 3, (three) => {
    const body = quoting(three[0] ?? '', three[1], three[2]);
    return leaksOf(BY_CLIENT, { title: 'Release', 'timeout-seconds': '1' }, [
      { kind: 'respond', on: 'token', status: 500, body },
      { kind: 'respond', on: 'token', status: 400, body },
    ]);
  });
  expect(leaks.flat()).toEqual([]);
}, 40_000);

test('no secret is shown when the texts to be logged have it', async () => {
  const title = `Deployed with ${RANDOM_SECRETS.clientSecret} and "${RANDOM_SECRETS.refreshToken}"`;
  const given = {
    logs: JSON.stringify([title, { title: 'b', description: title }]),
    reference: title.slice(0, 90),
  };
  expect(await leaksOf(BY_CLIENT, given, [{ kind: 'html404', times: 'always' }])).toEqual([]);
  expect(await leaksOf(BY_CLIENT, given, [])).toEqual([]);
  expect(await leaksOf(BY_CLIENT, { ...given, 'dry-run': 'true' }, [])).toEqual([]);
});

test('the undelivered file is JSON lines whatever the secrets have in them', async () => {
  const secret = '","title":"x\\"';
  const titles = await withScene(async ({ desk, run }) => {
    desk.fault({ kind: 'html404', times: 'always' });
    const end = await run({ ...BY_TOKEN.given, 'access-token': secret, title: `a ${secret} b` });
    const file = await readFile(end.outputs['undelivered-file'] ?? '', 'utf8');
    return file
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { title: string }).title);
  });
  expect(titles).toEqual(['a *** b']);
});
