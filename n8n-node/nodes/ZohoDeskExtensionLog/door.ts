import type { IExecuteFunctions } from 'n8n-workflow';
import type { Recorder } from '../../../shared/delivery/recorder.ts';
import type { Secrets, World } from '../../../shared/ports.ts';
import type { Checked } from '../../../shared/problem.ts';
import type { Deadline } from '../../../shared/retry/deadline.ts';
import type { Portal } from '../../../shared/zoho/portal.ts';
import type { Authentication } from './authentication.ts';
import { openInvokeDoor } from './invokeDoor.ts';
import { openOAuthDoor } from './oAuthDoor.ts';
import type { ItemLogs } from './readItem.ts';

/** A customer's Zoho Desk, as both doors address it. */
export type DeskPortal = Pick<Portal, 'deskUrl' | 'orgId'>;

/** One of the node's doors into Zoho Desk, opened with its credential. */
export interface Door {
  /** The portal that an item's logs go to, or why they cannot go there. */
  readonly portalOf: (logs: ItemLogs) => Checked<DeskPortal>;
  /** Records in a portal that `portalOf` has returned. */
  readonly recorderFor: (portal: DeskPortal, deadline: Deadline, world: World) => Recorder;
}

/** Opens the door that the node's credential is for. */
export function openDoor(
  authentication: Authentication,
  context: IExecuteFunctions,
  secrets: Secrets,
): Promise<Checked<Door>> {
  switch (authentication) {
    case 'oAuth2':
      return openOAuthDoor(context, secrets);
    case 'invoke':
      return openInvokeDoor(context, secrets);
  }
}
