import type { Group, RecordedLog } from '../logs/log-store.ts';
import { outcomeOf, type Outcome, worstOf } from './outcome.ts';
import type { PageAddress } from './page-address.ts';

/** What a reader sees as one group: its first part, and the further parts, each under its own reference. */
export interface ShownGroup {
  readonly parts: readonly [Group, ...Group[]];
}

const FURTHER_REFERENCE = /^(?<first>.+)-(?<part>[2-9]|[1-9]\d+)$/s;
const FURTHER_TITLE = /\(part \d+(?: of \d+)?\)$/;

/**
 * Joins the parts of each group, as senders write them: part k has the reference `<reference>-<k>` and a parent whose
 * title ends in `(part k)` or `(part k of n)`. Keeps the order of the first parts.
 * @param groups newest first
 */
export function joinParts(groups: readonly Group[]): ShownGroup[] {
  const firstParts = new Map<string, Group[]>();
  const joined: Group[][] = [];
  // Oldest first: a part follows the group that it goes on with.
  for (const group of groups.toReversed()) {
    const first = firstParts.get(keyOf(group.parent, firstReferenceOf(group.parent)));
    if (first !== undefined) first.push(group);
    else joined.push(begin(group, firstParts));
  }
  return joined
    .toReversed()
    .flatMap(([first, ...further]) => (first ? [{ parts: [first, ...further] }] : []));
}

function begin(group: Group, firstParts: Map<string, Group[]>): Group[] {
  const parts = [group];
  if (group.parent.reference !== null) firstParts.set(keyOf(group.parent, group.parent.reference), parts);
  return parts;
}

function firstReferenceOf({ reference, title }: RecordedLog): string | undefined {
  return FURTHER_TITLE.test(title) ? FURTHER_REFERENCE.exec(reference ?? '')?.groups?.['first'] : undefined;
}

function keyOf({ orgId, installationId }: RecordedLog, reference: string | undefined): string {
  return JSON.stringify([orgId, installationId, reference ?? null]);
}

/** Every log of a group: each part's parent, then its sub-logs. */
export function logsOf({ parts }: ShownGroup): RecordedLog[] {
  return parts.flatMap(({ parent, subLogs }) => [parent, ...subLogs]);
}

/** The logs of a group that failed, without its parent, whose title only sums them up. */
export function failuresOf({ parts }: ShownGroup): RecordedLog[] {
  return parts.flatMap(({ subLogs }) => subLogs).filter(({ title }) => outcomeOf(title) === 'failed');
}

/** How a group went: what its parent says, or else the worst of its sub-logs. */
export function outcomeOfGroup(group: ShownGroup): Outcome | undefined {
  const [first] = group.parts;
  const told = outcomeOf(first.parent.title);
  const subLogs = group.parts.flatMap((part) => part.subLogs.map(({ title }) => outcomeOf(title)));
  // A part that says "passed" does not hide what failed.
  return worstOf(told === undefined || told === 'passed' ? [told, ...subLogs] : [told]);
}

/** Whether a log is one that the address asks for, by text and outcome. */
export function isSought(log: RecordedLog, { q, outcome }: PageAddress): boolean {
  const text = `${log.title}\n${log.description}\n${log.reference ?? ''}\n${log.logId}`.toLowerCase();
  return text.includes(q.toLowerCase()) && (outcome === null || outcomeOf(log.title) === outcome);
}

/** Whether a group has a log that the address asks for. */
export function hasSought(group: ShownGroup, address: PageAddress): boolean {
  const [{ parent }] = group.parts;
  if (address.installation !== null && parent.installationId !== address.installation) return false;
  return logsOf(group).some((log) => isSought(log, address));
}
