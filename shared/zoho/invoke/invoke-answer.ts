import * as z from 'zod/mini';
import type { RecordResult } from '../../delivery/recorder.ts';
import { serviceProblem } from '../../delivery/service-problem.ts';
import { readDeskAnswer } from '../desk-answer.ts';
import { adviceForInvoke, NOT_A_LOG_ADVICE } from '../error-advice.ts';
import { answerPhrase, readErrorAnswer, type DeskAnswer } from '../error-answer.ts';
import { parseJson } from '../parse-json.ts';

const statusCodeSchema = z.catch(
  z.optional(
    z.pipe(
      z.union([z.number(), z.string().check(z.regex(/^\d{3}$/))]),
      z.transform((code: number | string) => Number(code)),
    ),
  ),
  undefined,
);
/** `statusMessage` has Desk's own answer: as an object, or as JSON text once more. */
const innerSchema = z.looseObject({ statusMessage: z.unknown(), statusCode: statusCodeSchema });
const outerSchema = z.looseObject({ response: z.unknown() });

/** Statuses that the extension's secret or its connector may have caused, as well as one dead installation. */
const SHARED_CAUSE_STATUSES: ReadonlySet<number> = new Set([400, 401, 403]);

/**
 * Reads what the Invoke API answered. The answer of *Add a Log* stands inside its own, and an inner
 * error may come with either status; which of them Zoho does is not documented, so both are read.
 */
export function readInvokeAnswer(answer: DeskAnswer, redact: (text: string) => string): RecordResult {
  const inner = innerAnswerOf(answer);
  if (inner === undefined)
    return isSuccess(answer.status) ? unreadable(answer, redact) : refusal(answer, redact);
  return isSuccess(inner.status) ? readDeskAnswer(inner, redact) : refusal(inner, redact);
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Desk's own answer, with the status that holds for it; undefined where there is none inside. */
function innerAnswerOf({ status: outerStatus, headers, body }: DeskAnswer): DeskAnswer | undefined {
  const outer = outerSchema.safeParse(parseJson(body));
  const inner = outer.success ? innerSchema.safeParse(decoded(outer.data.response)) : undefined;
  if (!inner?.success) return undefined;
  const message = decoded(inner.data.statusMessage);
  const status = inner.data.statusCode ?? (isSuccess(outerStatus) ? statusOf(message) : outerStatus);
  return { status, headers, body: typeof message === 'string' ? message : JSON.stringify(message ?? null) };
}

/** A text that holds JSON is parsed as often as it was encoded. */
function decoded(value: unknown): unknown {
  const parsed = typeof value === 'string' ? parseJson(value) : undefined;
  return parsed === undefined ? value : decoded(parsed);
}

/** The status of each error code of Desk's, for an inner error that comes without one. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  INVALID_OAUTH: 401,
  SCOPE_MISMATCH: 403,
  OAUTH_ORG_MISMATCH: 403,
  FORBIDDEN: 403,
  LICENSE_ACCESS_LIMITED: 403,
  URL_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  RESOURCE_SIZE_EXCEEDED: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  INVALID_DATA: 422,
  UNPROCESSABLE_ENTITY: 422,
  TOO_MANY_REQUESTS: 429,
  THRESHOLD_EXCEEDED: 429,
  INTERNAL_SERVER_ERROR: 500,
};

const codeSchema = z.looseObject({ errorCode: z.string() });

/** Without a status inside, a body with a known error code is that error; any other is left to be read as a log. */
function statusOf(message: unknown): number {
  const coded = codeSchema.safeParse(message);
  return (coded.success ? STATUS_OF_CODE[coded.data.errorCode] : undefined) ?? 200;
}

function refusal(answer: DeskAnswer, redact: (text: string) => string): RecordResult {
  const read = readDeskAnswer(answer, redact);
  if (read.kind === 'recorded' || !SHARED_CAUSE_STATUSES.has(answer.status)) return read;
  const error = readErrorAnswer(answer);
  const problem = serviceProblem(
    {
      answered: `Desk's Invoke API answered ${answerPhrase(error)}.`,
      advice: adviceForInvoke(error).advice,
      status: error.status,
      errorCode: error.errorCode,
      reach: 'installation',
      sharedCause: true,
    },
    redact,
  );
  return { kind: 'final', problem };
}

function unreadable({ status }: DeskAnswer, redact: (text: string) => string): RecordResult {
  const answered = `Desk's Invoke API answered ${status} with a body that has no answer to the log, so it is unknown whether it was recorded.`;
  const parts = { answered, status, advice: NOT_A_LOG_ADVICE, reach: 'log' } as const;
  return { kind: 'ambiguous', problem: serviceProblem(parts, redact) };
}
