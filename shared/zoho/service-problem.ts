import { oneLine } from '../text/one-line.ts';
import type { ErrorAnswer } from './error-answer.ts';
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

/** What was answered and what to do about it. */
export function problemMessage({ answered, advice }: ServiceProblem): string {
  return `${answered} ${advice}`.trim();
}

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
