import type { IDataObject } from 'n8n-workflow';
import type { Outcome, Undelivered } from '../../../shared/delivery/outcome.ts';
import { problemLine, type Problem } from '../../../shared/problem.ts';

/** The result of what some items asked for: a log that was recorded, or why there is none. */
export interface LogResult {
  /** The items that the log covers; several where `condense` merged them. */
  readonly items: readonly number[];
  readonly recorded?: RecordedLog;
  readonly failure?: LogFailure;
}

/** A log that Desk has. */
export interface RecordedLog {
  readonly logId: string;
  /** Desk's answer, with the group's reference and the part. */
  readonly json: IDataObject;
}

/** Why a log was not recorded: an item's `error`. */
export interface LogFailure extends IDataObject {
  message: string;
  /** The log's title; absent where the item could not be read. */
  title?: string;
  /** Desk's last answer, where there was one. */
  status?: number;
  errorCode?: string;
  /** Desk may have the log all the same, because an answer was lost. */
  mayBeRecorded: boolean;
}

/** The result of one log. */
export function resultOf(
  items: readonly number[],
  outcome: Outcome,
  redact: (text: string) => string,
): LogResult {
  if (outcome.kind === 'undelivered') return { items, failure: failureOf(outcome, redact) };
  const { reference } = outcome.log;
  const group = reference === undefined ? {} : { reference, part: outcome.part.number };
  const { logId, body } = outcome.answer;
  return { items, recorded: { logId, json: { ...secretless(body, redact), ...group } } };
}

/**
 * Desk's answer repeats what it was sent, and may repeat more. Ids stay as they are: eight digits of one
 * may happen to be a piece of some secret.
 */
function secretless(body: Readonly<Record<string, unknown>>, redact: (text: string) => string): IDataObject {
  const fields = Object.entries(body).map(([name, value]) => [
    name,
    typeof value === 'string' && !/^\d+$/.test(value) ? redact(value) : value,
  ]);
  return Object.fromEntries(fields) as IDataObject;
}

/** The result of an item that could not be read, so that nothing was sent for it. */
export function badItem(item: number, problems: readonly Problem[]): LogResult {
  return { items: [item], failure: { message: problems.map(problemLine).join('\n'), mayBeRecorded: false } };
}

function failureOf(
  { reason, status, errorCode, mayBeRecorded, log }: Undelivered,
  redact: (text: string) => string,
): LogFailure {
  return {
    message: reason,
    title: redact(log.title),
    ...(status !== undefined && { status }),
    ...(errorCode !== undefined && { errorCode }),
    mayBeRecorded,
  };
}
