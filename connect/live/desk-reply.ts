import type { HttpResult } from '../../shared/ports.ts';
import type { DeskAnswer } from '../../shared/zoho/error-answer.ts';
import { readErrorAnswer } from '../../shared/zoho/error-answer.ts';
import { parseJson } from '../../shared/zoho/parse-json.ts';

/** What Desk answered to one trial, without ids and secrets. */
export interface DeskReply {
  /** The log as Desk gave it back, where it was recorded. */
  readonly log: RecordedLog | undefined;
  /** `recorded`, or `refused: 422 INVALID_DATA, /reference invalid`. */
  readonly text: string;
}

/** The fields of a recorded log, which may be absent, null or anything else. */
export type RecordedLog = Readonly<Record<string, unknown>>;

/** Reads what came of one request. */
export function readReply(result: HttpResult): DeskReply {
  if (result.kind !== 'answered') return { log: undefined, text: `no answer: ${result.kind}` };
  return readAnswer(result);
}

/** The same of an answer that stood inside another. */
export function readAnswer(answer: DeskAnswer): DeskReply {
  const log = answer.status >= 200 && answer.status < 300 ? recordedLog(answer.body) : undefined;
  return { log, text: log === undefined ? refusalText(answer) : 'recorded' };
}

function recordedLog(body: string): RecordedLog | undefined {
  const value = parseJson(body);
  return typeof value === 'object' && value !== null && 'logId' in value ? value : undefined;
}

/** Status, code and fields; not the message, which may quote what was sent. */
function refusalText(answer: DeskAnswer): string {
  const { status, errorCode, fieldErrors, isHtml } = readErrorAnswer(answer);
  const fields = fieldErrors.map(({ fieldName, errorType }) => `${fieldName} ${errorType}`);
  const said = [errorCode, ...fields].filter(Boolean).map((word) => plainWord(String(word)));
  const parts = [[status, said[0]].filter(Boolean).join(' '), ...said.slice(1), isHtml && 'a web page'];
  const answered = parts.filter(Boolean).join(', ');
  if (status < 300) return `answered ${answered}, without a log`;
  return `${status >= 500 ? 'failed' : 'refused'}: ${answered}`;
}

/** Words of a service in a table of ours: nothing that Markdown reads, and no long number. */
function plainWord(word: string): string {
  return word
    .replace(/[^\w/ .-]+/g, ' ')
    .replace(/\d{5,}/g, '…')
    .slice(0, 60);
}

/** What a log that may be a parent says of its own parent. */
export function ownParentText({ logId, parentLogId }: RecordedLog): string {
  if (parentLogId === undefined) return 'absent';
  if (parentLogId === null) return 'null';
  if (parentLogId === '') return 'an empty text';
  return parentLogId === logId ? 'its own `logId`' : 'another id';
}

/** Whether a log is its own parent, in any of the ways that Desk may say so. */
export function isParent({ logId, parentLogId }: RecordedLog): boolean {
  return parentLogId === undefined || parentLogId === null || parentLogId === '' || parentLogId === logId;
}
