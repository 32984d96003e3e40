import * as z from 'zod/mini';
import { serviceProblem, type ServiceProblem } from '../../shared/delivery/service-problem.ts';
import type { HttpRequest, HttpResult, World } from '../../shared/ports.ts';
import { requestTimeoutMs, type Deadline } from '../../shared/retry/deadline.ts';
import { dataCenterOfApiDomain, type DataCenterId } from '../../shared/zoho/data-centers.ts';
import { readRefreshResult } from '../../shared/zoho/oauth/refresh-access-token.ts';
import { parseJson } from '../../shared/zoho/parse-json.ts';
import { SCOPE, type Portal } from '../../shared/zoho/portal.ts';

/** What a code is exchanged with. */
export interface CodeExchange {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly code: string;
}

/** What the exchange of a code came to. */
export type ExchangeResult =
  | {
      readonly kind: 'exchanged';
      readonly refreshToken: string;
      /** The data center that the token belongs to, where Zoho names one that is known. */
      readonly dataCenter: DataCenterId | undefined;
    }
  | { readonly kind: 'failed'; readonly problem: ServiceProblem };

const CODE_ADVICE =
  'The code was used before, has expired, or was made by another client or in another data center. ' +
  `Generate a new one with the scope ${SCOPE}, and paste it at once.`;
const NO_REFRESH_TOKEN =
  'Zoho took the code but gave no refresh token. A self client always gets one: generate the code there.';

/** Exchanges the code of a self client once. Every token that comes is learnt before it is used. */
export async function exchangeCode(
  portal: Pick<Portal, 'accountsUrl'>,
  exchange: CodeExchange,
  deadline: Deadline,
  { transport, now, secrets }: Pick<World, 'transport' | 'now' | 'secrets'>,
): Promise<ExchangeResult> {
  const request = exchangeRequest(portal, exchange, requestTimeoutMs(deadline, now()));
  const result = await transport.send(request, deadline.signal);
  const read = readRefreshResult(result, secrets.redact);
  const refreshToken = refreshTokenIn(result);
  if (read.kind !== 'token') return { kind: 'failed', problem: adviseOnCode(read.problem) };
  secrets.learn(read.token.value);
  if (refreshToken === undefined) {
    const problem = serviceProblem(
      { answered: NO_REFRESH_TOKEN, errorCode: 'invalid_code', reach: 'portal' },
      secrets.redact,
    );
    return { kind: 'failed', problem };
  }
  secrets.learn(refreshToken);
  return { kind: 'exchanged', refreshToken, dataCenter: dataCenterOfApiDomain(read.token.apiDomain) };
}

/** Source: https://www.zoho.com/accounts/protocol/oauth/self-client/authorization-code-flow.html. */
function exchangeRequest(
  { accountsUrl }: Pick<Portal, 'accountsUrl'>,
  { clientId, clientSecret, code }: CodeExchange,
  timeoutMs: number,
): HttpRequest {
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: clientId,
    client_secret: clientSecret,
    code,
  });
  return {
    url: `${accountsUrl}/oauth/v2/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
    timeoutMs,
  };
}

/** Zoho says `invalid_code` for codes and for refresh tokens; here it can only be the code. */
function adviseOnCode(problem: ServiceProblem): ServiceProblem {
  return problem.errorCode === 'invalid_code' ? { ...problem, advice: CODE_ADVICE } : problem;
}

const refreshTokenSchema = z.looseObject({ refresh_token: z.string().check(z.minLength(1)) });

function refreshTokenIn(result: HttpResult): string | undefined {
  const read = refreshTokenSchema.safeParse(result.kind === 'answered' ? parseJson(result.body) : undefined);
  return read.success ? read.data.refresh_token : undefined;
}
