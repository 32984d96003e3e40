import * as z from 'zod/mini';
import type { DeliveredPart } from '../delivery/outcome.ts';
import { groupKey, isHeading, LOGS_PER_PART, type BegunGroup } from './part.ts';
import type { BegunGroups } from './plan.ts';

/** Where a host keeps the ledger's record: a file of the job, n8n's flow context, memory. */
export interface LedgerStore {
  /** What was written last; undefined where there is nothing, or nothing that can be read. */
  readonly read: () => unknown;
  /** Keeps a record of plain JSON values. */
  readonly write: (record: LedgerRecord) => void;
  /** Makes the name under which a group or a part is kept. A store that others may read hides what it says. */
  readonly nameOf: (key: string) => string;
  /** Takes secrets out of a title before it is kept. */
  readonly redact: (text: string) => string;
}

const groupSchema = z.object({
  parentTitle: z.string(),
  /** Of part 1, or of the first part that has one. */
  parentLogId: z.string(),
});

/** One wire reference: the group and the part that it belongs to, and how many of its ten slots are taken. */
const partSchema = z.object({
  group: z.string(),
  number: z.int().check(z.minimum(1)),
  slotsTaken: z.int().check(z.minimum(0), z.maximum(LOGS_PER_PART)),
});
type LedgerPart = z.infer<typeof partSchema>;

const recordSchema = z.object({
  groups: z.record(z.string(), groupSchema),
  parts: z.record(z.string(), partSchema),
});

/** What a store keeps. */
export type LedgerRecord = z.infer<typeof recordSchema>;

/**
 * How far each group has been filled, in every portal that one job or one execution writes to.
 * Nobody can read a log back, so what was sent is counted here, lost attempts included.
 */
export class GroupLedger {
  readonly #store: LedgerStore;
  readonly #groups: Map<string, LedgerRecord['groups'][string]>;
  readonly #parts: Map<string, LedgerPart>;
  /** The names of a group's own parts. */
  readonly #partsOfGroup = new Map<string, Set<string>>();

  private constructor(store: LedgerStore, { groups, parts }: LedgerRecord) {
    this.#store = store;
    this.#groups = new Map(Object.entries(groups));
    this.#parts = new Map(Object.entries(parts));
    for (const [name, { group }] of this.#parts) this.#index(group, name);
  }

  /** @param onDamage called when the store has something that is not a record; it is then ignored */
  static open(store: LedgerStore, onDamage: () => void = () => {}): GroupLedger {
    const kept = store.read();
    if (kept === undefined) return new GroupLedger(store, { groups: {}, parts: {} });
    const record = recordSchema.safeParse(kept);
    if (!record.success) onDamage();
    return new GroupLedger(store, record.success ? record.data : { groups: {}, parts: {} });
  }

  /** What earlier deliveries have left in one portal. */
  inPortal(portal: string): BegunGroups {
    return {
      groupOf: (installationId, reference) => this.#groupOf(this.#name(portal, installationId, reference)),
      isInUse: (installationId, wireReference) =>
        this.#parts.has(this.#name(portal, installationId, wireReference)),
    };
  }

  parentLogIdOf(portal: string, installationId: string, reference: string): string | undefined {
    return this.#groups.get(this.#name(portal, installationId, reference))?.parentLogId;
  }

  /** Adds what a delivery came to, and writes it to the store. */
  record(parts: readonly DeliveredPart[]): void {
    const begun = parts.filter(({ reference, slotsTaken }) => reference !== undefined && slotsTaken > 0);
    for (const ofGroup of Map.groupBy(begun, (part) => part.portal + groupKey(part)).values()) {
      this.#recordGroup(ofGroup);
    }
    this.#store.write({
      groups: Object.fromEntries(this.#groups),
      parts: Object.fromEntries(this.#parts),
    });
  }

  /**
   * A group goes on in its first part that has room. A reference that is another group's further part is
   * filled as that part.
   */
  #groupOf(name: string): BegunGroup | undefined {
    const ownParts = [...(this.#partsOfGroup.get(name) ?? [])]
      .flatMap((part) => this.#parts.get(part) ?? [])
      .sort((one, other) => one.number - other.number);
    const goesOn = ownParts.find(({ slotsTaken }) => slotsTaken < LOGS_PER_PART) ?? ownParts.at(-1);
    if (goesOn !== undefined) {
      const { number: part, slotsTaken } = goesOn;
      return { parentTitle: this.#parentTitleOf(name), part, slotsTaken };
    }
    const part = this.#parts.get(name);
    return part && { parentTitle: this.#parentTitleOf(part.group), part: 1, slotsTaken: part.slotsTaken };
  }

  #recordGroup(parts: readonly DeliveredPart[]): void {
    const [first] = parts;
    if (first === undefined) return;
    const group = this.#name(first.portal, first.installationId, first.reference);
    for (const part of parts) this.#recordPart(part, group);
    // A part of another group that was filled further has that group's parent.
    if ((this.#parts.get(group)?.group ?? group) !== group) return;
    const known = this.#groups.get(group);
    this.#groups.set(group, {
      parentTitle: known?.parentTitle ?? this.#store.redact(parentTitleIn(parts)),
      parentLogId: known?.parentLogId || parentLogIdIn(parts),
    });
  }

  #recordPart({ portal, installationId, address, slotsTaken }: DeliveredPart, group: string): void {
    const name = this.#name(portal, installationId, address.wireReference);
    const known = this.#parts.get(name) ?? { group, number: address.number };
    this.#parts.set(name, { ...known, slotsTaken });
    this.#index(known.group, name);
  }

  #index(group: string, part: string): void {
    const parts = this.#partsOfGroup.get(group);
    if (parts === undefined) this.#partsOfGroup.set(group, new Set([part]));
    else parts.add(part);
  }

  #parentTitleOf(group: string): string {
    return this.#groups.get(group)?.parentTitle ?? '';
  }

  #name(portal: string, installationId: string, reference: string | undefined): string {
    return this.#store.nameOf(JSON.stringify([portal, installationId, reference]));
  }
}

/** The id of the parent of the first part that has anything in Desk; empty where none has. */
export function parentLogIdIn(parts: readonly Pick<DeliveredPart, 'outcomes'>[]): string {
  for (const { outcomes } of parts) {
    const recorded = outcomes.find(({ kind }) => kind === 'recorded');
    if (recorded?.kind === 'recorded') return recorded.answer.parentLogId;
  }
  return '';
}

/** The title that headings of further parts repeat: that of the first log that Desk has, or else of the first. */
function parentTitleIn(parts: readonly DeliveredPart[]): string {
  const outcomes = parts.flatMap((part) => part.outcomes).filter(({ log }) => !isHeading(log));
  const parent = outcomes.find(({ kind }) => kind === 'recorded') ?? outcomes[0];
  return parent?.log.title ?? '';
}
