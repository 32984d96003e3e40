import type { IExecuteFunctions } from 'n8n-workflow';
import { readEntries, readEntry, type EntryDefaults } from '../../../shared/entries/read-entries.ts';
import type { Entry } from '../../../shared/entries/entry.ts';
import { check, shownValue, type Checked, type Problem } from '../../../shared/problem.ts';
import { orgIdSchema } from '../../../shared/zoho/portal.ts';
import type { Authentication } from './authentication.ts';
import { FIELD_NAMES, ItemParameters, type Field, type GivenSubLogs } from './itemParameters.ts';

/** What one item asks to log. */
export interface ItemLogs {
  /** One entry, or a parent and its sub-logs. */
  readonly entries: readonly [Entry, ...Entry[]];
  /** Whose portal it is, where the credential does not say so. */
  readonly customer?: Customer;
}

/** What Desk tells a vendor about a customer who installs the extension. */
export interface Customer {
  readonly orgId: string;
  /** A secret. */
  readonly securityContext: string;
}

const REFERENCE_RULE =
  'must not be empty: it groups the parent and its sub-logs. Give each item a reference of its own.';
const MISSING_CONTEXT =
  'is missing. It is what Desk sent when the customer installed the extension; drag that field in here.';
/** The vendor cannot look it up: it is in the customer's Desk. */
const ORG_ID_REMEDY =
  'It is what Desk sent as orgId when the customer installed the extension; drag that field in here.';

/**
 * Reads one item's parameters. Never throws.
 * @param learn called with each text that is a secret, or may be one in the wrong field
 */
export function readItem(
  context: IExecuteFunctions,
  index: number,
  authentication: Authentication,
  learn: (secret: string) => void,
): Checked<ItemLogs> {
  const item = new ItemParameters(context, index);
  const isGroup = item.isGroup();
  const customer = authentication === 'invoke' ? readCustomer(item, learn) : undefined;
  const title = item.text('title');
  const description = item.text('description');
  const installationId = item.text('installationId') ?? '';
  const reference = item.text('reference');
  const subLogs = isGroup ? item.subLogs() : undefined;
  if (isGroup && reference === undefined) item.refuse('reference', REFERENCE_RULE);
  if (customer !== undefined) learnIfTooLong(installationId, learn);

  const parent = readEntry({ title, description, installationId, reference }, '', { installationId });
  const others = readSubLogs(subLogs, { installationId, reference });
  if (item.problems.length === 0 && parent.ok && others.ok) {
    const first = { ...parent.value, ...(isGroup && { isParent: true }) };
    return { ok: true, value: { entries: [first, ...others.value], ...(customer && { customer }) } };
  }
  // What could not be evaluated is reported already: to say that it is missing too would be noise.
  const reported = new Set(item.problems.map(({ input }) => input));
  const further = [
    ...(parent.ok ? [] : parent.problems.map(withFieldName)),
    ...(others.ok ? [] : others.problems),
  ];
  return { ok: false, problems: [...item.problems, ...further.filter(({ input }) => !reported.has(input))] };
}

function readCustomer(item: ItemParameters, learn: (secret: string) => void): Customer {
  const securityContext = item.text('securityContext')?.trim() ?? '';
  const orgId = item.text('orgId')?.trim() ?? '';
  learn(securityContext);
  learnIfTooLong(orgId, learn);
  if (securityContext === '') item.refuse('securityContext', MISSING_CONTEXT);
  if (/\p{Cc}/u.test(securityContext)) item.refuse('securityContext', 'must be one line. Copy it again.');
  if (orgId === '') item.refuse('orgId', `is missing. ${ORG_ID_REMEDY}`);
  else if (!check(orgIdSchema, orgId, FIELD_NAMES.orgId).ok) {
    item.refuse('orgId', `${shownValue(orgId)} must be digits only. ${ORG_ID_REMEDY}`);
  }
  return { orgId, securityContext };
}

/** Zoho's ids have some twenty digits. */
const LONGEST_ID = 30;

/** A security context that was dragged into the field of an id must not be shown as a wrong id. */
function learnIfTooLong(id: string, learn: (secret: string) => void): void {
  if (id.length > LONGEST_ID) learn(id);
}

function readSubLogs(subLogs: GivenSubLogs | undefined, defaults: EntryDefaults): Checked<Entry[]> {
  // A parent may stand alone: an item whose list of steps happens to be empty is not a mistake.
  if (subLogs === undefined || subLogs.list.length === 0) return { ok: true, value: [] };
  return readEntries(subLogs.list, FIELD_NAMES[subLogs.field], defaults);
}

function withFieldName({ input, ...rest }: Problem): Problem {
  return { input: input in FIELD_NAMES ? FIELD_NAMES[input as Field] : input, ...rest };
}
