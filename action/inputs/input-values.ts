import { getInput } from '@actions/core';

/**
 * Each input and its value when it is empty. action.yml says the same, and a test compares the two;
 * a default that is an expression there is empty here.
 */
export const INPUT_DEFAULTS = {
  'data-center': 'us',
  'org-id': '',
  'installation-id': '',
  'client-id': '',
  'client-secret': '',
  'refresh-token': '',
  'access-token': '',
  'extension-secret': '',
  'security-context': '',
  'connection-link-name': '',
  installations: '',
  'installations-file': '',
  shard: '',
  title: '',
  description: '',
  logs: '',
  'logs-file': '',
  collect: '',
  reference: '',
  overflow: '',
  detail: 'outcome',
  'log-at': 'now',
  delivery: 'at-least-once',
  concurrency: '5',
  'timeout-seconds': '120',
  'fail-on-error': 'true',
  'dry-run': 'false',
  'github-token': '',
  'desk-url': '',
  'accounts-url': '',
  'job-check-run-id': '',
  'job-status': '',
} as const;

/** An input of action.yml. */
export type InputName = keyof typeof INPUT_DEFAULTS;

/** What the runner passed, trimmed; a list keeps the indentation of its first line. An empty input has its default. */
export type InputValues = Readonly<Record<InputName, string>>;

/** Inputs whose values only Zoho and GitHub may see. */
const SECRET_INPUTS = [
  'client-secret',
  'refresh-token',
  'access-token',
  'extension-secret',
  'security-context',
  'github-token',
] as const satisfies InputName[];

/** Reads every input and learns the secret ones before anything else is done with any of them. */
export function readInputValues(learnSecret: (secret: string) => void): InputValues {
  const names = Object.keys(INPUT_DEFAULTS) as InputName[];
  const values = Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<InputName, string>;
  for (const name of SECRET_INPUTS) learnSecret(values[name]);
  for (const name of names) values[name] ||= INPUT_DEFAULTS[name];
  return values;
}

const LISTS: ReadonlySet<InputName> = new Set(['logs', 'installations']);

/** In a list, the indentation of the first line says as much as that of the others. */
function valueOf(name: InputName): string {
  const value = getInput(name, { trimWhitespace: !LISTS.has(name) });
  return value.trim() === '' ? '' : value;
}
