import type { Entry } from '../entries/entry.ts';
import { shownValue, type Problem } from '../problem.ts';
import { condense, mergeToFit } from './condense.ts';
import {
  LOGS_PER_PART,
  wireReferenceOf,
  type BegunGroup,
  type Group,
  type PartPlace,
  type PlannedLog,
} from './part.ts';
import { split } from './split.ts';
import { freePlaces, placeKey } from './wire-references.ts';

/** What becomes of a group of more than ten logs. */
export const OVERFLOW_MODES = ['split', 'condense', 'error'] as const;
export type Overflow = (typeof OVERFLOW_MODES)[number];

export interface Plan {
  /** Every log to be recorded, in the order given; headings are not among them. */
  readonly logs: readonly PlannedLog[];
  readonly groups: readonly Group[];
  /** For each entry, in the order given, the position of the log that tells of it: its own, or the one it was merged into. */
  readonly logOfEntry: readonly number[];
}

/** With `overflow: error`, the problems are the groups that are too long, and `refused` the positions of their entries. */
export type Planned =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly problems: Problem[]; readonly refused: readonly number[] };

/**
 * Makes parts of entries. Entries without a reference stand alone. Pure.
 * @param input the name of the overflow input, for the messages
 * @param begun tells of what earlier deliveries have begun
 */
export function planLogs(
  entries: readonly Entry[],
  overflow: Overflow,
  input = 'overflow',
  begun: BegunGroups = NOTHING_BEGUN,
): Planned {
  const gathered = gather(entries, begun);
  const tooLong = gathered.filter(({ logs, room }) => logs.length > room);
  if (overflow === 'error' && tooLong.length > 0) {
    const refused = tooLong.flatMap(({ logs }) => logs.map(({ position }) => position));
    return { ok: false, problems: tooLong.map((group) => tooLongProblem(group, input)), refused };
  }
  const fitted = overflow === 'condense' ? gathered.map(condensed) : gathered;
  const logOfEntry = logsByEntry(gathered, fitted);
  return { ok: true, plan: { ...layOut(fitted, freePlaces(entries, begun.isTaken)), logOfEntry } };
}

/** What earlier deliveries have left in Desk. */
export interface BegunGroups {
  /** How far a group was filled; undefined for one that is new. */
  readonly groupOf: (installationId: string, reference: string) => BegunGroup | undefined;
  /** Whether a wire reference has logs of some group. */
  readonly isTaken: (installationId: string, wireReference: string) => boolean;
}

const NOTHING_BEGUN: BegunGroups = { groupOf: () => undefined, isTaken: () => false };

/** The entries of one group, and how many logs its part has room for. */
interface Gathered {
  readonly logs: readonly PlannedLog[];
  readonly begun: BegunGroup | undefined;
  readonly room: number;
}

/** Entries by group, in the order in which each group's first entry comes; `position` is that of the entry. */
function gather(entries: readonly Entry[], { groupOf }: BegunGroups): Gathered[] {
  const placed = entries.map((entry, position) => ({ ...entry, position }));
  const references = new Set(entries.map(placeKey));
  return [...Map.groupBy(placed, groupKey).values()].map((logs) => {
    const begun = goesOnIn(logs[0], groupOf, references);
    return { logs, begun, room: roomIn(begun) };
  });
}

/** Where a begun group goes on; in a new part where another group of this plan writes to its last one. */
function goesOnIn(
  first: PlannedLog | undefined,
  groupOf: BegunGroups['groupOf'],
  references: ReadonlySet<string>,
): BegunGroup | undefined {
  if (first?.reference === undefined) return undefined;
  const { installationId, reference } = first;
  const begun = groupOf(installationId, reference);
  if (begun === undefined || begun.part === 1) return begun;
  const wire = placeKey({ installationId, reference: wireReferenceOf(reference, begun.part) });
  return references.has(wire) ? { ...begun, taken: LOGS_PER_PART } : begun;
}

/** A part that is full is followed by another, which a heading opens. */
function roomIn(begun: BegunGroup | undefined): number {
  const room = LOGS_PER_PART - (begun?.taken ?? 0);
  return room > 0 ? room : LOGS_PER_PART - 1;
}

/** The parent is never merged; where the group was begun before, it is in Desk already. */
function condensed({ logs, begun, room }: Gathered): Gathered {
  return { logs: (begun === undefined ? condense : mergeToFit)(logs, room), begun, room };
}

function groupKey({ reference, installationId, position }: PlannedLog): string {
  return JSON.stringify(reference === undefined ? position : [installationId, reference]);
}

/** Only neighbours are merged, so an entry is told of by the last log of its group that begins no later than it. */
function logsByEntry(gathered: readonly Gathered[], fitted: readonly Gathered[]): number[] {
  const begins = fitted
    .flatMap(({ logs }) => logs.map(({ position }) => position))
    .sort((one, other) => one - other);
  const positionOf = new Map(begins.map((begin, position) => [begin, position]));
  const entries = gathered.flatMap(({ logs }) => logs).sort((one, other) => one.position - other.position);
  const last = new Map<string, number>();
  return entries.map((entry) => {
    const position = positionOf.get(entry.position) ?? last.get(groupKey(entry)) ?? 0;
    last.set(groupKey(entry), position);
    return position;
  });
}

function layOut(
  gathered: readonly Gathered[],
  freePlacesOf: ReturnType<typeof freePlaces>,
): Omit<Plan, 'logOfEntry'> {
  const inOrder = gathered.flatMap((group) => group.logs).sort((one, other) => one.position - other.position);
  const logs = inOrder.map((log, position) => ({ ...log, position }));
  const renumbered = new Map(inOrder.map((log, position) => [log.position, logs[position]]));
  const groups = gathered.flatMap(({ logs: ofGroup, begun }): Group[] => {
    const planned = ofGroup.flatMap(({ position }) => renumbered.get(position) ?? []);
    const parent = planned[0];
    if (!parent) return [];
    const { reference, installationId, title } = parent;
    if (reference === undefined) return [standingAlone(parent)];
    const nextFreePart = freePlacesOf(installationId, reference, begun?.part ?? 1);
    const parts = split(planned, reference, nextFreePart, begun);
    return [{ reference, installationId, parentTitle: begun?.parentTitle ?? title, parts, nextFreePart }];
  });
  return { logs, groups };
}

/** A log without a reference is a parent by itself, and has no further parts. */
function standingAlone(log: PlannedLog): Group {
  const { installationId, title: parentTitle } = log;
  const place: PartPlace = { number: 1, wireReference: undefined };
  return {
    reference: undefined,
    installationId,
    parentTitle,
    parts: [{ ...place, taken: 0, logs: [log] }],
    nextFreePart: () => place,
  };
}

function tooLongProblem({ logs, begun }: Gathered, input: string): Problem {
  const count = logs.length + (begun?.taken ?? 0);
  return {
    input,
    value: shownValue('error'),
    message:
      `allows ${LOGS_PER_PART} logs to a reference, and "${logs[0]?.reference}" has ${count}. ` +
      'Take logs out, or use split (several parts) or condense (one part, logs that went well merged).',
  };
}
