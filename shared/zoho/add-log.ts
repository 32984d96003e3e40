import * as z from 'zod/mini';
import type { Connection } from './portal.ts';
import type { HttpRequest, HttpResult } from '../ports.ts';
import { adviceForDesk, UNREACHED_ADVICE, UNTRUSTED_ADVICE } from './error-advice.ts';
import { readErrorAnswer, type ErrorAnswer } from './error-answer.ts';
import { parseJson } from './parse-json.ts';
import { retryAfterMs } from './retry-after.ts';
import { answerPhrase, type ServiceProblem } from './service-problem.ts';

/** The body of *Add a Log*: all strings, `reference` optional (documented by Zoho). */
export interface AddLogBody {
  readonly title: string;
  readonly description: string;
  readonly installationId: string;
  readonly reference?: string | undefined;
}

/** What Desk says of a log that it recorded; ids are strings of digits. */
export interface RecordedAnswer {
  readonly logId: string;
  /** Its own id for a parent, whatever of absent, null, "" or its own id Desk answered. */
  readonly parentLogId: string;
  /** Desk's answer as it came. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What an attempt to add a log came to; `retry-policy.ts` says what is done about each. */
export type AddLogResult =
  | { readonly kind: 'recorded'; readonly answer: RecordedAnswer }
  /** Refused before it was processed: nothing was recorded. */
  | { readonly kind: 'refused'; readonly problem: ServiceProblem; readonly retryAfterMs?: number }
  /** The token was refused: nothing was recorded. */
  | { readonly kind: 'unauthorized'; readonly problem: ServiceProblem }
  /** The answer was lost or makes no sense: Desk may have recorded it. */
  | { readonly kind: 'ambiguous'; readonly problem: ServiceProblem }
  /** The reference has its ten logs already: nothing was recorded. */
  | { readonly kind: 'full'; readonly problem: ServiceProblem }
  /** Asking again would be answered the same. */
  | { readonly kind: 'final'; readonly problem: ServiceProblem };

/** Builds the call for one log. `Zoho-oauthtoken` is Zoho's canonical scheme; n8n's helper sends `Bearer`. */
export function addLogRequest(
  log: AddLogBody,
  connection: Pick<Connection, 'deskUrl' | 'orgId'>,
  accessToken: string,
  timeoutMs: number,
): HttpRequest {
  const { title, description, installationId, reference } = log;
  return {
    url: `${connection.deskUrl}/api/v1/extensionLogs`,
    headers: {
      orgId: connection.orgId,
      authorization: `Zoho-oauthtoken ${accessToken}`,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    // JSON leaves an undefined reference out.
    body: JSON.stringify({ reference, title, description, installationId }),
    timeoutMs,
  };
}

/** Reads what became of the call. `redact` is applied to everything that came from outside. */
export function readAddLogResult(result: HttpResult, redact: (text: string) => string): AddLogResult {
  if (result.kind === 'unreached') return unreached(result.reason, result.permanent, redact);
  if (result.kind === 'lost') {
    const answered = redact(`The answer was lost: ${result.reason}.`);
    return { kind: 'ambiguous', problem: { answered, advice: '', reach: 'log' } };
  }
  if (result.status >= 200 && result.status < 300) return readSuccess(result.status, result.body);

  const answer = readErrorAnswer(result);
  const problem = problemOf(answer, redact);
  return { ...kindOf(answer), problem };
}

function kindOf(answer: ErrorAnswer) {
  const retryAfter = answer.headers['retry-after'];
  // A 503 that says when to come back, in whatever words, was turned away at the door; one that does not
  // may have died on the way.
  if (answer.status === 429 || (answer.status === 503 && retryAfter !== undefined)) {
    const afterMs = retryAfterMs(retryAfter);
    return { kind: 'refused', ...(afterMs !== undefined && { retryAfterMs: afterMs }) } as const;
  }
  if (answer.status === 401) return { kind: 'unauthorized' } as const;
  if (answer.status >= 500 || answer.status === 408) return { kind: 'ambiguous' } as const;
  if (saysReferenceIsFull(answer)) return { kind: 'full' } as const;
  return { kind: 'final' } as const;
}

/** What Desk says of the eleventh log is not documented; a 422 on the reference is the nearest thing to it. */
function saysReferenceIsFull({ status, fieldErrors }: ErrorAnswer): boolean {
  return (
    status === 422 &&
    fieldErrors.length > 0 &&
    // With a second field in it, another part would refuse it as well.
    fieldErrors.every(({ fieldName, errorType }) => fieldName === '/reference' && errorType !== 'missing')
  );
}

function unreached(reason: string, permanent: boolean, redact: (text: string) => string): AddLogResult {
  const advice = permanent ? UNTRUSTED_ADVICE : UNREACHED_ADVICE;
  const problem: ServiceProblem = {
    answered: redact(`Desk was not reached: ${reason}.`),
    advice,
    reach: 'all',
  };
  return { kind: permanent ? 'final' : 'refused', problem };
}

function problemOf(answer: ErrorAnswer, redact: (text: string) => string): ServiceProblem {
  const { advice, reach } = adviceForDesk(answer);
  return {
    answered: redact(`Desk answered ${answerPhrase(answer)}.`),
    advice,
    status: answer.status,
    reach,
    ...(answer.errorCode !== undefined && { errorCode: redact(answer.errorCode) }),
  };
}

const idSchema = z.pipe(
  z.union([z.string(), z.number()]),
  z.transform((id: string | number) => String(id)),
);

const recordedSchema = z.looseObject({
  logId: idSchema,
  parentLogId: z.optional(z.nullable(idSchema)),
});

function readSuccess(status: number, body: string): AddLogResult {
  const read = recordedSchema.safeParse(parseJson(body));
  if (!read.success || read.data.logId === '') {
    const answered = `Desk answered ${status} with something that is no log, so it is unknown whether it was recorded.`;
    return { kind: 'ambiguous', problem: { answered, advice: '', status, reach: 'log' } };
  }
  const { logId, parentLogId } = read.data;
  return { kind: 'recorded', answer: { logId, parentLogId: parentLogId || logId, body: read.data } };
}
