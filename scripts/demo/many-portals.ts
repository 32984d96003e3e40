import type { Emulator, PortalSettings } from '../../emulator/start-emulator.ts';

/** What may be wrong with a customer's portal: of each hundred so many, and what the emulator does. */
interface Trouble {
  readonly name: string;
  readonly ofHundred: number;
  readonly settings: Partial<PortalSettings>;
  /** Whether no log can get in. */
  readonly cannotTake: boolean;
}

const TROUBLES: readonly Trouble[] = [
  { name: 'limited to one call at once', ofHundred: 4, settings: { concurrentCalls: 1 }, cannotTake: false },
  { name: 'slow, answers after 1.5 s', ofHundred: 3, settings: { latencyMs: 1_500 }, cannotTake: false },
  { name: 'uninstalled the extension', ofHundred: 2, settings: { installed: false }, cannotTake: true },
  { name: 'dead, never answers', ofHundred: 1, settings: { reachable: false }, cannotTake: true },
];

/** How long an ordinary portal takes to answer, in milliseconds. */
const USUAL_LATENCY_MS = 60;

/** Portals that have the same thing wrong with them, or nothing. */
export interface PortalKind {
  readonly name: string;
  readonly orgIds: readonly string[];
  readonly cannotTake: boolean;
}

/** Gives some of the portals trouble, spread over all of them, and says which. */
export function troublePortals(desk: Emulator): PortalKind[] {
  desk.configure({ latencyMs: USUAL_LATENCY_MS });
  const left = desk.portals.map(({ orgId }) => orgId);
  const kinds = TROUBLES.map(({ name, ofHundred, settings, cannotTake }) => {
    const count = Math.round((desk.portals.length * ofHundred) / 100);
    const orgIds = takeSpread(left, count);
    for (const orgId of orgIds) desk.configurePortal(orgId, settings);
    return { name, orgIds, cannotTake };
  });
  return [{ name: 'nothing wrong', orgIds: left, cannotTake: false }, ...kinds].filter(
    ({ orgIds }) => orgIds.length > 0,
  );
}

/** Takes so many out of a list, from all over it. */
function takeSpread(list: string[], count: number): string[] {
  const step = Math.floor(list.length / Math.max(1, count));
  const at = Array.from({ length: count }, (_, index) => index * step + Math.floor(step / 2));
  return at.toReversed().flatMap((index) => list.splice(index, 1));
}

/**
 * A line for each kind of portal: how many, how many of them have the whole release, and when the last of those had it.
 * @param startedAt milliseconds since 1970
 */
export function kindsText(desk: Emulator, kinds: readonly PortalKind[], startedAt: number): string {
  const lastLog = new Map<string, { count: number; at: number }>();
  for (const { orgId, logTime } of desk.logs())
    lastLog.set(orgId, { count: (lastLog.get(orgId)?.count ?? 0) + 1, at: Date.parse(logTime) });
  const logs = Math.max(0, ...[...lastLog.values()].map(({ count }) => count));
  return kinds
    .map(({ name, orgIds }) => {
      const whole = orgIds.flatMap((orgId) => lastLog.get(orgId) ?? []).filter(({ count }) => count >= logs);
      const ms = Math.max(0, ...whole.map(({ at }) => at - startedAt));
      const when = whole.length === 0 ? '' : `, the last after ${(ms / 1000).toFixed(1)} s`;
      const portals = `${String(orgIds.length).padStart(5)} ${orgIds.length === 1 ? 'portal ' : 'portals'}`;
      return `${portals}  ${name.padEnd(28)} ${whole.length} have the release${when}`;
    })
    .join('\n');
}
