import { deadlineIn } from '../shared/delivery/deadline.ts';
import { deliver } from '../shared/delivery/deliver.ts';
import type { Report } from '../shared/delivery/outcome.ts';
import type { Plan } from '../shared/grouping/plan.ts';
import { fetchAccessToken } from '../shared/oauth/fetch-access-token.ts';
import { fixedToken, refreshingTokens, type TokenSource } from '../shared/oauth/token-source.ts';
import type { Deadline } from '../shared/delivery/deadline.ts';
import { connectionTo, type Connection } from '../shared/connection.ts';
import type { World } from '../shared/ports.ts';
import type { Credentials } from './credentials.ts';
import type { Settings } from './settings.ts';

/** Sends a plan as the settings say; see `deliver`. */
export async function deliverPlan(
  plan: Plan,
  settings: Settings,
  credentials: Credentials,
  world: World,
  cancelled: AbortSignal,
): Promise<Report> {
  const connection = connectionOf(settings);
  const deadline = deadlineIn(settings['timeout-seconds'] * 1_000, world.now(), cancelled);
  const tokens = tokensOf(credentials, connection, deadline, world);
  const { delivery: mode, concurrency } = settings;
  return deliver(plan, { connection, tokens, mode, concurrency, deadline }, world);
}

function connectionOf(settings: Settings): Connection {
  return connectionTo(settings['data-center'], settings['org-id'], {
    accountsUrl: settings['accounts-url'],
    deskUrl: settings['desk-url'],
  });
}

function tokensOf(
  credentials: Credentials,
  connection: Connection,
  deadline: Deadline,
  world: World,
): TokenSource {
  if (credentials.kind === 'access-token') return fixedToken(credentials.accessToken);
  return refreshingTokens(() => fetchAccessToken(connection, credentials.client, deadline, world));
}
