import type { RecordedAnswer } from '../zoho/add-log.ts';
import type { PartPlace, PlannedLog } from '../grouping/part.ts';

/** The log that opens a further part. It is Desk's to show and none of the user's own. */
export type HeadingLog = Omit<PlannedLog, 'position'> & { readonly position: 'heading' };

/** What became of one log: recorded or undelivered, never neither. */
export type Outcome<Log = PlannedLog> = Recorded<Log> | Undelivered<Log>;

export interface Recorded<Log = PlannedLog> {
  readonly kind: 'recorded';
  readonly log: Log;
  readonly place: PartPlace;
  readonly answer: RecordedAnswer;
  /** Attempts before it whose answers were lost: so many copies may stand in Desk beside it. */
  readonly lostAttempts: number;
  /** Milliseconds from its first attempt to its answer. */
  readonly durationMs: number;
}

export interface Undelivered<Log = PlannedLog> {
  readonly kind: 'undelivered';
  readonly log: Log;
  readonly place: PartPlace;
  /** What happened and what to do, redacted. */
  readonly reason: string;
  /** Whether the answer of an attempt was lost, so that Desk may have the log all the same. */
  readonly mayBeRecorded: boolean;
  readonly durationMs: number;
  /** Desk's last answer, where there was one. */
  readonly status?: number;
  readonly errorCode?: string;
}

/** What was sent under one wire reference, in the order sent, headings included. */
export interface DeliveredPart {
  readonly place: PartPlace;
  readonly installationId: string;
  readonly reference: string | undefined;
  /** How many of its ten places are taken: logs recorded, and attempts whose answer was lost. Ten where Desk says so. */
  readonly taken: number;
  readonly outcomes: readonly Outcome<PlannedLog | HeadingLog>[];
}

/** The end of a delivery. */
export interface Report {
  /** One for each planned log, in the order given. */
  readonly outcomes: readonly Outcome[];
  /** As the portal shows them: by group, then by part. */
  readonly parts: readonly DeliveredPart[];
}

export function isHeading(log: PlannedLog | HeadingLog): log is HeadingLog {
  return log.position === 'heading';
}
