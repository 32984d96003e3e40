import type { VirtualClock } from '../virtual-clock.ts';
import type { PortalEntries } from './job.ts';
import { SimulatedPortal } from './simulated-portal.ts';
import { SimulatedZoho } from './simulated-zoho.ts';
import { FAIR, type Weather } from './weather.ts';

/** How portals that differ only in their weather are made. */
export interface AlikePortals {
  readonly count: number;
  /** Logs of one group that go to each. */
  readonly logs: number;
  readonly door: PortalEntries['doors'][number];
  /** The trouble of a portal, by its number from 1. */
  readonly trouble: (number: number) => Partial<Weather>;
}

/** Portals with one installation and the same few logs each. */
export function alikePortals(clock: VirtualClock, { count, logs, door, trouble }: AlikePortals) {
  const given = Array.from({ length: count }, (_, index): PortalEntries => {
    const portal = new SimulatedPortal(index + 1, clock, { ...FAIR, ...trouble(index + 1) });
    const entries = Array.from({ length: logs }, (_, log) => {
      const title = `${portal.mark}log ${log + 1}.`;
      return { title, description: title, installationId: portal.installationId(0), reference: 'run' };
    });
    return { portal, doors: [door], entries };
  });
  const portals = given.map(({ portal }) => portal);
  return { given, portals, zoho: new SimulatedZoho(clock, portals) };
}
