import type { DeliveredPart, Outcome, Report } from '../../shared/delivery/outcome.ts';
import type { Plan } from '../../shared/grouping/plan.ts';

/** One log as the portal shows it, or would. */
export interface TreeRow {
  readonly isParent: boolean;
  readonly title: string;
  /** What the user said of it: success, failure, … */
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
  readonly rows: readonly TreeRow[];
}

/** What was delivered, as the portal shows it. What was not stands where it would be. */
export function treeOfReport({ parts }: Report): TreePart[] {
  return parts
    .filter(({ outcomes }) => outcomes.length > 0)
    .map((part) => ({
      wireReference: part.address.wireReference,
      installationId: part.installationId,
      rows: rowsOf(part),
    }));
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

function rowsOf(part: DeliveredPart): TreeRow[] {
  const { outcomes } = part;
  const parent = parentOf(part);
  return outcomes.map((outcome): TreeRow => {
    const { log, durationMs } = outcome;
    const row = {
      isParent: outcome === parent,
      title: log.title,
      durationMs,
      ...(log.status !== undefined && { status: log.status }),
    };
    if (outcome.kind === 'recorded') {
      const delivery = outcome.lostAttempts > 0 ? 'recorded, possibly more than once' : 'recorded';
      return { ...row, delivery, logId: outcome.answer.logId };
    }
    return { ...row, delivery: outcome.mayBeRecorded ? 'undelivered, possibly recorded' : 'undelivered' };
  });
}

/** What the portal would show if the plan were sent. */
export function treeOfPlan({ groups }: Plan): TreePart[] {
  return groups.flatMap(({ installationId, parts }) =>
    parts.map(({ wireReference, heading, logs, slotsTaken }): TreePart => {
      const opened = heading === undefined ? logs : [heading, ...logs];
      const rows = opened.map(({ title, status }, index) => ({
        isParent: index === 0 && slotsTaken === 0,
        title,
        delivery: 'planned' as const,
        ...(status !== undefined && { status }),
      }));
      return { wireReference, installationId, rows };
    }),
  );
}
