import { RetryNotes } from '../../delivery/retry-notes.ts';
import type { ServiceProblem } from '../../delivery/service-problem.ts';
import type { World } from '../../ports.ts';
import { backoffMs } from '../../retry/backoff.ts';
import { requestTimeoutMs, type Deadline } from '../../retry/deadline.ts';
import { retry } from '../../retry/retry.ts';
import { durationText } from '../../text/duration.ts';
import { DATA_CENTERS, dataCenterOfApiDomain } from '../data-centers.ts';
import type { OAuthClient, Portal } from '../portal.ts';
import {
  readRefreshResult,
  refreshRequest,
  type AccessToken,
  type RefreshResult,
} from './refresh-access-token.ts';
import type { TokenResult } from './token-source.ts';

/**
 * Asks for an access token until there is one, a final error, or no time left. The token is learnt
 * as a secret before anything else is done with it.
 * @param notes merges what the tokens of many portals have to tell
 */
export async function fetchAccessToken(
  portal: Portal,
  client: OAuthClient,
  deadline: Deadline,
  world: World,
  onToken: (token: AccessToken) => void = () => {},
  notes: RetryNotes = new RetryNotes(world),
): Promise<TokenResult> {
  const { secrets, random } = world;
  async function ask(): Promise<RefreshResult> {
    const request = refreshRequest(portal, client, requestTimeoutMs(deadline, world.now()));
    return readRefreshResult(await world.transport.send(request, deadline.signal), secrets.redact);
  }
  const { result, ended } = await retry(ask, (read, attempts) => nextStep(read, attempts, random), {
    deadline,
    world,
    onAgain: (read, attempts, afterMs) => {
      if (read.kind === 'token') return;
      notes.add('Access token', attempts, read.problem, `Next try in ${durationText(afterMs)}.`);
    },
  });
  if (result.kind !== 'token') {
    return {
      kind: 'failed',
      problem: ended.kind === 'cancelled' ? cancelled(result.problem) : result.problem,
    };
  }
  secrets.learn(result.token.value);
  warnOfOtherDataCenter(result.token, portal, world);
  onToken(result.token);
  return { kind: 'token', value: result.token.value };
}

/** What was answered may be why it took so long, but there is nothing to be done about it. */
function cancelled(problem: ServiceProblem): ServiceProblem {
  return { ...problem, answered: `${problem.answered} The run was cancelled.`, advice: '' };
}

/** Nothing is recorded by asking for a token, so whatever is not a refusal is tried again. */
function nextStep(result: RefreshResult, attempts: number, random: () => number) {
  if (result.kind !== 'retryable') return { kind: 'stop' } as const;
  return result.retryAfterMs
    ? ({ kind: 'again', afterMs: result.retryAfterMs, asked: true } as const)
    : ({ kind: 'again', afterMs: backoffMs(attempts, random) } as const);
}

/** Desk is not at `api_domain`, but that domain shows which data center the token belongs to. */
function warnOfOtherDataCenter({ apiDomain }: AccessToken, { deskUrl }: Portal, world: World): void {
  const actual = dataCenterOfApiDomain(apiDomain);
  if (actual === undefined || DATA_CENTERS[actual].deskUrl === deskUrl) return;
  const isZoho = Object.values(DATA_CENTERS).some((dataCenter) => dataCenter.deskUrl === deskUrl);
  if (!isZoho) return;
  world.journal.warn(
    `The token belongs to the data center ${actual}, but the logs go to ${deskUrl}. Set the data center to ${actual}.`,
  );
}
