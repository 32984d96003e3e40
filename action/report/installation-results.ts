import type { DeliveredPart } from '../../shared/delivery/outcome.ts';
import { isHeading } from '../../shared/grouping/part.ts';
import { portalKey } from '../../shared/zoho/portal.ts';
import type { Destination } from '../inputs/destination.ts';

/** An installation and what became of its logs, headings left out. */
export interface InstallationResult {
  readonly installationId: string;
  readonly orgId: string;
  readonly deskUrl: string;
  /** What the list calls it. */
  readonly name: string | undefined;
  readonly parts: readonly DeliveredPart[];
  readonly recorded: number;
  readonly undelivered: number;
  /** Why its first undelivered log is one. */
  readonly reason: string | undefined;
}

/** One for each installation that had logs, in the order in which they were delivered. */
export function installationResults(
  parts: readonly DeliveredPart[],
  destinations: readonly Destination[],
): InstallationResult[] {
  const partsByKey = Map.groupBy(parts, ({ portal, installationId }) => keyOf(portal, installationId));
  return destinations.flatMap((destination) => {
    const ownParts = partsByKey.get(keyOf(portalKey(destination.portal), destination.installationId));
    return ownParts === undefined ? [] : [resultOf(destination, ownParts)];
  });
}

function resultOf(
  { portal, installationId, name }: Destination,
  parts: readonly DeliveredPart[],
): InstallationResult {
  const { orgId, deskUrl } = portal;
  let recorded = 0;
  let undelivered = 0;
  let reason: string | undefined;
  for (const { outcomes } of parts) {
    for (const outcome of outcomes) {
      if (isHeading(outcome.log)) continue;
      if (outcome.kind === 'recorded') recorded += 1;
      else {
        undelivered += 1;
        reason ??= outcome.reason;
      }
    }
  }
  return { installationId, orgId, deskUrl, name, parts, recorded, undelivered, reason };
}

function keyOf(portal: string, installationId: string): string {
  return JSON.stringify([portal, installationId]);
}
