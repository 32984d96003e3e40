import type { GroupLedger } from '../../../shared/grouping/group-ledger.ts';
import { planLogs, type Overflow, type Plan, type RefusedGroup } from '../../../shared/grouping/plan.ts';
import { portalKey } from '../../../shared/zoho/portal.ts';
import type { DeskPortal } from './door.ts';
import type { AddressedEntries } from './readItems.ts';

/** What goes to one portal. */
export interface PlannedPortal {
  readonly portal: DeskPortal;
  readonly plan: Plan;
}

/** Plans each portal by itself: a group is one reference of one installation of one portal. */
export function planPortals(
  addressed: AddressedEntries,
  overflow: Overflow,
  ledger: GroupLedger,
): { planned: PlannedPortal[]; refused: RefusedGroup[] } {
  const portals = Map.groupBy(addressed, ([, { portal }]) => portalKey(portal));
  const results = [...portals].flatMap(([key, ofPortal]) => {
    const [first] = ofPortal;
    if (first === undefined) return [];
    const entries = ofPortal.map(([entry]) => entry);
    const [, { portal }] = first;
    return [{ portal, ...planLogs(entries, overflow, 'Overflow', ledger.inPortal(key)) }];
  });
  return {
    planned: results.map(({ portal, plan }) => ({ portal, plan })),
    refused: results.flatMap(({ refused }) => refused),
  };
}
