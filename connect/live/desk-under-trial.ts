import type { World } from '../../shared/ports.ts';
import { requestTimeoutMs } from '../../shared/retry/deadline.ts';
import { addLogRequest } from '../../shared/zoho/add-log-recorder.ts';
import type { Connection } from '../connection/connection.ts';
import { briefly } from '../connection/portal-access.ts';
import { readReply, type DeskReply } from './desk-reply.ts';

/** How a request differs from the one that the Action sends. */
export interface RequestChanges {
  readonly accessToken?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly query?: string;
}

/** A portal to try what the documentation leaves open. Each call sends one request, and none is repeated. */
export interface DeskUnderTrial {
  readonly connection: Connection;
  /** It was good when the trials began, and holds for an hour. */
  readonly accessToken: string;
  readonly world: World;
  /** Sends a body as it is; `installationId` is put in where it is not given. */
  add(body: Readonly<Record<string, unknown>>, changes?: RequestChanges): Promise<DeskReply>;
  /** A reference that nothing else has. */
  newReference(): string;
}

/** The customer reads these in the portal. */
export const TRIAL_TITLE = 'Test log: what this portal does with logs';
/** See {@link TRIAL_TITLE}. */
export const TRIAL_DESCRIPTION =
  'Written once to find out how this portal takes logs. It disappears after three days.';

/**
 * @param ownToken an access token that the portal takes
 * @param startedAt milliseconds since 1970; makes the references of this run unlike those of any other
 */
export function deskUnderTrial(
  connection: Connection,
  ownToken: string,
  world: World,
  startedAt: number,
): DeskUnderTrial {
  let references = 0;

  async function add(
    body: Readonly<Record<string, unknown>>,
    { accessToken = ownToken, headers = {}, query = '' }: RequestChanges = {},
  ): Promise<DeskReply> {
    const deadline = briefly(world);
    const log = { title: '', description: '', installationId: '' };
    const usual = addLogRequest(log, connection.portal, accessToken, requestTimeoutMs(deadline, world.now()));
    const request = {
      ...usual,
      url: `${usual.url}${query}`,
      headers: withChanges(usual.headers, headers),
      body: JSON.stringify({ installationId: connection.installationId, ...body }),
    };
    return readReply(await world.transport.send(request, deadline.signal));
  }

  return {
    connection,
    accessToken: ownToken,
    world,
    add,
    newReference: () => `check-live-${startedAt.toString(36)}-${(references += 1)}`,
  };
}

function withChanges(
  headers: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const changed = Object.entries({ ...headers, ...changes });
  return Object.fromEntries(changed.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
