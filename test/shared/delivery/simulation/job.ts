import { createHmac } from 'node:crypto';
import { deliver, type PortalDelivery } from '../../../../shared/delivery/deliver.ts';
import type { DeliveryMode } from '../../../../shared/delivery/delivery-options.ts';
import type { Report } from '../../../../shared/delivery/outcome.ts';
import { Traffic } from '../../../../shared/delivery/pace/traffic.ts';
import type { Recorder } from '../../../../shared/delivery/recorder.ts';
import type { Entry } from '../../../../shared/entries/entry.ts';
import { GroupLedger, type LedgerStore } from '../../../../shared/grouping/group-ledger.ts';
import { planLogs, type Overflow, type Planned } from '../../../../shared/grouping/plan.ts';
import type { World } from '../../../../shared/ports.ts';
import { createSecrets } from '../../../../shared/redaction.ts';
import { deadlineIn, type Deadline } from '../../../../shared/retry/deadline.ts';
import { addLogRecorder } from '../../../../shared/zoho/add-log-recorder.ts';
import { invokeRecorder } from '../../../../shared/zoho/invoke/invoke-recorder.ts';
import { fetchAccessToken } from '../../../../shared/zoho/oauth/fetch-access-token.ts';
import { refreshingTokens } from '../../../../shared/zoho/oauth/token-source.ts';
import { portalKey } from '../../../../shared/zoho/portal.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { SimulatedPortal } from './simulated-portal.ts';
import type { SimulatedZoho } from './simulated-zoho.ts';

/** How a job delivers, and what interrupts it. */
export interface Terms {
  readonly overflow: Overflow;
  readonly mode: DeliveryMode;
  readonly concurrency: number;
  readonly allowedMs: number;
  readonly cancelledAfterMs: number | undefined;
  readonly randomness: readonly number[];
}

export const CALM: Terms = {
  overflow: 'split',
  mode: 'at-least-once',
  concurrency: 4,
  allowedMs: 3_600_000,
  cancelledAfterMs: undefined,
  randomness: [0.5],
};

/** What goes to one portal. Its first installation uses the first door, its second the second. */
export interface PortalEntries {
  readonly portal: SimulatedPortal;
  readonly doors: readonly ('oauth' | 'invoke')[];
  readonly entries: readonly Entry[];
}

/** What one job planned and what came of it. */
export interface JobResult {
  readonly terms: Terms;
  readonly planned: readonly (PortalEntries & Planned)[];
  readonly report: Report;
  readonly tookMs: number;
  readonly journal: readonly string[];
}

const DESK_URL = 'https://desk.example.com';
const ACCOUNTS_URL = 'https://accounts.example.com';
export const EXTENSION_SECRET = 'the-secret-of-the-extension';
const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');

/** Where an installation of a portal is kept, as the core names it. */
export const keyOf = ({ orgId }: SimulatedPortal) => portalKey({ deskUrl: DESK_URL, orgId });

/** A ledger in memory, which a job's runs share. */
export function newLedger(): GroupLedger {
  let kept: unknown;
  const store: LedgerStore = {
    read: () => kept,
    write: (record) => void (kept = record),
    nameOf: (key) => key,
    redact: (text) => text,
  };
  return GroupLedger.open(store);
}

/** One run: plans the entries of each portal over the ledger, delivers them, and enters what came of it. */
export async function runJob(
  zoho: SimulatedZoho,
  clock: VirtualClock,
  given: readonly PortalEntries[],
  terms: Terms,
  ledger = newLedger(),
): Promise<JobResult> {
  const cancel = new AbortController();
  const startedAt = clock.now();
  if (terms.cancelledAfterMs !== undefined) clock.after(terms.cancelledAfterMs, () => cancel.abort());
  const journal: string[] = [];
  const world = worldOf(zoho, clock, terms, journal);
  const deadline = deadlineIn(terms.allowedMs, startedAt, cancel.signal);
  const planned = given.map((each) => {
    const begun = ledger.inPortal(keyOf(each.portal));
    return { ...each, ...planLogs(each.entries, terms.overflow, 'overflow', begun) };
  });
  const deliveries = planned.map(({ portal, doors, plan }): PortalDelivery => {
    return { portal: keyOf(portal), plan, recorder: recorderOf(portal, doors, deadline, world) };
  });
  const { mode, concurrency } = terms;
  const delivery = deliver(deliveries, { mode, concurrency, deadline, traffic: new Traffic() }, world);
  const report = await clock.run(delivery);
  ledger.record(report.parts);
  return { terms, planned, report, tookMs: clock.now() - startedAt, journal };
}

function worldOf(zoho: SimulatedZoho, clock: VirtualClock, { randomness }: Terms, journal: string[]): World {
  let drawn = 0;
  const secrets = createSecrets();
  secrets.learn(EXTENSION_SECRET);
  return {
    transport: zoho,
    sleep: clock.sleep,
    every: () => () => {},
    now: clock.now,
    random: () => randomness[drawn++ % randomness.length] ?? 0,
    journal: { info: (line) => void journal.push(line), warn: (line) => void journal.push(line) },
    secrets,
  };
}

function recorderOf(
  portal: SimulatedPortal,
  doors: PortalEntries['doors'],
  deadline: Deadline,
  world: World,
): Recorder {
  const { orgId, refreshToken } = portal;
  const address = { deskUrl: DESK_URL, accountsUrl: ACCOUNTS_URL, orgId };
  const client = { clientId: '1000.CLIENT', clientSecret: 'the-secret-of-the-client', refreshToken };
  const tokens = refreshingTokens(() => fetchAccessToken(address, client, deadline, world));
  const key = { extensionSecret: EXTENSION_SECRET, connectionLinkName: 'desk_logs' };
  const contextOf = (installationId: string) => portal.securityContext(installationId);
  const byDoor = {
    oauth: addLogRecorder(address, tokens, deadline, world),
    invoke: invokeRecorder(address, key, contextOf, deadline, { ...world, hmac }),
  };
  return {
    record: (log) => {
      const index = doors.findIndex((_, at) => portal.installationId(at) === log.installationId);
      return byDoor[doors[index] ?? 'oauth'].record(log);
    },
  };
}
