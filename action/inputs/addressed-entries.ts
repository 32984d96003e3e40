import type { Entry } from '../../shared/entries/entry.ts';
import { shownValue, type Problem } from '../../shared/problem.ts';
import type { Portal } from '../../shared/zoho/portal.ts';
import { portalKey } from '../../shared/zoho/portal.ts';
import type { Destination } from './destination.ts';
import type { WhatToLog } from './what-to-log.ts';

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
  // Ten thousand installations may each have their own entries: looking through all for each would take minutes.
  const byId = Map.groupBy(entries.entries(), ([, { installationId }]) => installationId);
  // A dry run without ids has an installation without one, and then not every one is meant.
  const takesOnlyNamed = destinations.some(({ installationId }) => installationId === '');
  const portals = Map.groupBy(destinations, ({ portal }) => portalKey(portal));
  return [...portals.values()].flatMap((ofPortal): PortalEntries[] => {
    const addressed = ofPortal.flatMap((destination) => {
      const { installationId } = destination;
      const named = byId.get(installationId) ?? [];
      const unnamed = installationId === '' || takesOnlyNamed ? [] : (byId.get('') ?? []);
      return [...named, ...unnamed]
        .filter(([, { orgId }]) => isIn(orgId, destination))
        .map(([at, entry]) => ({ at, entry: addressedTo(entry, destination) }));
    });
    const [first] = ofPortal;
    if (first === undefined || addressed.length === 0) return [];
    const inOrder = addressed.sort((one, other) => one.at - other.at).map(({ entry }) => entry);
    return [{ portal: first.portal, destinations: ofPortal, entries: inOrder }];
  });
}

/** Without a list, an entry may name another installation of the same portal: it is reached the same way. */
export function withNamedInstallations(destinations: readonly Destination[], what: WhatToLog): Destination[] {
  const named = what.kind === 'entries' ? what.entries.map(({ installationId }) => installationId) : [];
  return destinations.flatMap((destination) =>
    [...new Set([destination.installationId, ...named])].map((installationId) => ({
      ...destination,
      installationId,
    })),
  );
}

/** A dry run may do without the portal's id, and then every entry is meant for it. */
function isIn(orgId: string | undefined, { portal }: Destination): boolean {
  return orgId === undefined || portal.orgId === '' || orgId === portal.orgId;
}

function addressedTo(entry: Entry, { installationId }: Destination): Entry {
  return entry.installationId === installationId ? entry : { ...entry, installationId };
}

/**
 * What an entry may name: an installation of the list, any of the portal, since a token reaches them
 * all, or only the one that the securityContext belongs to.
 */
export type Reach = 'list' | 'portal' | 'installation';

/**
 * Entries that name an installation or an organization out of reach.
 * @param destinations that the inputs name: one, or the whole list
 */
export function addressProblems(
  what: WhatToLog,
  destinations: readonly Destination[],
  reach: Reach,
): Problem[] {
  if (what.kind !== 'entries') return [];
  const byId = Map.groupBy(destinations, ({ installationId }) => installationId);
  const orgIds = new Set(destinations.map(({ portal }) => portal.orgId));
  return what.entries.flatMap((entry, index): Problem[] => {
    const { installationId, orgId } = entry;
    const input = what.inputOf(index);
    if (orgId !== undefined && !orgIds.has(orgId) && !orgIds.has('')) {
      return [unknownOrganization(input, orgId, reach)];
    }
    if (reach === 'portal') return [];
    if (reach === 'installation') {
      const isOwn = byId.has(installationId) || byId.has('');
      return isOwn ? [] : [outOfReach(input, installationId)];
    }
    if (installationId === '') return [];
    const candidates = (byId.get(installationId) ?? []).filter((destination) => isIn(orgId, destination));
    if (candidates.length === 1) return [];
    return [
      candidates.length === 0
        ? unknownInstallation(input, installationId)
        : twoPortals(input, installationId),
    ];
  });
}

function unknownOrganization(input: string, orgId: string, reach: Reach): Problem {
  const message =
    reach === 'list'
      ? 'is not the orgId of an installation of the list. Add its installation to the list, or correct or remove the entry.'
      : 'is not the org-id of this portal. Correct the entry, log it in a step with the org-id of its own portal, or use installations.';
  return { input: `${input}.orgId`, value: shownValue(orgId), message };
}

function outOfReach(input: string, installationId: string): Problem {
  const message =
    'is not the installation that security-context belongs to. Use installations, with the securityContext of each.';
  return { input: `${input}.installationId`, value: shownValue(installationId), message };
}

function unknownInstallation(input: string, installationId: string): Problem {
  const message = 'is not an installation of the list. Add it to the list, or correct or remove the entry.';
  return { input: `${input}.installationId`, value: shownValue(installationId), message };
}

function twoPortals(input: string, installationId: string): Problem {
  const message = 'is an installation of two portals. Add the orgId of one of them to the entry.';
  return { input: `${input}.installationId`, value: shownValue(installationId), message };
}
