import { readFile } from 'node:fs/promises';
import type { StepEnd } from '../../emulator/runner/local-job.ts';
import type { EmulatedPortal, Emulator, Fault } from '../../emulator/start-emulator.ts';
import { connectionInputs } from '../../emulator/runner/connection-inputs.ts';
import { RANDOM_SECRETS, withScene, type With } from './desk-and-job.ts';
import { listInputs, throughBothDoors, throughInvoke } from './many-portals.ts';
import { encodedForms } from './secret-forms.ts';

const ACCESS_TOKEN = '1000.0f8e27c6d94b3a51e08f7c26ad95b413.77c1e05f93ab2d468e0f19d3c5b7a286';
const EXTENSION_SECRET = 'edf.7Qw2Zr9LtXc4Vb8NmKs1Hy6Pj0Gd3Fa5Ue';
const GITHUB_TOKEN = 'ghs_Zq4vN1xT8rKw2LbY6mJd0hPc5sUe7GaF3iOn';

/** A way to prove who is asking: the inputs that it takes, and the secrets in them. */
export interface Way {
  readonly given: With;
  readonly secrets: readonly string[];
}

/** Every way that there is, of a Desk with the secrets of {@link onDesk}. */
export const WAYS = {
  'OAuth client': (desk) => ({
    given: { ...connectionInputs(desk), 'github-token': GITHUB_TOKEN },
    secrets: [...Object.values(RANDOM_SECRETS), GITHUB_TOKEN],
  }),
  'access token': (desk) => ({
    given: {
      ...connectionInputs(desk),
      ...{ 'client-id': '', 'client-secret': '', 'refresh-token': '', 'access-token': ACCESS_TOKEN },
    },
    secrets: [ACCESS_TOKEN],
  }),
  "vendor's door": (desk) => {
    const { securityContext = '' } = firstOf(desk);
    return {
      given: {
        ...connectionInputs(desk),
        ...{ 'client-id': '', 'client-secret': '', 'refresh-token': '' },
        'extension-secret': EXTENSION_SECRET,
        'security-context': securityContext,
      },
      secrets: [EXTENSION_SECRET, securityContext],
    };
  },
  'list of installations': (desk) => {
    const list = throughBothDoors(desk.portals);
    return {
      given: listInputs(desk, list),
      secrets: [
        EXTENSION_SECRET,
        RANDOM_SECRETS.clientSecret,
        ...list.flatMap(({ securityContext = [], refreshToken = [] }) =>
          [securityContext, refreshToken].flat(),
        ),
      ],
    };
  },
} as const satisfies Record<string, (desk: Emulator) => Way>;
export type WayName = keyof typeof WAYS;

function firstOf(desk: Emulator): ReturnType<typeof throughInvoke> {
  const [first] = desk.portals;
  if (first === undefined) throw new Error('the Desk has no portal');
  return throughInvoke(first);
}

/** The secrets of a way, of which a test may make faults and texts. */
export async function secretsOf(name: WayName): Promise<readonly string[]> {
  return onDesk(({ desk }) => Promise.resolve(WAYS[name](desk).secrets));
}

/**
 * Runs a step, and with `log-at: job-end` its post phase, against a Desk of its own. Returns what it showed of the secrets, and
 * those that it did not mask before all else.
 */
export async function leaksOf(
  name: WayName,
  given: With,
  faults: readonly Fault[] | ((portals: readonly EmulatedPortal[]) => readonly Fault[]),
  portals = 3,
): Promise<string[]> {
  return onDesk(async ({ desk, job }) => {
    const way = WAYS[name](desk);
    const step = { with: { ...way.given, ...given } };
    const toMeet = typeof faults === 'function' ? faults(desk.portals) : faults;
    desk.fault(...toMeet);
    const main = await job.run(step);
    const ends = given['log-at'] === 'job-end' ? [main, await job.runPost(step, main)] : [main];
    if (toMeet.some(({ times }) => times === 'always') && ends.at(-1)?.exitCode === 0)
      throw new Error('no fault was met, so there is no failure to look at');
    const learnt = desk
      .requests()
      .flatMap(({ headers }) =>
        [headers['authorization']?.split(' ')[1] ?? [], headers['hash'] ?? []].flat(),
      );
    const text = (await Promise.all(ends.map(seen))).join('\n');
    if (text.trim() === '') throw new Error('it said nothing, so there is nothing to look for');
    return [
      ...piecesIn(text, [...way.secrets, ...new Set(learnt)]),
      ...ends.flatMap((end) => unmasked(end, way.secrets)),
    ];
  }, portals);
}

async function onDesk<T>(use: Parameters<typeof withScene<T>>[0], portals = 3): Promise<T> {
  const credentials = { ...RANDOM_SECRETS, extensionSecret: EXTENSION_SECRET };
  return withScene(use, { credentials, portals });
}

/** Everything that a person or a later step can see, but for the lines that tell the runner what to mask. */
async function seen({ stdout, stderr, outputs, summary }: StepEnd): Promise<string> {
  const paths = [outputs['undelivered-file'], outputs['results-file']].filter((path) => path);
  const files = await Promise.all(paths.map(async (path = '') => readFile(path, 'utf8')));
  const shown = stdout.replaceAll(/^::add-mask::.*$/gm, '');
  const values = Object.keys(outputs).length === 0 ? '' : JSON.stringify(outputs);
  return [shown, stderr, values, summary, ...files].join('\n');
}

const PIECE = 8;

/** The first run of eight characters of a secret, or of an encoded form of one, that a text has; for each form. */
export function piecesIn(text: string, secrets: readonly string[]): string[] {
  const inText = new Set(runsOf(text));
  return secrets.flatMap(encodedForms).flatMap((form) => {
    const found = runsOf(form).find((piece) => inText.has(piece));
    return found === undefined ? [] : [`shows ${found}`];
  });
}

function runsOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - PIECE + 1) }, (_, at) => text.slice(at, at + PIECE));
}

/** Secrets that were not masked before anything else was printed. */
function unmasked({ stdout }: StepEnd, secrets: readonly string[]): string[] {
  const lines = stdout.split('\n');
  const first = lines.findIndex((line) => !line.startsWith('::add-mask::'));
  const masked = lines.slice(0, first).map((line) => line.replace('::add-mask::', ''));
  return secrets.filter((secret) => !masked.includes(secret)).map((secret) => `does not mask ${secret}`);
}
