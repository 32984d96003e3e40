import { sleep, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import type { Deadline } from '../../../shared/retry/deadline.ts';
import { serviceProblem } from '../../../shared/delivery/service-problem.ts';
import { connectionFailure } from '../../../shared/transport/connection-failure.ts';
import { fetchAccessToken } from '../../../shared/zoho/oauth/fetch-access-token.ts';
import {
  refreshingTokens,
  type TokenResult,
  type TokenSource,
} from '../../../shared/zoho/oauth/token-source.ts';
import type { HttpResult, Transport, World } from '../../../shared/ports.ts';
import { CREDENTIAL_NAME, readOAuthCredential, type OAuthCredential } from './oAuthCredential.ts';

/** The credential's access token; when it is refused, n8n gets a fresh one and stores it, once for all who wait. */
export function storedTokens(
  context: IExecuteFunctions,
  credential: OAuthCredential,
  deadline: Deadline,
  world: World,
): TokenSource {
  let { accessToken } = credential;

  async function fetchToken(): Promise<TokenResult> {
    const token = (await storedByOthers()) ?? (await refresh());
    if (token.kind === 'token') accessToken = token.value;
    return token;
  }

  /** Another execution may have renewed it already, and Zoho gives only ten tokens in ten minutes. */
  async function storedByOthers(): Promise<TokenResult | undefined> {
    const stored = await readOAuthCredential(context, world.secrets);
    if (!stored.ok || stored.value.accessToken === accessToken) return undefined;
    return { kind: 'token', value: stored.value.accessToken };
  }

  async function refresh(): Promise<TokenResult> {
    const { portal, client } = credential;
    if (client.refreshToken === '')
      return failed('The access token has expired and there is no refresh token.', world);
    const transport = refreshTransport(context, accessToken);
    return fetchAccessToken(portal, client, deadline, { ...world, transport });
  }

  return refreshingTokens(async () => {
    try {
      return await fetchToken();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return failed(`n8n could not refresh the access token: ${reason}.`, world);
    }
  }, accessToken);
}

function failed(answered: string, { secrets }: World): TokenResult {
  const advice = 'Open the credential and connect it again.';
  return { kind: 'failed', problem: serviceProblem({ answered, advice, reach: 'portal' }, secrets.redact) };
}

/**
 * n8n's refresh, seen as a transport: n8n builds and sends the request and stores the token, and the
 * core reads the answer and says whether to ask again.
 */
function refreshTransport(context: IExecuteFunctions, refused: string): Transport {
  async function refresh(): Promise<HttpResult> {
    try {
      const tokenData = (await context.helpers.refreshOAuth2Token.call(
        context,
        CREDENTIAL_NAME,
      )) as IDataObject;
      // Zoho's errors come with status 200: n8n then merges them into the token data that it had.
      const { access_token: accessToken, ...rest } = tokenData;
      const isFresh = typeof accessToken === 'string' && accessToken !== refused;
      return answered(200, isFresh ? tokenData : rest);
    } catch (error) {
      return answerIn(error);
    }
  }

  return {
    async send({ timeoutMs }, signal) {
      const done = new AbortController();
      const tooLate = sleep(timeoutMs, AbortSignal.any([signal, done.signal])).then(
        (): HttpResult => ({ kind: 'lost', reason: 'no answer in time' }),
        (): HttpResult => ({ kind: 'lost', reason: 'it was cancelled' }),
      );
      try {
        return await Promise.race([refresh(), tooLate]);
      } finally {
        done.abort();
      }
    },
  };
}

/** Finds the token endpoint's answer in the error of n8n's refresh. Rethrows an error that holds none. */
function answerIn(error: unknown): HttpResult {
  const { status, body, code, response } = error as {
    status?: number;
    body?: unknown;
    code?: unknown;
    response?: { status: number; data: unknown };
  };
  if (response !== undefined) return answered(response.status, response.data);
  if (body !== undefined) return answered(status ?? 400, body);
  if (typeof code === 'string') return connectionFailure(code, `the connection failed (${code})`, true);
  throw error;
}

function answered(status: number, body: unknown): HttpResult {
  return {
    kind: 'answered',
    status,
    headers: {},
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}
