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

/** What else there is to know of the portals. */
export interface Surroundings {
  /** The organization of a portal, by the portal's key. */
  readonly orgIdOf?: (portal: string) => string | undefined;
  /** Whether a wire reference has logs of some group, those of earlier deliveries included. */
  readonly isInUse?: (portal: string, installationId: string, wireReference: string) => boolean;
}

/**
 * What a report says was not delivered, ready to be logged again. A log of a group of which Desk has
 * nothing goes back under the group's reference, to be split anew. One of a group that Desk has a
 * piece of goes back to a part with room: the one that it was meant for, if it can.
 */
export function undeliveredLogs(
  { outcomes, parts }: Report,
  { orgIdOf = () => undefined, isInUse = () => false }: Surroundings = {},
): UndeliveredLog[] {
  if (outcomes.every(({ kind }) => kind === 'recorded')) return [];
  const portalOf = new Map(
    parts.flatMap((part) => part.outcomes.map(({ log }) => [log, part.portal] as const)),
  );
  const slots = new FreeSlots(parts, isInUse);
  return outcomes.flatMap((outcome): UndeliveredLog[] => {
    if (outcome.kind === 'recorded') return [];
    const { log, reason, mayBeRecorded } = outcome;
    const { title, description, installationId } = log;
    const portal = portalOf.get(log) ?? '';
    const orgId = log.orgId ?? orgIdOf(portal);
    const { reference, slotsTaken } = slots.take(portal, log, outcome.part.wireReference);
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

interface Slot {
  readonly reference: string | undefined;
  readonly slotsTaken: number;
}

/** What a wire reference has in Desk, and how many undelivered logs it was given since. */
interface PartSlots {
  readonly group: string;
  readonly slotsTaken: number;
  given: number;
}

/** Gives each undelivered log a slot under a wire reference of its group. */
class FreeSlots {
  readonly #groups: ReadonlyMap<string, readonly DeliveredPart[]>;
  readonly #parts: Map<string, PartSlots>;
  readonly #isInUse: NonNullable<Surroundings['isInUse']>;
  /** Whether a group goes back whole under its reference, by the group's key. */
  readonly #splitAnew = new Map<string, boolean>();

  constructor(parts: readonly DeliveredPart[], isInUse: NonNullable<Surroundings['isInUse']>) {
    this.#groups = Map.groupBy(parts, (part) => keyOf(part.portal, part));
    this.#parts = new Map(
      parts.map((part) => {
        const wire = { installationId: part.installationId, reference: part.address.wireReference };
        const { slotsTaken } = part;
        return [keyOf(part.portal, wire), { group: keyOf(part.portal, part), slotsTaken, given: 0 }];
      }),
    );
    this.#isInUse = isInUse;
  }

  /** A slot under the wire reference that the log was meant for, or under the group's next that has room. */
  take(portal: string, log: PlannedLog, meant: string | undefined): Slot {
    const { installationId, reference } = log;
    if (meant === undefined || reference === undefined) return { reference: meant, slotsTaken: 0 };
    const key = keyOf(portal, log);
    if (this.#isSplitAnew(portal, log, key)) return { reference, slotsTaken: 0 };
    for (let number = 1; ; number += 1) {
      const candidate: string = number === 1 ? meant : wireReferenceOf(reference, number);
      const part = this.#partAt(portal, installationId, candidate, key);
      const hasRoom = part?.group === key && part.slotsTaken + part.given < LOGS_PER_PART;
      if (!hasRoom || !this.#canOverflow(portal, installationId, candidate, LOGS_PER_PART)) continue;
      part.given += 1;
      return { reference: candidate, slotsTaken: part.slotsTaken };
    }
  }

  #isSplitAnew(portal: string, { installationId, reference = '' }: PlannedLog, key: string): boolean {
    const known = this.#splitAnew.get(key);
    if (known !== undefined) return known;
    const group = this.#groups.get(key) ?? [];
    const logs = group.reduce((sum, { outcomes }) => sum + outcomes.length, 0);
    const isSplitAnew =
      group.every(({ slotsTaken }) => slotsTaken === 0) &&
      !this.#isInUse(portal, installationId, reference) &&
      this.#canOverflow(portal, installationId, reference, logs);
    this.#splitAnew.set(key, isSplitAnew);
    return isSplitAnew;
  }

  /** The part under a wire reference, a new one of the group if nobody uses it; undefined where others do. */
  #partAt(portal: string, installationId: string, reference: string, group: string): PartSlots | undefined {
    const wire = keyOf(portal, { installationId, reference });
    const known = this.#parts.get(wire);
    if (known !== undefined || this.#isInUse(portal, installationId, reference)) return known;
    const fresh = { group, slotsTaken: 0, given: 0 };
    this.#parts.set(wire, fresh);
    return fresh;
  }

  /**
   * Whether logs that find no room under a reference when they are replayed, in a job that knows
   * nothing of this one, would go on in parts that Desk has no log of. Each of the logs may open one more.
   */
  #canOverflow(portal: string, installationId: string, reference: string, logs: number): boolean {
    return Array.from({ length: logs }, (_, index) => wireReferenceOf(reference, index + 2)).every(
      (further) => {
        const part = this.#parts.get(keyOf(portal, { installationId, reference: further }));
        return (part?.slotsTaken ?? 0) === 0 && !this.#isInUse(portal, installationId, further);
      },
    );
  }
}

function keyOf(portal: string, of: Parameters<typeof groupKey>[0]): string {
  return portal + groupKey(of);
}
