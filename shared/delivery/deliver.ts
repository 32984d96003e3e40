import type { Plan } from '../grouping/plan.ts';
import { isHeading, type Group, type Part, type PlannedLog } from '../grouping/part.ts';
import type { World } from '../ports.ts';
import type { Deadline } from '../retry/deadline.ts';
import type { DeliveryMode } from './delivery-options.ts';
import { deliverPart } from './deliver-part.ts';
import { Halt } from './halt.ts';
import type { DeliveredPart, Outcome, Report } from './outcome.ts';
import type { Traffic } from './pace/traffic.ts';
import { Progress } from './progress.ts';
import type { Recorder } from './recorder.ts';
import { RetryNotes } from './retry-notes.ts';
import type { SendingContext } from './send-log.ts';

/** What goes to one portal, and the way into it. */
export interface PortalDelivery {
  /** Tells portals apart; see `portalKey`. */
  readonly portal: string;
  readonly plan: Plan;
  readonly recorder: Recorder;
}

/** How careful a delivery is, how fast, and how long it may take. */
export interface DeliveryTerms {
  readonly mode: DeliveryMode;
  /** Most requests in flight to one portal. */
  readonly concurrency: number;
  readonly deadline: Deadline;
  /** The pace of this process. */
  readonly traffic: Traffic;
}

/**
 * Sends the logs of each portal's plan: in order within a part, parts side by side, portals in turns.
 * Ends by the deadline, or as soon as its signal fires, and says of every log whether it was recorded.
 * What one portal does neither loses nor delays another's logs. Never rejects for anything that Zoho
 * or the network did.
 */
export async function deliver(
  portals: readonly PortalDelivery[],
  terms: DeliveryTerms,
  world: World,
): Promise<Report> {
  const shared = {
    mode: terms.mode,
    deadline: terms.deadline,
    halt: new Halt(terms.deadline, world),
    progress: new Progress(workloadOf(portals)),
    notes: new RetryNotes(world),
    world,
  };
  const stopReporting = shared.progress.report(world);
  const { concurrency, deadline, traffic } = terms;
  const ways = traffic.open({ most: concurrency, deadline, world });
  try {
    const reports = await Promise.all(
      portals.map((of) => deliverToPortal(of, concurrency, { ...shared, pace: ways.to(of.portal) })),
    );
    return {
      outcomes: reports.flatMap(({ outcomes }) => outcomes),
      parts: reports.flatMap(({ parts }) => parts),
    };
  } finally {
    ways.close();
    stopReporting();
    shared.notes.summarize();
  }
}

async function deliverToPortal(
  { portal, plan, recorder }: PortalDelivery,
  concurrency: number,
  shared: Omit<SendingContext, 'portal' | 'recorder'>,
): Promise<Report> {
  const context: SendingContext = { ...shared, portal, recorder };
  const waiting = plan.groups.flatMap((group) => group.parts.map((part) => ({ group, part })));
  const delivered = new Map<Part, DeliveredPart[]>();
  const partsLeft = countByInstallation(waiting);
  const next = waiting.values();
  async function takeParts(): Promise<void> {
    for (const { group, part } of next) {
      delivered.set(part, await deliverPart(part, group, context));
      if (isLastOf(group, partsLeft)) context.progress.installationDone();
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(concurrency, waiting.length) }, takeParts));
  } finally {
    context.pace.leave();
  }
  const parts = plan.groups.flatMap((group) => partsOf(group, delivered));
  return { parts, outcomes: inPlannedOrder(plan.logs, parts) };
}

function partsOf({ parts }: Group, delivered: ReadonlyMap<Part, DeliveredPart[]>): DeliveredPart[] {
  return parts
    .flatMap((part) => delivered.get(part) ?? [])
    .sort((one, other) => one.address.number - other.address.number);
}

function inPlannedOrder(logs: readonly PlannedLog[], parts: readonly DeliveredPart[]): Outcome[] {
  const outcomes = parts.flatMap((part) => part.outcomes).filter(({ log }) => !isHeading(log));
  const outcomeOf = new Map(outcomes.map((outcome) => [outcome.log, outcome]));
  return logs.flatMap((log) => outcomeOf.get(log) ?? []);
}

function workloadOf(portals: readonly PortalDelivery[]) {
  const installations = portals.map(
    ({ plan }) => new Set(plan.groups.map(({ installationId }) => installationId)).size,
  );
  return {
    logs: portals.reduce((sum, { plan }) => sum + plan.logs.length, 0),
    installations: installations.reduce((sum, count) => sum + count, 0),
  };
}

function countByInstallation(parts: readonly { readonly group: Group }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { group } of parts) {
    counts.set(group.installationId, (counts.get(group.installationId) ?? 0) + 1);
  }
  return counts;
}

function isLastOf({ installationId }: Group, partsLeft: Map<string, number>): boolean {
  const left = (partsLeft.get(installationId) ?? 1) - 1;
  partsLeft.set(installationId, left);
  return left === 0;
}
