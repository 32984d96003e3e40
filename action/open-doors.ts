import type { Recorder } from '../shared/delivery/recorder.ts';
import type { World } from '../shared/ports.ts';
import type { Deadline } from '../shared/retry/deadline.ts';
import { addLogRecorder } from '../shared/zoho/add-log-recorder.ts';
import { fetchAccessToken } from '../shared/zoho/oauth/fetch-access-token.ts';
import { fixedToken, refreshingTokens, type TokenSource } from '../shared/zoho/oauth/token-source.ts';
import type { OAuthClient, Portal } from '../shared/zoho/portal.ts';
import type { Door } from './inputs/destination.ts';
import type { MemoryFolder } from './job-memory/memory-folder.ts';
import { SharedToken } from './job-memory/shared-token.ts';

/** Opens the door to a portal for one delivery. */
export function openDoor(
  door: Door,
  portal: Portal,
  deadline: Deadline,
  memory: MemoryFolder,
  world: World,
): Recorder {
  switch (door.kind) {
    case 'access-token':
      return addLogRecorder(portal, fixedToken(door.accessToken), deadline, world);
    case 'oauth-client':
      return addLogRecorder(
        portal,
        sharedTokens(door.client, portal, deadline, memory, world),
        deadline,
        world,
      );
  }
}

/** The token that all uses of the job share, until it is missing, too old, or refused by Desk. */
function sharedTokens(
  client: OAuthClient,
  portal: Portal,
  deadline: Deadline,
  memory: MemoryFolder,
  world: World,
): TokenSource {
  const shared = new SharedToken(memory, portal, client);
  const known = shared.load();
  if (known !== undefined) world.secrets.learn(known);
  return refreshingTokens(async () => {
    shared.drop();
    return fetchAccessToken(portal, client, deadline, world, (token) => shared.keep(token));
  }, known);
}
