import { connectionTo, type Connection } from '../shared/zoho/portal.ts';
import type { Deadline } from '../shared/retry/deadline.ts';
import { deliver } from '../shared/delivery/deliver.ts';
import type { Report } from '../shared/delivery/outcome.ts';
import type { Plan } from '../shared/grouping/plan.ts';
import { fetchAccessToken } from '../shared/zoho/oauth/fetch-access-token.ts';
import { fixedToken, refreshingTokens, type TokenSource } from '../shared/zoho/oauth/token-source.ts';
import type { World } from '../shared/ports.ts';
import type { Credentials } from './inputs/credentials.ts';
import type { MemoryFolder } from './job-memory/memory-folder.ts';
import { SharedToken } from './job-memory/shared-token.ts';
import type { Settings } from './inputs/settings.ts';

/** How a plan is delivered. */
export interface PlanDelivery {
  readonly settings: Settings;
  readonly credentials: Credentials;
  readonly deadline: Deadline;
  readonly memory: MemoryFolder;
}

/** Sends a plan as the settings say; see `deliver`. */
export async function deliverPlan(
  plan: Plan,
  { settings, credentials, deadline, memory }: PlanDelivery,
  world: World,
): Promise<Report> {
  const connection = connectionTo(settings['data-center'], settings['org-id'], {
    accountsUrl: settings['accounts-url'],
    deskUrl: settings['desk-url'],
  });
  const tokens = tokensOf(credentials, connection, deadline, memory, world);
  const { delivery: mode, concurrency } = settings;
  return deliver(plan, { connection, tokens, mode, concurrency, deadline }, world);
}

function tokensOf(
  credentials: Credentials,
  connection: Connection,
  deadline: Deadline,
  memory: MemoryFolder,
  world: World,
): TokenSource {
  if (credentials.kind === 'access-token') return fixedToken(credentials.accessToken);
  const { client } = credentials;
  const shared = new SharedToken(memory, connection, client);
  const known = shared.load();
  if (known !== undefined) world.secrets.learn(known);
  return refreshingTokens(async () => {
    // The one that the job shared is missing, too old, or refused by Desk.
    shared.drop();
    return fetchAccessToken(connection, client, deadline, world, (token) => shared.keep(token));
  }, known);
}
