import * as z from 'zod/mini';
import type { RecordResult } from '../delivery/recorder.ts';
import { serviceProblem, type ServiceProblem } from '../delivery/service-problem.ts';
import type { HttpResult } from '../ports.ts';
import { adviceForDesk, NOT_A_LOG_ADVICE, UNREACHED_ADVICE, UNTRUSTED_ADVICE } from './error-advice.ts';
import { answerPhrase, readErrorAnswer, type DeskAnswer, type ErrorAnswer } from './error-answer.ts';
import { parseJson } from './parse-json.ts';
import { retryAfterMs } from './retry-after.ts';

type Redact = (text: string) => string;

/**
 * Reads what *Add a Log* answered, the same way for every door.
 * @param canRenewToken whether a refused token can be replaced
 */
export function readDeskAnswer(answer: DeskAnswer, redact: Redact, canRenewToken = false): RecordResult {
  if (answer.status >= 200 && answer.status < 300) return readSuccess(answer, redact);
  const error = readErrorAnswer(answer);
  return { ...kindOf(error, canRenewToken), problem: problemOf(error, redact) };
}

/** What a request that got no answer came to. */
export function withoutAnswer(
  result: Exclude<HttpResult, { kind: 'answered' }>,
  redact: Redact,
): RecordResult {
  if (result.kind === 'lost') {
    const answered = `The answer was lost: ${result.reason}.`;
    return { kind: 'ambiguous', problem: serviceProblem({ answered, reach: 'log' }, redact) };
  }
  const { reason, permanent } = result;
  const advice = permanent ? UNTRUSTED_ADVICE : UNREACHED_ADVICE;
  const problem = serviceProblem(
    { answered: `Desk was not reached: ${reason}.`, advice, reach: 'portal' },
    redact,
  );
  return { kind: permanent ? 'final' : 'refused', problem };
}

function kindOf(answer: ErrorAnswer, canRenewToken: boolean) {
  const { status, headers, errorCode } = answer;
  const retryAfter = headers['retry-after'];
  // Without the header it is the limit of concurrent calls, or credits that come back at midnight.
  if (status === 429 && retryAfter === undefined) {
    return { kind: errorCode === CREDITS_USED_UP ? 'final' : 'crowded' } as const;
  }
  // A 503 that says when to come back, in whatever words, was turned away at the door; one that does not
  // may have died on the way.
  if (status === 429 || (status === 503 && retryAfter !== undefined)) {
    const afterMs = retryAfterMs(retryAfter);
    return { kind: 'refused', ...(afterMs !== undefined && { retryAfterMs: afterMs }) } as const;
  }
  if (status === 401) return { kind: canRenewToken ? 'unauthorized' : 'final' } as const;
  // 101 and the like: a server that answers in another protocol may have done anything.
  if (status >= 500 || status === 408 || status < 200) return { kind: 'ambiguous' } as const;
  if (saysReferenceIsFull(answer)) return { kind: 'full' } as const;
  return { kind: 'final' } as const;
}

/** The daily credits of a portal; see https://desk.zoho.com/DeskAPIDocument. */
const CREDITS_USED_UP = 'THRESHOLD_EXCEEDED';

/** What Desk says of the eleventh log is not documented; a 422 on the reference alone is the nearest thing to it. */
function saysReferenceIsFull({ status, fieldErrors }: ErrorAnswer): boolean {
  return (
    status === 422 &&
    fieldErrors.length > 0 &&
    // With a second field in it, another part would refuse it as well.
    fieldErrors.every(({ fieldName, errorType }) => fieldName === '/reference' && errorType !== 'missing')
  );
}

function problemOf(answer: ErrorAnswer, redact: Redact): ServiceProblem {
  const { status, errorCode } = answer;
  const answered = `Desk answered ${answerPhrase(answer)}.`;
  return serviceProblem({ answered, status, errorCode, ...adviceForDesk(answer) }, redact);
}

const idSchema = z.pipe(
  z.union([z.string(), z.number()]),
  z.transform((id: string | number) => String(id)),
);

const recordedSchema = z.looseObject({
  logId: idSchema,
  parentLogId: z.optional(z.nullable(idSchema)),
});

function readSuccess({ status, body }: DeskAnswer, redact: Redact): RecordResult {
  const read = recordedSchema.safeParse(parseJson(body));
  if (!read.success || read.data.logId === '') {
    const answered = `Desk answered ${status} with a body that is not a log, so it is unknown whether it was recorded.`;
    const parts = { answered, status, advice: NOT_A_LOG_ADVICE, reach: 'log' } as const;
    return { kind: 'ambiguous', problem: serviceProblem(parts, redact) };
  }
  const { logId, parentLogId } = read.data;
  return { kind: 'recorded', answer: { logId, parentLogId: parentLogId || logId, body: read.data } };
}
