import { fetchAccessToken } from '../../shared/zoho/oauth/fetch-access-token.ts';
import { readRefreshResult, refreshRequest } from '../../shared/zoho/oauth/refresh-access-token.ts';
import { requestTimeoutMs } from '../../shared/retry/deadline.ts';
import { briefly } from '../connection/portal-access.ts';
import { isParent } from './desk-reply.ts';
import { TRIAL_DESCRIPTION, TRIAL_TITLE } from './desk-under-trial.ts';
import type { Trial } from './trials.ts';

const LOG = { title: TRIAL_TITLE, description: TRIAL_DESCRIPTION };

/** Needs a second installation of the same portal. */
export function referenceScopeTrial(secondInstallationId: string): Trial {
  return {
    question: 'One reference in two installations of a portal',
    assumed: 'a group in each installation',
    logs: 2,
    async run(desk) {
      const reference = desk.newReference();
      const first = await desk.add({ ...LOG, reference });
      const second = await desk.add({ ...LOG, reference, installationId: secondInstallationId });
      if (first.log === undefined) return first.text;
      if (second.log === undefined) return `in the second: ${second.text}`;
      return isParent(second.log) ? 'a group in each installation' : 'one group for both';
    },
  };
}

/** Needs a refresh token of the same client whose scope is another one. */
export function missingScopeTrial(otherRefreshToken: string): Trial {
  return {
    question: 'A token without the scope `Desk.extensions.CREATE`',
    assumed: 'refused with 403 SCOPE_MISMATCH',
    logs: 1,
    async run(desk) {
      const { portal, client } = desk.connection;
      const other = { ...client, refreshToken: otherRefreshToken };
      const token = await fetchAccessToken(portal, other, briefly(desk.world), desk.world);
      if (token.kind === 'failed')
        return `not tried: Zoho issued no token, ${token.problem.errorCode ?? 'without a reason'}`;
      return (await desk.add(LOG, { accessToken: token.value })).text;
    },
  };
}

/** Zoho's documented number of access tokens in ten minutes for one refresh token. */
const TOKENS_IN_TEN_MINUTES = 10;

/** Uses the refresh token up for ten minutes. */
export const THROTTLE_TRIAL: Trial = {
  question: 'More than ten access tokens in ten minutes',
  assumed: 'refused with 400 or 200, `status: failure`',
  logs: 0,
  async run({ connection, world }) {
    for (let count = 1; count <= TOKENS_IN_TEN_MINUTES + 1; count += 1) {
      const deadline = briefly(world);
      const request = refreshRequest(
        connection.portal,
        connection.client,
        requestTimeoutMs(deadline, world.now()),
      );
      const result = await world.transport.send(request, deadline.signal);
      const read = readRefreshResult(result, world.secrets.redact);
      if (read.kind === 'token') world.secrets.learn(read.token.value);
      else if (read.problem.errorCode === 'throttled')
        return `refused with ${read.problem.status}, \`status: failure\``;
      else return `refused: ${[read.problem.status, read.problem.errorCode].filter(Boolean).join(' ')}`;
    }
    return `${TOKENS_IN_TEN_MINUTES + 1} were issued`;
  },
};
