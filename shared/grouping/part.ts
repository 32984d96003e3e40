import type { Entry } from '../entries/entry.ts';

/** Most logs that Desk groups under one reference: the parent and nine sub-logs (documented by Zoho). */
export const LOGS_PER_PART = 10;

/** An entry as it will be sent, and its place among all logs of the plan. */
export interface PlannedLog extends Entry {
  readonly position: number;
}

/** Where a part's logs go in Desk. */
export interface PartPlace {
  /** 1 for the part under the group's own reference. */
  readonly number: number;
  /** What Desk is sent as `reference`; undefined for a log that stands alone. */
  readonly wireReference: string | undefined;
}

/** At most ten logs under one wire reference, the heading counted. */
export interface Part extends PartPlace {
  /** Places that were taken before this delivery, by earlier ones of the same group. */
  readonly taken: number;
  /** Title of the log that opens a further part. */
  readonly heading?: string;
  readonly logs: readonly PlannedLog[];
}

/** How far earlier deliveries have filled a group. */
export interface BegunGroup {
  readonly parentTitle: string;
  /** Number of the part that it goes on in. */
  readonly part: number;
  /** Places of that part that are taken, lost attempts included. */
  readonly taken: number;
}

/** What shares one reference of one installation. */
export interface Group {
  readonly reference: string | undefined;
  readonly installationId: string;
  readonly parentTitle: string;
  readonly parts: readonly Part[];
  /** The next part that nobody uses yet, for logs that find no room in the planned ones. */
  readonly nextFreePart: () => PartPlace;
}

/** The wire reference of part `number`: the reference itself for the first, `<reference>-<number>` for the others. */
export function wireReferenceOf(reference: string, number: number): string {
  return number === 1 ? reference : `${reference}-${number}`;
}

/** The title of the log that opens part `number`; `count` is left out where it is not known. */
export function headingTitle(parentTitle: string, number: number, count?: number): string {
  return `${parentTitle} (part ${number}${count === undefined ? '' : ` of ${count}`})`;
}
