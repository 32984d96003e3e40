import { createHmac } from 'node:crypto';
import type { Recorder } from '../shared/delivery/recorder.ts';
import type { RetryNotes } from '../shared/delivery/retry-notes.ts';
import type { World } from '../shared/ports.ts';
import type { Deadline } from '../shared/retry/deadline.ts';
import { addLogRecorder } from '../shared/zoho/add-log-recorder.ts';
import { invokeRecorder } from '../shared/zoho/invoke/invoke-recorder.ts';
import type { Hmac } from '../shared/zoho/invoke/invoke-request.ts';
import { fetchAccessToken } from '../shared/zoho/oauth/fetch-access-token.ts';
import { fixedToken, refreshingTokens, type TokenSource } from '../shared/zoho/oauth/token-source.ts';
import type { OAuthClient, Portal } from '../shared/zoho/portal.ts';
import type { Destination } from './inputs/destination.ts';
import type { Door } from './inputs/door.ts';
import type { MemoryFolder } from './job-memory/memory-folder.ts';
import { SharedToken } from './job-memory/shared-token.ts';

/** What every door needs for one delivery. */
export interface DoorContext {
  readonly deadline: Deadline;
  readonly memory: MemoryFolder;
  /** What the tokens of all portals were asked for again. */
  readonly notes: RetryNotes;
  readonly world: World;
}

/** Opens the doors to a portal. Installations with the same credentials share one. */
export function openPortal(
  portal: Portal,
  destinations: readonly Destination[],
  context: DoorContext,
): Recorder {
  const opened = new Map<string, Recorder>();
  const recorders = new Map<string, Recorder>();
  for (const { installationId, door } of destinations) {
    if (door === undefined) throw new Error(`the installation ${installationId} has no door`);
    const key = JSON.stringify(door);
    const recorder = opened.get(key) ?? openDoor(door, portal, context);
    opened.set(key, recorder);
    recorders.set(installationId, recorder);
  }
  return {
    async record(log) {
      const recorder = recorders.get(log.installationId);
      if (recorder === undefined) throw new Error(`the installation ${log.installationId} was not opened`);
      return recorder.record(log);
    },
  };
}

function openDoor(door: Door, portal: Portal, context: DoorContext): Recorder {
  const { deadline, world } = context;
  switch (door.kind) {
    case 'access-token':
      return addLogRecorder(portal, fixedToken(door.accessToken), deadline, world);
    case 'oauth-client':
      return addLogRecorder(portal, sharedTokens(door.client, portal, context), deadline, world);
    case 'invoke':
      return invokeRecorder(portal, door.key, () => door.securityContext, deadline, { ...world, hmac });
  }
}

const hmac: Hmac = (key, text) => createHmac('sha256', key).update(text).digest('hex');

/** The token that all uses of the job share, until it is missing, too old, or refused by Desk. */
function sharedTokens(
  client: OAuthClient,
  portal: Portal,
  { deadline, memory, notes, world }: DoorContext,
): TokenSource {
  const shared = new SharedToken(memory, portal, client);
  const known = shared.load();
  if (known !== undefined) world.secrets.learn(known);
  return refreshingTokens(async () => {
    shared.drop();
    return fetchAccessToken(portal, client, deadline, world, (token) => shared.keep(token), notes);
  }, known);
}
