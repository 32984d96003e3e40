import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { isHeading, type DeliveredPart, type Report } from '../../shared/delivery/outcome.ts';
import { LOGS_PER_PART, type BegunGroup } from '../../shared/grouping/part.ts';
import { placeKey } from '../../shared/grouping/wire-references.ts';
import type { Journal, Secrets } from '../../shared/ports.ts';
import { parentLogIdIn } from '../outputs.ts';
import type { MemoryFolder } from './memory-folder.ts';

const NAME = 'groups.json';

const groupSchema = z.object({
  parentTitle: z.string(),
  /** Of part 1, or of the first part that has one. */
  parentLogId: z.string(),
  part: z.int().check(z.minimum(1)),
  taken: z.int().check(z.minimum(0), z.maximum(LOGS_PER_PART)),
});
type LedgerGroup = z.infer<typeof groupSchema>;

const ledgerSchema = z.object({
  version: z.literal(1),
  job: z.string(),
  groups: z.record(z.string(), groupSchema),
});

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

  private constructor(
    memory: MemoryFolder,
    secrets: Secrets,
    job: string,
    portal: string,
    groups: Map<string, LedgerGroup>,
  ) {
    this.#memory = memory;
    this.#secrets = secrets;
    this.#job = job;
    this.#portal = portal;
    this.#groups = groups;
  }

  /** @param portal tells portals apart that one job logs to */
  static async open(
    memory: MemoryFolder,
    portal: string,
    env: NodeJS.ProcessEnv,
    { journal, secrets }: { readonly journal: Journal; readonly secrets: Secrets },
  ): Promise<GroupLedger> {
    const job = [env['GITHUB_RUN_ID'], env['GITHUB_RUN_ATTEMPT'], env['GITHUB_JOB']].join('/');
    const groups = await readGroups(memory, job).catch(() => undefined);
    if (groups === undefined) {
      journal.warn(
        'The record of what this job has logged before is damaged or not of this job, and is ignored.',
      );
    }
    return new GroupLedger(memory, secrets, job, portal, groups ?? new Map<string, LedgerGroup>());
  }

  readonly begunOf = (installationId: string, reference: string): BegunGroup | undefined =>
    this.#groups.get(this.#key({ installationId, reference }));

  parentLogIdOf(installationId: string, reference: string): string | undefined {
    return this.#groups.get(this.#key({ installationId, reference }))?.parentLogId;
  }

  /** Adds what a delivery came to. */
  async record({ parts }: Report): Promise<void> {
    const grouped = parts.filter(({ reference }) => reference !== undefined);
    for (const ofGroup of Map.groupBy(grouped, placeKey).values()) this.#recordGroup(ofGroup);
    const ledger = { version: 1, job: this.#job, groups: Object.fromEntries(this.#groups) };
    await this.#memory.write(NAME, JSON.stringify(ledger));
  }

  #recordGroup(parts: readonly DeliveredPart[]): void {
    const [first] = parts;
    const last = parts.findLast(({ taken }) => taken > 0);
    if (first === undefined || last === undefined) return;
    const known = this.#groups.get(this.#key(first));
    this.#groups.set(this.#key(first), {
      parentTitle: known?.parentTitle ?? this.#secrets.redact(parentTitleIn(parts)),
      parentLogId: known?.parentLogId || parentLogIdIn({ parts }),
      part: last.place.number,
      taken: last.taken,
    });
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

/** Throws when the ledger cannot be read, or is another job's. */
async function readGroups(memory: MemoryFolder, job: string): Promise<Map<string, LedgerGroup>> {
  const text = await memory.read(NAME);
  if (text === undefined) return new Map();
  const ledger = ledgerSchema.parse(JSON.parse(text));
  if (ledger.job !== job) throw new Error('of another job');
  return new Map(Object.entries(ledger.groups));
}
