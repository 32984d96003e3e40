import type { Entry } from '../entries/entry.ts';

/** Most logs that Desk groups under one reference: the parent and nine sub-logs (documented by Zoho). */
export const LOGS_PER_PART = 10;

/** A log as it will be sent, and the entries it stands for. */
export interface PlannedLog extends Entry {
  /** Its own entry; several where logs were merged; none for the heading of a further part. */
  readonly entries: readonly Entry[];
}

/** Whether a log opens a further part. A heading is not one of the user's own logs. */
export function isHeading({ entries }: PlannedLog): boolean {
  return entries.length === 0;
}

/** Where a part's logs go in Desk. */
export interface PartAddress {
  /** 1 for the part under the group's own reference. */
  readonly number: number;
  /** What Desk gets as `reference`; undefined for a log that stands alone. */
  readonly wireReference: string | undefined;
}

/** At most ten logs under one wire reference, the heading counted. */
export interface Part extends PartAddress {
  /** Slots that earlier deliveries of the same group have taken. */
  readonly slotsTaken: number;
  readonly heading?: PlannedLog;
  readonly logs: readonly PlannedLog[];
}

/** How far earlier deliveries have filled a group. */
export interface BegunGroup {
  readonly parentTitle: string;
  /** Number of the part in which it goes on. */
  readonly part: number;
  /** Slots of that part that are taken, lost attempts included. */
  readonly slotsTaken: number;
}

/** What shares one reference of one installation. */
export interface Group {
  readonly reference: string | undefined;
  readonly installationId: string;
  readonly parentTitle: string;
  readonly parts: readonly Part[];
  /** The next unused part, for logs that find no room in the planned ones. */
  readonly nextFreePart: () => PartAddress;
}

/** The wire reference of part `number`: the reference itself for the first, `<reference>-<number>` for the others. */
export function wireReferenceOf(reference: string, number: number): string {
  return number === 1 ? reference : `${reference}-${number}`;
}

/** The log that opens part `number`; `count` is left out where it is not known. */
export function headingLog(
  parentTitle: string,
  installationId: string,
  number: number,
  count?: number,
): PlannedLog {
  const title = `${parentTitle} (part ${number}${count === undefined ? '' : ` of ${count}`})`;
  return { title, description: title, installationId, entries: [] };
}

/** One key for a reference of an installation within its portal: what Desk groups. */
export function groupKey({
  installationId,
  reference,
}: {
  readonly installationId: string;
  readonly reference?: string | undefined;
}): string {
  return JSON.stringify([installationId, reference]);
}
