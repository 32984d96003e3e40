import type { DeliveredPart, Report } from './outcome.ts';
import { LOGS_PER_PART, wireReferenceOf, type PlannedLog } from '../grouping/part.ts';
import { placeKey } from '../grouping/wire-references.ts';

/** One line of an undelivered file; as an entry, it can be given back to be logged again. */
export interface UndeliveredLog {
  readonly reference?: string;
  readonly title: string;
  readonly description: string;
  readonly installationId: string;
  readonly reason: string;
  readonly mayBeRecorded: boolean;
}

/**
 * What a report says was not delivered, ready to be logged again: a log of a group of which nothing
 * was sent goes back under the group's reference, to be split anew; one of a group that Desk has a
 * piece of goes back to the part that it was meant for, or to a new one where lost attempts have
 * taken its place, so that no part is ever filled beyond ten.
 */
export function undeliveredLogs({ outcomes, parts }: Report): UndeliveredLog[] {
  const groups = Map.groupBy(parts, placeKey);
  const roomFor = placesWithRoom(parts);
  return outcomes.flatMap((outcome): UndeliveredLog[] => {
    if (outcome.kind === 'recorded') return [];
    const { title, description, installationId } = outcome.log;
    const group = groups.get(placeKey(outcome.log)) ?? [];
    const reference = staysInParts(group)
      ? roomFor(outcome.log, outcome.place.wireReference)
      : outcome.log.reference;
    return [
      {
        ...(reference !== undefined && { reference }),
        title,
        description,
        installationId,
        reason: outcome.reason,
        mayBeRecorded: outcome.mayBeRecorded,
      },
    ];
  });
}

/**
 * Whether a group's logs have to go back to their own parts: because something of it stands in Desk,
 * or because its numbers pass over another group's reference, which a new split would not know of.
 */
function staysInParts(group: readonly DeliveredPart[]): boolean {
  return group.some(({ taken, place }, index) => taken > 0 || place.number !== index + 1);
}

/** Gives a log the wire reference that it was meant for, or the next of its group's that has room. */
function placesWithRoom(parts: readonly DeliveredPart[]) {
  const places = new Map(
    parts.map((part) => [
      placeKey({ installationId: part.installationId, reference: part.place.wireReference }),
      { group: placeKey(part), taken: part.taken },
    ]),
  );
  return (log: PlannedLog, meant: string | undefined): string | undefined => {
    if (meant === undefined) return undefined;
    const group = placeKey(log);
    let reference = meant;
    for (let number = 2; ; number += 1) {
      const key = placeKey({ installationId: log.installationId, reference });
      const place = places.get(key) ?? { group, taken: 0 };
      if (place.group === group && place.taken < LOGS_PER_PART) {
        places.set(key, { group, taken: place.taken + 1 });
        return reference;
      }
      reference = wireReferenceOf(log.reference ?? meant, number);
    }
  };
}
