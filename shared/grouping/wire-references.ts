import type { Entry } from '../extension-log.ts';
import type { PartPlace } from './part.ts';

/**
 * Hands out the places of further parts: `<reference>-2`, `-3`, …, passing over every reference
 * that another group of the same installation has, so that no two groups ever meet in one part.
 * @returns for one group, the function that gives its next free place at each call
 */
export function freePlaces(entries: readonly Entry[]) {
  const taken = new Set(entries.map(({ installationId, reference }) => key(installationId, reference)));
  return (installationId: string, reference: string | undefined): (() => PartPlace) => {
    let number = 1;
    return () => {
      for (;;) {
        number += 1;
        const wireReference = `${reference}-${number}`;
        const wanted = key(installationId, wireReference);
        if (taken.has(wanted)) continue;
        taken.add(wanted);
        return { number, wireReference };
      }
    };
  };
}

function key(installationId: string, reference: string | undefined): string {
  return JSON.stringify([installationId, reference]);
}
