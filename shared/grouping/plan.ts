import type { Entry } from '../extension-log.ts';
import { shownValue, type Problem } from '../problem.ts';
import { condense } from './condense.ts';
import { LOGS_PER_PART, type BegunGroup, type Group, type PartPlace, type PlannedLog } from './part.ts';
import { split } from './split.ts';
import { freePlaces } from './wire-references.ts';

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
 * @param begunOf tells of groups that earlier deliveries have begun
 */
export function planLogs(
  entries: readonly Entry[],
  overflow: Overflow,
  input = 'overflow',
  begunOf: BegunGroups = () => undefined,
): Planned {
  const gathered = gather(entries);
  const tooLong = gathered.filter((group) => group.length > LOGS_PER_PART);
  if (overflow === 'error' && tooLong.length > 0) {
    const refused = tooLong.flat().map(({ position }) => position);
    return { ok: false, problems: tooLong.map((group) => tooLongProblem(group, input)), refused };
  }
  const fitted = overflow === 'condense' ? gathered.map((group) => condense(group, LOGS_PER_PART)) : gathered;
  const logOfEntry = logsByEntry(gathered, fitted);
  return { ok: true, plan: { ...layOut(fitted, freePlaces(entries), begunOf), logOfEntry } };
}

/** Finds what is known of a group that was begun before. */
export type BegunGroups = (installationId: string, reference: string) => BegunGroup | undefined;

/** Entries by group, in the order in which each group's first entry comes; `position` is that of the entry. */
function gather(entries: readonly Entry[]): PlannedLog[][] {
  const placed = entries.map((entry, position) => ({ ...entry, position }));
  return [...Map.groupBy(placed, groupKey).values()];
}

function groupKey({ reference, installationId, position }: PlannedLog): string {
  return JSON.stringify(reference === undefined ? position : [installationId, reference]);
}

/** Only neighbours are merged, so an entry is told of by the last log of its group that begins no later than it. */
function logsByEntry(gathered: readonly PlannedLog[][], fitted: readonly PlannedLog[][]): number[] {
  const begins = fitted
    .flatMap((group) => group.map(({ position }) => position))
    .sort((one, other) => one - other);
  const positionOf = new Map(begins.map((begin, position) => [begin, position]));
  const entries = gathered.flat().sort((one, other) => one.position - other.position);
  const last = new Map<string, number>();
  return entries.map((entry) => {
    const position = positionOf.get(entry.position) ?? last.get(groupKey(entry)) ?? 0;
    last.set(groupKey(entry), position);
    return position;
  });
}

function layOut(
  gathered: readonly PlannedLog[][],
  freePlacesOf: ReturnType<typeof freePlaces>,
  begunOf: BegunGroups,
): Omit<Plan, 'logOfEntry'> {
  const inOrder = gathered.flat().sort((one, other) => one.position - other.position);
  const logs = inOrder.map((log, position) => ({ ...log, position }));
  const renumbered = new Map(inOrder.map((log, position) => [log.position, logs[position]]));
  const groups = gathered.flatMap((group): Group[] => {
    const planned = group.flatMap(({ position }) => renumbered.get(position) ?? []);
    const parent = planned[0];
    if (!parent) return [];
    const { reference, installationId, title } = parent;
    if (reference === undefined) return [standingAlone(parent)];
    const begun = begunOf(installationId, reference);
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

function tooLongProblem(group: readonly PlannedLog[], input: string): Problem {
  return {
    input,
    value: shownValue('error'),
    message:
      `allows ${LOGS_PER_PART} logs to a reference, and "${group[0]?.reference}" has ${group.length}. ` +
      'Take logs out, or use split (several parts) or condense (one part, logs that went well merged).',
  };
}
