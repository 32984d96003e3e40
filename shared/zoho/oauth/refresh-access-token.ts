import * as z from 'zod/mini';
import { serviceProblem, type ServiceProblem } from '../../delivery/service-problem.ts';
import { adviceForToken, UNREACHED_ADVICE, UNTRUSTED_ADVICE } from '../error-advice.ts';
import { answerPhrase, readErrorAnswer } from '../error-answer.ts';
import { parseJson } from '../parse-json.ts';
import type { OAuthClient, Portal } from '../portal.ts';
import { retryAfterMs } from '../retry-after.ts';
import type { HttpRequest, HttpResult } from '../../ports.ts';

/** What one call of the token endpoint came to. */
export type RefreshResult =
  | { readonly kind: 'token'; readonly token: AccessToken }
  /** Asking again does no harm: nothing is recorded by asking for a token. */
  | { readonly kind: 'retryable'; readonly problem: ServiceProblem; readonly retryAfterMs?: number }
  | { readonly kind: 'final'; readonly problem: ServiceProblem };

/** A token that lets its bearer log to one portal. */
export interface AccessToken {
  readonly value: string;
  /** Seconds that it lives, 3,600 as a rule. */
  readonly expiresInSeconds: number;
  /** The data center that it belongs to, as an origin, where Zoho says so. */
  readonly apiDomain?: string | undefined;
}

/**
 * Builds the call that gives a new access token: a form body, and no new refresh token in the answer.
 * Source: https://www.zoho.com/accounts/protocol/oauth/web-apps/access-token-expiry.html.
 */
export function refreshRequest(
  { accountsUrl }: Pick<Portal, 'accountsUrl'>,
  client: OAuthClient,
  timeoutMs: number,
): HttpRequest {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: client.clientId,
    client_secret: client.clientSecret,
    refresh_token: client.refreshToken,
  });
  return {
    url: `${accountsUrl}/oauth/v2/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
    timeoutMs,
  };
}

const tokenSchema = z.looseObject({
  access_token: z.string().check(z.minLength(1)),
  expires_in: z.catch(z.number(), 3_600),
  api_domain: z.catch(z.optional(z.string()), undefined),
});

/** Reads the token endpoint's answer by its body first: Zoho's errors come with status 200. */
export function readRefreshResult(result: HttpResult, redact: (text: string) => string): RefreshResult {
  if (result.kind !== 'answered') return withoutAnswer(result, redact);
  const read = tokenSchema.safeParse(parseJson(result.body));
  if (read.success) {
    const { access_token: value, expires_in: expiresInSeconds, api_domain: apiDomain } = read.data;
    return { kind: 'token', token: { value, expiresInSeconds, apiDomain } };
  }
  return refusal(result, redact);
}

function refusal(
  result: Extract<HttpResult, { kind: 'answered' }>,
  redact: (text: string) => string,
): RefreshResult {
  const answer = readErrorAnswer(result);
  const { status, errorCode } = answer;
  const problem = serviceProblem(
    {
      answered: `Zoho did not issue an access token. It answered ${answerPhrase(answer)}.`,
      status,
      errorCode,
      ...adviceForToken(answer),
    },
    redact,
  );
  const busy = status >= 500 || (status === 429 && errorCode !== 'throttled');
  if (!busy) return { kind: 'final', problem };
  const afterMs = retryAfterMs(result.headers['retry-after']);
  return { kind: 'retryable', problem, ...(afterMs !== undefined && { retryAfterMs: afterMs }) };
}

function withoutAnswer(
  result: Exclude<HttpResult, { kind: 'answered' }>,
  redact: (text: string) => string,
): RefreshResult {
  const permanent = result.kind === 'unreached' && result.permanent;
  const advice = permanent ? UNTRUSTED_ADVICE : UNREACHED_ADVICE;
  const answered = `Zoho did not issue an access token: ${result.reason}.`;
  const problem = serviceProblem({ answered, advice, reach: 'portal' }, redact);
  return { kind: permanent ? 'final' : 'retryable', problem };
}
