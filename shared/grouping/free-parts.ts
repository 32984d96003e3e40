import type { Entry } from '../entries/entry.ts';
import { groupKey, wireReferenceOf, type PartAddress } from './part.ts';

/**
 * Hands out the addresses of further parts: `<reference>-2`, `-3`, …, skipping every reference that
 * another group of the same installation has, so that no two groups ever meet in one part.
 * @param isInUse whether a wire reference has logs already
 * @returns for one group and the number of its last part so far, a function that gives its next
 * free address at each call
 */
export function freeParts(
  entries: readonly Entry[],
  isInUse: (installationId: string, wireReference: string) => boolean,
) {
  const inUse = new Set(entries.map(groupKey));
  return (installationId: string, reference: string, lastPart: number): (() => PartAddress) => {
    let number = lastPart;
    return () => {
      for (;;) {
        number += 1;
        const wireReference = wireReferenceOf(reference, number);
        const wanted = groupKey({ installationId, reference: wireReference });
        if (inUse.has(wanted) || isInUse(installationId, wireReference)) continue;
        inUse.add(wanted);
        return { number, wireReference };
      }
    };
  };
}
