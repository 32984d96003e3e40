import { groupKey, LOGS_PER_PART, wireReferenceOf, type PlannedLog } from '../grouping/part.ts';
import type { DeliveredPart, Report } from './outcome.ts';

/** One line of an undelivered file; as an entry, it can be given back to be logged again. */
export interface UndeliveredLog {
  readonly reference?: string;
  readonly title: string;
  readonly description: string;
  readonly installationId: string;
  readonly orgId?: string;
  readonly reason: string;
  readonly mayBeRecorded: boolean;
  /** How many of its reference's ten slots are taken, so that a replay in another job never fills it beyond ten. */
  readonly slotsTaken: number;
}

/**
 * What a report says was not delivered, ready to be logged again. A log of a group of which Desk has
 * nothing goes back under the group's reference, to be split anew. One of a group that Desk has a
 * piece of goes back to a part with room: the one that it was meant for, if it can.
 * @param orgIdOf the organization of a portal, by the portal's key
 */
export function undeliveredLogs(
  { outcomes, parts }: Report,
  orgIdOf: (portal: string) => string | undefined = () => undefined,
): UndeliveredLog[] {
  if (outcomes.every(({ kind }) => kind === 'recorded')) return [];
  const portalOf = new Map(
    parts.flatMap((part) => part.outcomes.map(({ log }) => [log, part.portal] as const)),
  );
  const groups = Map.groupBy(parts, (part) => keyOf(part.portal, part));
  const slots = new FreeSlots(parts);
  return outcomes.flatMap((outcome): UndeliveredLog[] => {
    if (outcome.kind === 'recorded') return [];
    const { log, reason, mayBeRecorded } = outcome;
    const { title, description, installationId } = log;
    const portal = portalOf.get(log) ?? '';
    const orgId = log.orgId ?? orgIdOf(portal);
    const group = groups.get(keyOf(portal, log)) ?? [];
    const { reference, slotsTaken } = staysInParts(group)
      ? slots.take(portal, log, outcome.part.wireReference, group)
      : { reference: log.reference, slotsTaken: 0 };
    return [
      {
        ...(reference !== undefined && { reference }),
        title,
        description,
        installationId,
        ...(orgId !== undefined && { orgId }),
        reason,
        mayBeRecorded,
        slotsTaken,
      },
    ];
  });
}

/**
 * Whether a group's logs have to go back to parts of their own: because Desk has something of it, or
 * because its numbers skip another group's reference, which a new split would not know of.
 */
function staysInParts(group: readonly DeliveredPart[]): boolean {
  return group.some(({ slotsTaken, address }, index) => slotsTaken > 0 || address.number !== index + 1);
}

interface Slot {
  readonly reference: string | undefined;
  readonly slotsTaken: number;
}

/** Gives each undelivered log a slot under a wire reference of its group. */
class FreeSlots {
  /** What each wire reference has in Desk, and how many undelivered logs it was given since. */
  readonly #parts: Map<string, { readonly group: string; readonly slotsTaken: number; given: number }>;

  constructor(parts: readonly DeliveredPart[]) {
    this.#parts = new Map(
      parts.map((part) => {
        const wire = { installationId: part.installationId, reference: part.address.wireReference };
        const { slotsTaken } = part;
        return [keyOf(part.portal, wire), { group: keyOf(part.portal, part), slotsTaken, given: 0 }];
      }),
    );
  }

  /**
   * The wire reference that the log was meant for, or the group's next that has room. A group that has
   * further parts never goes back to its first: what finds no room there when it is replayed would go
   * on in `<reference>-2`, which is filled already.
   */
  take(portal: string, log: PlannedLog, meant: string | undefined, group: readonly DeliveredPart[]): Slot {
    if (meant === undefined || log.reference === undefined) return { reference: meant, slotsTaken: 0 };
    const ownGroup = keyOf(portal, log);
    const hasFurtherParts = group.some(({ address }) => address.number > 1);
    for (let number = 1; ; number += 1) {
      const reference: string = number === 1 ? meant : wireReferenceOf(log.reference, number);
      if (hasFurtherParts && reference === log.reference) continue;
      const key = keyOf(portal, { installationId: log.installationId, reference });
      const part = this.#parts.get(key) ?? { group: ownGroup, slotsTaken: 0, given: 0 };
      if (part.group !== ownGroup || part.slotsTaken + part.given >= LOGS_PER_PART) continue;
      part.given += 1;
      this.#parts.set(key, part);
      return { reference, slotsTaken: part.slotsTaken };
    }
  }
}

function keyOf(portal: string, of: Parameters<typeof groupKey>[0]): string {
  return portal + groupKey(of);
}
