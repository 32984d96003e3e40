import { type With } from '../desk-and-job.ts';

/** A with-block that differs from a valid one with the title `Release`, and each problem that is reported. */
export interface BadInput {
  readonly given: With;
  readonly said: readonly string[];
}

export function bad(given: With, ...said: string[]): BadInput {
  return { given, said };
}

/** The rules and remedies that more than one row expects. */
export const ORG_PLACE = 'Find it in Zoho Desk under Setup > Developer Space > API.';
export const INSTALLATION_PLACE = 'It is what the extension receives as serviceAppId when it is installed.';
export const URL_RULE =
  'must be an origin such as https://desk.example.com, without a path. Only a loopback address and host.docker.internal may use http.';
export const DATA_CENTER_RULE =
  'must be one of us, eu, in, au, jp, ca, sa, sg, ae, uk, cn. It is the one whose address you sign in at: zoho.eu is eu.';
export const ONE_OF_THEM = 'Choose one of them, or leave it out.';
export const BOOLEAN_RULE = 'must be true or false. Write true or false, or leave the input out.';
export const CONCURRENCY_RULE = 'must be a whole number from 1 to 100. Write digits only.';
export const TIMEOUT_RULE = 'must be a whole number from 1 to 21600. Write digits only.';
export const CLIENT_RULE = 'An OAuth client needs client-id, client-secret and refresh-token.';
export const IN_QUOTES = 'must be text. Put it in quotes.';
export const ENTRY_RULE = 'must be text or a mapping with a title. Put text in quotes.';
export const KEYS_RULE =
  'An entry takes title, description, status, reference, installationId and orgId; a text with a colon goes in quotes.';
export const STATUS_RULE = 'must be one of success, failure, cancelled, skipped, or be left out.';
export const LIST_RULE = 'must be a list. Start each entry with "- ", or write a JSON array.';
export const YAML_REMEDY = 'Put texts in quotes: a colon, a #, a * or a bracket means something in YAML.';
export const JSON_LINES =
  'is JSON Lines, with one entry a line. Make it a JSON array, or put it into a .jsonl file and name that.';
