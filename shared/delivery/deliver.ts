import type { Connection } from '../zoho/portal.ts';
import type { Plan } from '../grouping/plan.ts';
import type { TokenSource } from '../zoho/oauth/token-source.ts';
import type { World } from '../ports.ts';
import type { Deadline } from '../retry/deadline.ts';
import { deliverPart } from './deliver-part.ts';
import { Gate } from './gate.ts';
import { Halt } from './halt.ts';
import { isHeading, type DeliveredPart, type Outcome, type Report } from './outcome.ts';
import type { DeliveryMode } from './retry-policy.ts';

/** Where a delivery goes, how careful it is, and how long it may take. */
export interface Delivery {
  readonly connection: Connection;
  readonly tokens: TokenSource;
  readonly mode: DeliveryMode;
  /** Most requests in flight. */
  readonly concurrency: number;
  readonly deadline: Deadline;
}

/**
 * Sends a plan's logs: in order within a part, parts side by side. Ends by the deadline, or as soon
 * as its signal fires, and tells of every log whether it was recorded. Never rejects for anything
 * that Zoho or the network did.
 */
export async function deliver(plan: Plan, delivery: Delivery, world: World): Promise<Report> {
  const { connection, tokens, mode, concurrency, deadline } = delivery;
  const halt = new Halt(deadline, world);
  const context = { connection, tokens, mode, deadline, gate: new Gate(concurrency), halt, world };

  const waiting = plan.groups.flatMap((group) => group.parts.map((part) => ({ group, part })));
  const delivered = new Map(waiting.map(({ part }) => [part, [] as DeliveredPart[]]));
  const next = waiting.values();
  async function takeParts(): Promise<void> {
    for (const { group, part } of next) delivered.set(part, await deliverPart(part, group, context));
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, waiting.length) }, takeParts));

  const parts = plan.groups.flatMap((group) => {
    const ofGroup = group.parts.flatMap((part) => delivered.get(part) ?? []);
    return ofGroup.sort((one, other) => one.place.number - other.place.number);
  });
  return { parts, outcomes: outcomesInOrder(parts) };
}

function outcomesInOrder(parts: readonly DeliveredPart[]): Outcome[] {
  return parts
    .flatMap(({ outcomes }) => outcomes)
    .flatMap((outcome): Outcome[] => (isOfPlan(outcome) ? [outcome] : []))
    .sort((one, other) => one.log.position - other.log.position);
}

function isOfPlan(outcome: DeliveredPart['outcomes'][number]): outcome is Outcome {
  return !isHeading(outcome.log);
}
