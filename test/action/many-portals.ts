import type { EmulatedPortal, Emulator } from '../../emulator/start-emulator.ts';
import type { With } from './desk-and-job.ts';

/** One entry of `installations`, for the portal's first installation. */
export type Listed = Readonly<Record<string, string>>;

/** Entered by the vendor's door. */
export function throughInvoke({ orgId, name, installations: [first] }: EmulatedPortal): Listed {
  if (first === undefined) throw new Error(`${name} has no installation`);
  const { installationId, securityContext } = first;
  return { installationId, orgId, name, securityContext };
}

/** Entered with the portal's own OAuth token. */
export function throughOAuth(portal: EmulatedPortal): Listed {
  const { installationId = '', orgId = '', name = '' } = throughInvoke(portal);
  return { installationId, orgId, name, refreshToken: portal.refreshToken };
}

/** Every second portal by the one door, the others by the other. */
export function throughBothDoors(portals: readonly EmulatedPortal[]): Listed[] {
  return portals.map((portal, at) => (at % 2 === 0 ? throughInvoke(portal) : throughOAuth(portal)));
}

/** All that a step needs to reach these installations; the list brings the rest. */
export function listInputs({ url, credentials }: Emulator, list: readonly Listed[]): With {
  return {
    'client-id': credentials.clientId,
    'client-secret': credentials.clientSecret,
    'extension-secret': credentials.extensionSecret,
    'connection-link-name': credentials.connectionLinkName,
    'desk-url': url,
    'accounts-url': url,
    installations: JSON.stringify(list),
  };
}

/** What each portal shows: by its name, each wire reference with its titles, the parent first. */
export function portalsOf(desk: Emulator): Record<string, Record<string, string[]>> {
  const names = new Map(desk.portals.map(({ orgId, name }) => [orgId, name]));
  const shown: Record<string, Record<string, string[]>> = {};
  for (const { orgId, reference, title } of desk.logs()) {
    const groups = (shown[names.get(orgId) ?? orgId] ??= {});
    (groups[reference ?? ''] ??= []).push(title);
  }
  return shown;
}

/** The same groups in each of these portals. */
export function inEach(
  portals: readonly EmulatedPortal[],
  groups: Record<string, string[]>,
): Record<string, Record<string, string[]>> {
  return Object.fromEntries(portals.map(({ name }) => [name, groups]));
}
