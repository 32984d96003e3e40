import type { HttpHeaders } from '../ports.ts';
import type { Reach } from './error-advice.ts';

/** What went wrong between us and Zoho, redacted when it was made and ready to be shown. */
export interface ServiceProblem {
  /** What was answered, as one sentence. */
  readonly answered: string;
  /** What to do about it; empty where there is nothing to be done. */
  readonly advice: string;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** Desk's `errorCode`, or the token endpoint's `error`. */
  readonly errorCode?: string;
  /** Who else would meet the same problem. */
  readonly reach: Reach;
}

/** An answer that is no success, as far as it could be read. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly isHtml: boolean;
  readonly errorCode?: string | undefined;
  readonly message?: string | undefined;
  readonly fieldErrors: readonly { fieldName: string; errorType: string; errorMessage: string }[];
}

/** What was answered and what to do about it. */
export function problemMessage({ answered, advice }: ServiceProblem): string {
  return `${answered} ${advice}`.trim();
}

const QUOTED_LENGTH = 200;

/** `422 INVALID_DATA "The data is invalid" (/title is missing)`: what a service answered, in one phrase. */
export function answerPhrase({ status, errorCode, message, fieldErrors, isHtml }: ErrorAnswer): string {
  const fields = fieldErrors.map(
    ({ fieldName, errorType, errorMessage }) =>
      `${fieldName} is ${errorType}${errorMessage && `: ${errorMessage}`}`,
  );
  return [
    status,
    errorCode,
    message && `"${oneLine(message).replace(/\.$/, '')}"`,
    fields.length > 0 && `(${oneLine(fields.join(', '))})`,
    isHtml && 'with a web page instead of JSON',
  ]
    .filter(Boolean)
    .join(' ');
}

/** A text from outside on one line, without control characters, cut short. */
export function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return line.length > QUOTED_LENGTH ? `${line.slice(0, QUOTED_LENGTH - 1)}…` : line;
}
