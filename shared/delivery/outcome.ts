import type { PartAddress, PlannedLog } from '../grouping/part.ts';
import type { RecordedAnswer } from './recorder.ts';

/** What became of one log: recorded or undelivered, never neither. */
export type Outcome = Recorded | Undelivered;

/** A log that Desk has. */
export interface Recorded {
  readonly kind: 'recorded';
  readonly log: PlannedLog;
  readonly part: PartAddress;
  readonly answer: RecordedAnswer;
  /** Attempts before it whose answers were lost: so many copies may stand in Desk beside it. */
  readonly lostAttempts: number;
  /** Milliseconds from its first attempt to its answer. */
  readonly durationMs: number;
}

/** A log that Desk is not known to have. */
export interface Undelivered {
  readonly kind: 'undelivered';
  readonly log: PlannedLog;
  readonly part: PartAddress;
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
  readonly address: PartAddress;
  /** The portal's key; see `portalKey`. */
  readonly portal: string;
  readonly installationId: string;
  /** The group's reference. */
  readonly reference: string | undefined;
  /** How many of its ten slots are taken: logs recorded, and attempts whose answer was lost. Ten where Desk says so. */
  readonly slotsTaken: number;
  /**
   * Desk said that the part is full although, by our own count, it had logs of ours and room for more:
   * others write to it too.
   */
  readonly filledByOthers: boolean;
  readonly outcomes: readonly Outcome[];
}

/** How a delivery ended. */
export interface Report {
  /** One for each planned log, in the order given. */
  readonly outcomes: readonly Outcome[];
  /** As the portals show them: by portal, then by group, then by part. */
  readonly parts: readonly DeliveredPart[];
}
