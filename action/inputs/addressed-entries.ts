import type { Entry } from '../../shared/entries/entry.ts';
import { shownValue, type Problem } from '../../shared/problem.ts';
import type { Portal } from '../../shared/zoho/portal.ts';
import { portalKey } from '../../shared/zoho/portal.ts';
import type { Destination } from './destination.ts';

/** What goes to one portal. */
export interface PortalEntries {
  readonly portal: Portal;
  readonly destinations: readonly Destination[];
  readonly entries: readonly Entry[];
}

/**
 * Addresses entries: one that names an installation goes there alone, the others to every one. They
 * keep their order within a portal.
 * @param destinations of this job; of a list, the job's piece
 */
export function entriesByPortal(
  entries: readonly Entry[],
  destinations: readonly Destination[],
): PortalEntries[] {
  const portals = Map.groupBy(destinations, ({ portal }) => portalKey(portal));
  return [...portals.values()].flatMap((ofPortal): PortalEntries[] => {
    const [first] = ofPortal;
    if (first === undefined) return [];
    const { portal } = first;
    const byId = new Map(ofPortal.map((destination) => [destination.installationId, destination]));
    const addressed = entries.flatMap((entry) =>
      destinationsFor(entry, ofPortal, byId).map((destination) => addressedTo(entry, destination)),
    );
    return addressed.length === 0 ? [] : [{ portal, destinations: ofPortal, entries: addressed }];
  });
}

/** Without a list, an entry may name another installation of the same portal: it is reached the same way. */
export function withNamedInstallations(destination: Destination, entries: readonly Entry[]): Destination[] {
  const named = new Set([destination.installationId, ...entries.map((entry) => entry.installationId)]);
  return [...named].map((installationId) => ({ ...destination, installationId }));
}

function destinationsFor(
  { installationId, orgId }: Entry,
  ofPortal: readonly Destination[],
  byId: ReadonlyMap<string, Destination>,
): readonly Destination[] {
  if (orgId !== undefined && orgId !== ofPortal[0]?.portal.orgId) return [];
  if (installationId === '') return ofPortal;
  const named = byId.get(installationId);
  return named === undefined ? [] : [named];
}

function addressedTo(entry: Entry, { installationId }: Destination): Entry {
  return entry.installationId === installationId ? entry : { ...entry, installationId };
}

/** Entries that name an installation or an organization that the inputs do not. */
export function addressProblems(
  entries: readonly Entry[],
  destinations: readonly Destination[],
  hasList: boolean,
): Problem[] {
  const byId = Map.groupBy(destinations, ({ installationId }) => installationId);
  const orgIds = new Set(destinations.map(({ portal }) => portal.orgId));
  const problems = entries.map(({ installationId, orgId }): Problem | undefined => {
    if (orgId !== undefined && !orgIds.has(orgId)) return unknownOrganization(orgId, hasList);
    if (!hasList) return isOutOfReach(installationId, destinations) ? outOfReach(installationId) : undefined;
    if (installationId === '') return undefined;
    const candidates = (byId.get(installationId) ?? []).filter(
      ({ portal }) => orgId === undefined || portal.orgId === orgId,
    );
    if (candidates.length === 0) return unknownInstallation(installationId);
    return candidates.length > 1 ? twoPortals(installationId) : undefined;
  });
  return problems.filter((problem) => problem !== undefined);
}

function unknownOrganization(orgId: string, hasList: boolean): Problem {
  const remedy = hasList ? 'Add its installation to the list.' : 'Log it with the org-id of its own portal.';
  return { input: 'logs', value: shownValue(orgId), message: `is the orgId of another portal. ${remedy}` };
}

/** A securityContext belongs to one installation; an OAuth token reaches every one of its portal. */
function isOutOfReach(installationId: string, [own]: readonly Destination[]): boolean {
  return own?.door?.kind === 'invoke' && installationId !== own.installationId;
}

function outOfReach(installationId: string): Problem {
  const message =
    'is another installation than the one of security-context. Use installations, with the securityContext of each.';
  return { input: 'logs', value: shownValue(installationId), message };
}

function unknownInstallation(installationId: string): Problem {
  const message = 'is not an installation of the list. Add it to the list, or correct the entry.';
  return { input: 'logs', value: shownValue(installationId), message };
}

function twoPortals(installationId: string): Problem {
  const message = 'is an installation of two portals. Add the orgId of one of them to the entry.';
  return { input: 'logs', value: shownValue(installationId), message };
}
