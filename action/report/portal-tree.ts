import type { DeliveredPart, Outcome } from '../../shared/delivery/outcome.ts';
import type { Part } from '../../shared/grouping/part.ts';
import type { Plan } from '../../shared/grouping/plan.ts';

/** One log as the portal shows it, or would. */
export interface TreeRow {
  readonly isParent: boolean;
  readonly title: string;
  /** How the step or job that it is about went: success, failure, … */
  readonly status?: string;
  readonly delivery:
    | 'planned'
    | 'recorded'
    | 'recorded, possibly more than once'
    | 'undelivered'
    | 'undelivered, possibly recorded';
  readonly durationMs?: number;
  readonly logId?: string;
}

/** A parent and its sub-logs: what Desk shows under one reference. */
export interface TreePart {
  readonly wireReference: string | undefined;
  readonly installationId: string;
  /** How many installations get the same part; of them, `installationId` is the first. */
  readonly installations: number;
  readonly rows: readonly TreeRow[];
}

/** What was delivered under one reference, as the portal shows it. What was not stands where it would be. */
export function treeOfPart(part: DeliveredPart): TreePart {
  const { outcomes, address, installationId } = part;
  const parent = parentOf(part);
  return {
    wireReference: address.wireReference,
    installationId,
    installations: 1,
    rows: outcomes.map((outcome) => rowOf(outcome, outcome === parent)),
  };
}

/** Desk says which log is a parent; where it recorded none, the first would have been, if the part was new. */
function parentOf({ outcomes, slotsTaken }: DeliveredPart): Outcome | undefined {
  const recorded = outcomes.filter((outcome) => outcome.kind === 'recorded');
  const isNew = recorded.length === 0 && (slotsTaken === 0 || outcomes.some(isPossiblyRecorded));
  return isNew ? outcomes[0] : recorded.find(({ answer }) => answer.parentLogId === answer.logId);
}

function isPossiblyRecorded(outcome: Outcome): boolean {
  return outcome.kind === 'undelivered' && outcome.mayBeRecorded;
}

function rowOf(outcome: Outcome, isParent: boolean): TreeRow {
  const { log, durationMs } = outcome;
  const { title, status } = log;
  const row = { isParent, title, durationMs, ...(status !== undefined && { status }) };
  if (outcome.kind === 'recorded') {
    const delivery = outcome.lostAttempts > 0 ? 'recorded, possibly more than once' : 'recorded';
    return { ...row, delivery, logId: outcome.answer.logId };
  }
  return { ...row, delivery: outcome.mayBeRecorded ? 'undelivered, possibly recorded' : 'undelivered' };
}

/** What the portals show if the plans are sent. A part that several installations get is shown once. */
export function treeOfPlans(plans: readonly Plan[]): TreePart[] {
  const parts = new Map<string, TreePart>();
  for (const { groups } of plans) {
    for (const { installationId, parts: ofGroup } of groups) {
      for (const part of ofGroup) {
        const { wireReference } = part;
        const rows = plannedRows(part);
        const key = JSON.stringify([wireReference, rows]);
        const known = parts.get(key) ?? { wireReference, installationId, installations: 0, rows };
        parts.set(key, { ...known, installations: known.installations + 1 });
      }
    }
  }
  return [...parts.values()];
}

function plannedRows({ heading, logs, slotsTaken }: Part): TreeRow[] {
  const opened = heading === undefined ? logs : [heading, ...logs];
  return opened.map(({ title, status }, index) => ({
    isParent: index === 0 && slotsTaken === 0,
    title,
    delivery: 'planned',
    ...(status !== undefined && { status }),
  }));
}
