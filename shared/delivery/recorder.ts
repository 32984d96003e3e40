import type { ServiceProblem } from './service-problem.ts';

/** A log as a recorder takes it: all strings, `reference` optional. */
export interface WireLog {
  readonly title: string;
  readonly description: string;
  readonly installationId: string;
  readonly reference?: string | undefined;
}

/**
 * The port where a delivery meets Zoho: one way into one portal. It records one log in one
 * installation and says what came of it. It owns address, headers, token and a refused token.
 */
export interface Recorder {
  /** Tries once. Ends by the deadline of the delivery that it was made for. */
  record(log: WireLog): Promise<RecordResult>;
}

/** What Desk says of a log that it recorded; ids are strings of digits. */
export interface RecordedAnswer {
  readonly logId: string;
  /** For a parent its own id, whether Desk answered that, null, "" or nothing. */
  readonly parentLogId: string;
  /** Desk's answer as it came. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What an attempt came to; `retry-policy.ts` says what is done about each. */
export type RecordResult = { readonly kind: 'recorded'; readonly answer: RecordedAnswer } | FailedAttempt;

/** An attempt after which the log is not known to be recorded. */
export type FailedAttempt =
  /** Too many concurrent calls: nothing was recorded, and the portal has room again after any answer. */
  | { readonly kind: 'crowded'; readonly problem: ServiceProblem }
  /** Refused before it was processed: nothing was recorded. `retryAfterMs` is Zoho's own word. */
  | { readonly kind: 'refused'; readonly problem: ServiceProblem; readonly retryAfterMs?: number }
  /** The token was refused and the recorder can get another: nothing was recorded. */
  | { readonly kind: 'unauthorized'; readonly problem: ServiceProblem }
  /** The answer was lost or makes no sense: Desk may have recorded it. */
  | { readonly kind: 'ambiguous'; readonly problem: ServiceProblem }
  /** The reference has its ten logs already: nothing was recorded. */
  | { readonly kind: 'full'; readonly problem: ServiceProblem }
  /** Asking again would get the same answer. */
  | { readonly kind: 'final'; readonly problem: ServiceProblem };
