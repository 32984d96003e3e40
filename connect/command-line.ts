import { parseArgs } from 'node:util';
import { check, problemLine } from '../shared/problem.ts';
import { originSchema } from '../shared/zoho/portal.ts';
import type { Addresses } from './connection/connection.ts';

/** The text of `--help`. */
export const USAGE = `Connects a Zoho Desk portal, for the GitHub Action of this repository.

  npm run connect                     makes a new connection
  npm run connect -- --check          tries one that exists; takes it from the environment, or asks:
                                      ZOHO_DATA_CENTER ZOHO_ORG_ID ZOHO_INSTALLATION_ID
                                      ZOHO_CLIENT_ID ZOHO_CLIENT_SECRET ZOHO_REFRESH_TOKEN
  npm run check:live                  finds out, with test logs, what Zoho's documentation leaves open;
                                      without npm: --check-live

  --desk-url --accounts-url <origin>  addresses instead of the data center's, such as a local Zoho Desk's
  --help                              this text

Without npm: node connect.js and the same flags, with Node 20 or newer.`;

/** The conversation that is asked for. */
export type Task = 'connect' | 'check' | 'check-live';

/** What the command line asks for. */
export type CommandLine =
  | { readonly kind: 'task'; readonly task: Task; readonly addresses: Addresses }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

const OPTIONS = {
  check: { type: 'boolean' },
  'check-live': { type: 'boolean' },
  'desk-url': { type: 'string' },
  'accounts-url': { type: 'string' },
  help: { type: 'boolean' },
} as const;

const FLAGS_WITHOUT_VALUE = ['check', 'check-live', 'help'] as const;

/** Reads the arguments, and says all that is wrong with them. */
export function readCommandLine(args: readonly string[]): CommandLine {
  // Not strict: an unknown flag gets a message of ours.
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, strict: false });
  const unknown = [
    ...Object.keys(values)
      .filter((name) => !(name in OPTIONS))
      .map((name) => `--${name}`),
    ...positionals,
  ];
  const addresses = { deskUrl: originOf('desk-url', values), accountsUrl: originOf('accounts-url', values) };
  const problems = [
    ...unknown.map((word) => `${word}: is not a flag of this command. --help lists them.`),
    ...FLAGS_WITHOUT_VALUE.filter((name) => typeof values[name] === 'string').map(
      (name) => `--${name}: takes no value. Give the flag alone.`,
    ),
    ...(values.check && values['check-live'] ? ['--check-live: cannot be combined with --check.'] : []),
    ...Object.values(addresses).flatMap((origin) =>
      origin?.ok === false ? origin.problems.map(problemLine) : [],
    ),
  ];
  if (values.help === true) return { kind: 'help' };
  if (problems.length > 0) return { kind: 'wrong', problems };
  return {
    kind: 'task',
    task: taskOf(values),
    addresses: {
      deskUrl: addresses.deskUrl?.ok ? addresses.deskUrl.value : undefined,
      accountsUrl: addresses.accountsUrl?.ok ? addresses.accountsUrl.value : undefined,
    },
  };
}

function taskOf(values: Readonly<Record<string, unknown>>): Task {
  if (values['check-live'] === true) return 'check-live';
  return values['check'] === true ? 'check' : 'connect';
}

function originOf(name: 'desk-url' | 'accounts-url', values: Readonly<Record<string, unknown>>) {
  const given = values[name];
  return given === undefined ? undefined : check(originSchema, given, `--${name}`);
}
