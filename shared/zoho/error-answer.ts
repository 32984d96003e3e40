import * as z from 'zod/mini';
import type { HttpHeaders } from '../ports.ts';
import { parseJson } from './parse-json.ts';
import { oneLine } from '../text/one-line.ts';

/** An answer that is not a success, with whatever could be read from it. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly isHtml: boolean;
  readonly errorCode?: string | undefined;
  readonly message?: string | undefined;
  readonly fieldErrors: readonly { fieldName: string; errorType: string; errorMessage: string }[];
}

const text = z.catch(z.optional(z.string()), undefined);

/** Desk's `{errorCode, message, errors}` and the token endpoint's `{error, error_description, status}`. */
const errorBodySchema = z.looseObject({
  errorCode: text,
  error: text,
  message: text,
  error_description: text,
  status: text,
  errors: z.catch(
    z.optional(z.array(z.looseObject({ fieldName: text, errorType: text, errorMessage: text }))),
    undefined,
  ),
});

/** An answer of Desk's: over HTTP, or inside an answer of the Invoke API. */
export interface DeskAnswer {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly body: string;
}

/** Reads an answer that is not a success; whatever cannot be read is left out. Never throws. */
export function readErrorAnswer(answer: DeskAnswer): ErrorAnswer {
  const read = errorBodySchema.safeParse(parseJson(answer.body));
  const body = read.success ? read.data : undefined;
  const errorCode = body?.errorCode ?? body?.error;
  return {
    status: answer.status,
    headers: answer.headers,
    isHtml: body === undefined && /^\s*</.test(answer.body),
    errorCode: throttles(body) ? 'throttled' : errorCode && oneLine(errorCode),
    message: body?.message ?? body?.error_description,
    fieldErrors: (body?.errors ?? []).map(({ fieldName = '', errorType = 'invalid', errorMessage = '' }) => ({
      fieldName,
      errorType,
      errorMessage,
    })),
  };
}

/** The token throttle's text is localised; only `status: "failure"` is always there. */
function throttles(body: z.infer<typeof errorBodySchema> | undefined): boolean {
  return body?.status === 'failure' && body.error !== undefined;
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
