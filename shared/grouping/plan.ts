import type { Entry } from '../entries/entry.ts';
import { shownValue, type Problem } from '../problem.ts';
import { condense, mergeToFit } from './condense.ts';
import { freeParts } from './free-parts.ts';
import {
  groupKey,
  LOGS_PER_PART,
  wireReferenceOf,
  type BegunGroup,
  type Group,
  type PartAddress,
  type PlannedLog,
} from './part.ts';
import { split } from './split.ts';

/** What happens to a group of more than ten logs. */
export const OVERFLOW_MODES = ['split', 'condense', 'error'] as const;
/** See {@link OVERFLOW_MODES}. */
export type Overflow = (typeof OVERFLOW_MODES)[number];

/** What is to be recorded in one portal. */
export interface Plan {
  /** Every log to be recorded, in the order given; headings are not among them. */
  readonly logs: readonly PlannedLog[];
  readonly groups: readonly Group[];
}

/** A group that `overflow: error` does not allow, and its entries. */
export interface RefusedGroup {
  readonly problem: Problem;
  readonly entries: readonly Entry[];
}

/** The plan of what may be delivered, and the groups that may not. */
export interface Planned {
  readonly plan: Plan;
  readonly refused: readonly RefusedGroup[];
}

/** What earlier deliveries have left in Desk. */
export interface BegunGroups {
  /** How far a group was filled; undefined for one that is new. */
  readonly groupOf: (installationId: string, reference: string) => BegunGroup | undefined;
  /** Whether a wire reference has logs of some group. */
  readonly isInUse: (installationId: string, wireReference: string) => boolean;
}

/** For a delivery without an earlier one. */
const NOTHING_BEGUN: BegunGroups = { groupOf: () => undefined, isInUse: () => false };

/**
 * Makes parts of the entries of one portal. Entries without a reference stand alone. Pure.
 * @param input the name of the overflow input, for the messages
 */
export function planLogs(
  entries: readonly Entry[],
  overflow: Overflow,
  input = 'overflow',
  begun: BegunGroups = NOTHING_BEGUN,
): Planned {
  const gathered = gather(entries, begun);
  const fitted = gathered.map((group) => fit(group, overflow, input));
  const groups = fitted.flatMap((group) => ('problem' in group ? [] : [group]));
  const refused = fitted.flatMap((group) => ('problem' in group ? [group] : []));
  return { plan: layOut(groups, entries, freeParts(entries, begun.isInUse)), refused };
}

/** The logs of one group, and how far it was filled before. */
interface Gathered {
  readonly logs: readonly PlannedLog[];
  readonly begun: BegunGroup | undefined;
}

/** Entries by group, in the order in which each group's first entry comes. */
function gather(entries: readonly Entry[], { groupOf }: BegunGroups): Gathered[] {
  const logs = entries.map((entry): PlannedLog => ({ ...entry, entries: [entry] }));
  const keys = new Set(entries.map(groupKey));
  const alone = { at: 0 };
  const groups = Map.groupBy(logs, (log) => (log.reference === undefined ? alone.at++ : groupKey(log)));
  return [...groups.values()].map((group) => ({ logs: group, begun: goesOnIn(group, groupOf, keys) }));
}

/** Where a begun group goes on; in a new part where another group of this plan writes to its last one. */
function goesOnIn(
  logs: readonly PlannedLog[],
  groupOf: BegunGroups['groupOf'],
  keys: ReadonlySet<string>,
): BegunGroup | undefined {
  const [first] = logs;
  if (first?.reference === undefined) return undefined;
  const { installationId, reference, title } = first;
  const known = groupOf(installationId, reference);
  // What an undelivered file says of its reference holds wherever it is given back.
  const slotsTaken = Math.min(LOGS_PER_PART, Math.max(0, ...logs.map((log) => log.slotsTaken ?? 0)));
  if (known === undefined) return slotsTaken > 0 ? { parentTitle: title, part: 1, slotsTaken } : undefined;
  if (known.part === 1) return { ...known, slotsTaken: Math.max(known.slotsTaken, slotsTaken) };
  const wire = groupKey({ installationId, reference: wireReferenceOf(reference, known.part) });
  return keys.has(wire) ? full(known) : known;
}

function full(begun: BegunGroup): BegunGroup {
  return { ...begun, slotsTaken: LOGS_PER_PART };
}

function fit(group: Gathered, overflow: Overflow, input: string): Gathered | RefusedGroup {
  switch (overflow) {
    case 'split':
      return group;
    case 'condense':
      return condensed(group);
    case 'error':
      return group.logs.length > roomIn(group.begun)
        ? { problem: tooLongProblem(group, input), entries: group.logs.flatMap(({ entries }) => entries) }
        : group;
  }
}

/** A part that is full is followed by another, which a heading opens. */
function roomIn(begun: BegunGroup | undefined): number {
  const room = LOGS_PER_PART - (begun?.slotsTaken ?? 0);
  return room > 0 ? room : LOGS_PER_PART - 1;
}

/** The parent is never merged; where the group was begun earlier, Desk has one already. */
function condensed({ logs, begun }: Gathered): Gathered {
  if (begun === undefined) return { logs: condense(logs, LOGS_PER_PART), begun };
  const room = roomIn(begun);
  if (logs[0]?.isParent !== true) return { logs: mergeToFit(logs, room), begun };
  // A parent and whatever follows it need two slots at least: else they go on in a part of their own.
  const hasRoom = logs.length <= room || room >= 2;
  return hasRoom
    ? { logs: condense(logs, room), begun }
    : { logs: condense(logs, LOGS_PER_PART - 1), begun: full(begun) };
}

function layOut(
  groups: readonly Gathered[],
  entries: readonly Entry[],
  freePartsOf: ReturnType<typeof freeParts>,
): Plan {
  return {
    logs: inOrderOf(
      entries,
      groups.flatMap(({ logs }) => logs),
    ),
    groups: groups.flatMap(({ logs, begun }): Group[] => {
      const [parent] = logs;
      if (parent === undefined) return [];
      const { reference, installationId, title } = parent;
      if (reference === undefined) return [standingAlone(parent)];
      const nextFreePart = freePartsOf(installationId, reference, begun?.part ?? 1);
      const parts = split(logs, reference, nextFreePart, begun);
      return [{ reference, installationId, parentTitle: begun?.parentTitle ?? title, parts, nextFreePart }];
    }),
  };
}

/** A merged log stands where the first of its entries does. */
function inOrderOf(entries: readonly Entry[], logs: readonly PlannedLog[]): PlannedLog[] {
  const positions = new Map(entries.map((entry, position) => [entry, position]));
  const positionOf = ({ entries: [first] }: PlannedLog) => (first && positions.get(first)) ?? 0;
  return [...logs].sort((one, other) => positionOf(one) - positionOf(other));
}

/** A log without a reference is a parent by itself, and has no further parts. */
function standingAlone(log: PlannedLog): Group {
  const { installationId, title: parentTitle } = log;
  const address: PartAddress = { number: 1, wireReference: undefined };
  return {
    reference: undefined,
    installationId,
    parentTitle,
    parts: [{ ...address, slotsTaken: 0, logs: [log] }],
    nextFreePart: () => address,
  };
}

function tooLongProblem({ logs, begun }: Gathered, input: string): Problem {
  const count = logs.length + (begun?.slotsTaken ?? 0);
  return {
    input,
    value: shownValue('error'),
    message:
      `allows ${LOGS_PER_PART} logs to a reference, and "${logs[0]?.reference}" has ${count}. ` +
      'Remove some logs, or use split (several parts) or condense (one part, with logs that went well merged).',
  };
}
