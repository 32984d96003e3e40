import type { Connection, OAuthClient } from '../portal.ts';
import { dataCenterOfApiDomain, DATA_CENTERS } from '../data-centers.ts';
import { backoffMs } from '../../retry/backoff.ts';
import { requestTimeoutMs, type Deadline } from '../../retry/deadline.ts';
import type { World } from '../../ports.ts';
import { readRefreshResult, refreshRequest, type AccessToken } from './refresh-access-token.ts';
import type { TokenResult } from './token-source.ts';

/**
 * Asks for an access token until there is one, a final error, or no time left. The token is learnt
 * as a secret before anything else is done with it.
 */
export async function fetchAccessToken(
  connection: Connection,
  client: OAuthClient,
  deadline: Deadline,
  world: World,
  onToken: (token: AccessToken) => void = () => {},
): Promise<TokenResult> {
  for (let attempt = 1; ; attempt += 1) {
    const timeoutMs = requestTimeoutMs(deadline, world.now());
    const request = refreshRequest(connection, client, timeoutMs);
    const result = readRefreshResult(
      await world.transport.send(request, deadline.signal),
      world.secrets.redact,
    );
    if (result.kind === 'final') return { kind: 'failed', problem: result.problem };
    if (result.kind === 'token') {
      world.secrets.learn(result.token.value);
      warnOfOtherDataCenter(result.token, connection, world);
      onToken(result.token);
      return { kind: 'token', value: result.token.value };
    }
    const delayMs = result.retryAfterMs || backoffMs(attempt, world.random);
    if (deadline.signal.aborted || world.now() + delayMs >= deadline.at) {
      return { kind: 'failed', problem: result.problem };
    }
    world.journal.info(
      `Access token, attempt ${attempt}: ${result.problem.answered} Next try in ${delayMs} ms.`,
    );
    await world.sleep(delayMs, deadline.signal);
    if (deadline.signal.aborted) return { kind: 'failed', problem: result.problem };
  }
}

/** Desk is not at `api_domain`, but that domain tells which data center the token is good for. */
function warnOfOtherDataCenter({ apiDomain }: AccessToken, connection: Connection, world: World): void {
  const actual = apiDomain === undefined ? undefined : dataCenterOfApiDomain(apiDomain);
  if (actual === undefined || DATA_CENTERS[actual].deskUrl === connection.deskUrl) return;
  const isZoho = Object.values(DATA_CENTERS).some(({ deskUrl }) => deskUrl === connection.deskUrl);
  if (!isZoho) return;
  world.journal.warn(
    `The token belongs to the data center ${actual}, and the logs go to ${connection.deskUrl}.`,
  );
}
