import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { isHeading, type DeliveredPart, type Report } from '../delivery/outcome.ts';
import { LOGS_PER_PART, type BegunGroup } from './part.ts';
import { placeKey } from './wire-references.ts';
import type { Journal, Secrets } from '../ports.ts';
import { parentLogIdIn } from '../../action/report/outputs.ts';
import type { MemoryFolder } from '../../action/job-memory/memory-folder.ts';

const NAME = 'groups.json';

const groupSchema = z.object({
  parentTitle: z.string(),
  /** Of part 1, or of the first part that has one. */
  parentLogId: z.string(),
});
type LedgerGroup = z.infer<typeof groupSchema>;

/** One wire reference: the group and the part that it is of, and how many of its ten places are taken. */
const placeSchema = z.object({
  group: z.string(),
  part: z.int().check(z.minimum(1)),
  taken: z.int().check(z.minimum(0), z.maximum(LOGS_PER_PART)),
});
type LedgerPlace = z.infer<typeof placeSchema>;

const recordSchema = z.object({
  groups: z.record(z.string(), groupSchema),
  places: z.record(z.string(), placeSchema),
});
const ledgerSchema = z.object({ version: z.literal(1), job: z.string(), ...recordSchema.shape });

/**
 * How far the uses of one job have filled their groups. Nobody can read a log back, so what was sent
 * is counted here, lost attempts included.
 */
export class GroupLedger {
  readonly #memory: MemoryFolder;
  readonly #secrets: Secrets;
  readonly #job: string;
  readonly #portal: string;
  readonly #groups: Map<string, LedgerGroup>;
  readonly #places: Map<string, LedgerPlace>;

  private constructor(
    memory: MemoryFolder,
    secrets: Secrets,
    job: string,
    portal: string,
    { groups, places }: z.infer<typeof recordSchema>,
  ) {
    this.#memory = memory;
    this.#secrets = secrets;
    this.#job = job;
    this.#portal = portal;
    this.#groups = new Map(Object.entries(groups));
    this.#places = new Map(Object.entries(places));
  }

  /** @param portal tells portals apart that one job logs to */
  static open(
    memory: MemoryFolder,
    portal: string,
    env: NodeJS.ProcessEnv,
    { journal, secrets }: { readonly journal: Journal; readonly secrets: Secrets },
  ): GroupLedger {
    const job = [env['GITHUB_RUN_ID'], env['GITHUB_RUN_ATTEMPT'], env['GITHUB_JOB']].join('/');
    const record = readRecord(memory, job);
    if (record === undefined) {
      journal.warn(
        'The record of what this job has logged before is damaged or not of this job, and is ignored.',
      );
    }
    return new GroupLedger(memory, secrets, job, portal, record ?? { groups: {}, places: {} });
  }

  /** A group goes on in its first part that has room. A reference that is a further part's is filled as that part. */
  readonly groupOf = (installationId: string, reference: string): BegunGroup | undefined => {
    const key = this.#key({ installationId, reference });
    const ownParts = [...this.#places.values()]
      .filter(({ group }) => group === key)
      .sort((one, other) => one.part - other.part);
    const goesOn = ownParts.find(({ taken }) => taken < LOGS_PER_PART) ?? ownParts.at(-1);
    const place = this.#places.get(key);
    if (goesOn !== undefined)
      return { parentTitle: this.#parentTitleOf(key), part: goesOn.part, taken: goesOn.taken };
    return place && { parentTitle: this.#parentTitleOf(place.group), part: 1, taken: place.taken };
  };

  readonly isTaken = (installationId: string, wireReference: string): boolean =>
    this.#places.has(this.#key({ installationId, reference: wireReference }));

  parentLogIdOf(installationId: string, reference: string): string | undefined {
    return this.#groups.get(this.#key({ installationId, reference }))?.parentLogId;
  }

  /** Adds what a delivery came to. */
  record({ parts }: Report): void {
    const begun = parts.filter(({ reference, taken }) => reference !== undefined && taken > 0);
    for (const ofGroup of Map.groupBy(begun, placeKey).values()) this.#recordGroup(ofGroup);
    const record = { groups: Object.fromEntries(this.#groups), places: Object.fromEntries(this.#places) };
    this.#memory.write(NAME, JSON.stringify({ version: 1, job: this.#job, ...record }));
  }

  #recordGroup(parts: readonly DeliveredPart[]): void {
    for (const part of parts) this.#recordPlace(part);
    const [first] = parts;
    const key = first && this.#key(first);
    // A part of another group that was filled on has that group's parent.
    if (key === undefined || (this.#places.get(key)?.group ?? key) !== key) return;
    const known = this.#groups.get(key);
    this.#groups.set(key, {
      parentTitle: known?.parentTitle ?? this.#secrets.redact(parentTitleIn(parts)),
      parentLogId: known?.parentLogId || parentLogIdIn({ parts }),
    });
  }

  #recordPlace({ installationId, reference, place, taken }: DeliveredPart): void {
    const key = this.#key({ installationId, reference: place.wireReference });
    const known = this.#places.get(key) ?? {
      group: this.#key({ installationId, reference }),
      part: place.number,
    };
    this.#places.set(key, { ...known, taken });
  }

  #parentTitleOf(group: string): string {
    return this.#groups.get(group)?.parentTitle ?? '';
  }

  /** A hash: a reference may hold what a secret holds, and a mask would let the group be forgotten. */
  #key({ installationId, reference }: { installationId: string; reference?: string | undefined }): string {
    return createHash('sha256')
      .update(JSON.stringify([this.#portal, installationId, reference]))
      .digest('base64');
  }
}

/** The title that further parts are headed with: the first log's that Desk has, or else the first's. */
function parentTitleIn(parts: readonly DeliveredPart[]): string {
  const outcomes = parts.flatMap((part) => part.outcomes).filter(({ log }) => !isHeading(log));
  const parent = outcomes.find(({ kind }) => kind === 'recorded') ?? outcomes[0];
  return parent?.log.title ?? '';
}

/** Undefined when the ledger cannot be read, or is another job's. */
function readRecord(memory: MemoryFolder, job: string): z.infer<typeof recordSchema> | undefined {
  try {
    const text = memory.read(NAME);
    if (text === undefined) return { groups: {}, places: {} };
    const ledger = ledgerSchema.parse(JSON.parse(text));
    return ledger.job === job ? ledger : undefined;
  } catch {
    return undefined;
  }
}
