import type { World } from '../../shared/ports.ts';
import { deadlineIn, type Deadline } from '../../shared/retry/deadline.ts';
import { fetchAccessToken } from '../../shared/zoho/oauth/fetch-access-token.ts';
import { refreshingTokens, type TokenSource } from '../../shared/zoho/oauth/token-source.ts';
import type { Portal } from '../../shared/zoho/portal.ts';
import type { Connection } from './connection.ts';

/** A portal, and the tokens that open it. */
export interface PortalAccess {
  readonly portal: Portal;
  readonly tokens: TokenSource;
}

/** A person waits for the answer. */
const PATIENCE_MS = 20_000;
const NEVER = new AbortController().signal;

/** The time that one question to Zoho may take, its retries included. */
export function briefly({ now }: Pick<World, 'now'>): Deadline {
  return deadlineIn(PATIENCE_MS, now(), NEVER);
}

/** The tokens of a connection: the first is made when it is needed, and proves the refresh token. */
export function tokensOf({ portal, client }: Connection, world: World): TokenSource {
  return refreshingTokens(async () => fetchAccessToken(portal, client, briefly(world), world));
}

/** Opens the portal of a connection. */
export function openAccess(connection: Connection, world: World): PortalAccess {
  return { portal: connection.portal, tokens: tokensOf(connection, world) };
}
