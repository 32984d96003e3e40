import type { Entry } from '../entries/entry.ts';
import { wireReferenceOf, type PartPlace } from './part.ts';

/**
 * Hands out the places of further parts: `<reference>-2`, `-3`, …, passing over every reference
 * that another group of the same installation has, so that no two groups ever meet in one part.
 * @param isTaken whether a wire reference has logs already
 * @returns for one group and the number of its last part so far, the function that gives its next
 * free place at each call
 */
export function freePlaces(
  entries: readonly Entry[],
  isTaken: (installationId: string, wireReference: string) => boolean,
) {
  const taken = new Set(entries.map(placeKey));
  return (installationId: string, reference: string, lastPart: number): (() => PartPlace) => {
    let number = lastPart;
    return () => {
      for (;;) {
        number += 1;
        const wireReference = wireReferenceOf(reference, number);
        const wanted = placeKey({ installationId, reference: wireReference });
        if (taken.has(wanted) || isTaken(installationId, wireReference)) continue;
        taken.add(wanted);
        return { number, wireReference };
      }
    };
  };
}

/** One key for a reference of an installation: what Desk groups, or what a user does. */
export function placeKey({
  installationId,
  reference,
}: {
  readonly installationId: string;
  readonly reference?: string | undefined;
}): string {
  return JSON.stringify([installationId, reference]);
}
