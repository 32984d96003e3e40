import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { GroupLedger } from '../../shared/grouping/group-ledger.ts';
import type { Journal, Secrets } from '../../shared/ports.ts';
import type { MemoryFolder } from './memory-folder.ts';

const NAME = 'groups.json';

const fileSchema = z.looseObject({ version: z.literal(2), job: z.string() });

/** Opens the ledger that the uses of one job share. A damaged one costs a warning and is ignored. */
export function openLedger(
  memory: MemoryFolder,
  { GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT, GITHUB_JOB }: NodeJS.ProcessEnv,
  { journal, secrets }: { readonly journal: Journal; readonly secrets: Secrets },
): GroupLedger {
  const job = [GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT, GITHUB_JOB].join('/');
  return GroupLedger.open(
    {
      read: () => readFile(memory, job),
      write: (record) => memory.write(NAME, JSON.stringify({ version: 2, job, ...record })),
      nameOf: hashOf,
      redact: secrets.redact,
    },
    () =>
      journal.warn(
        'The record of what this job has logged so far is damaged or belongs to another job, and is ignored.',
      ),
  );
}

/** A hash: a reference may contain what a secret contains, and a mask would make the group forgotten. */
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64');
}

/** Undefined when there is none; anything that is not a record when it cannot be read or is another job's. */
function readFile(memory: MemoryFolder, job: string): unknown {
  try {
    const text = memory.read(NAME);
    if (text === undefined) return undefined;
    const file = fileSchema.parse(JSON.parse(text));
    return file.job === job ? file : 'of another job';
  } catch {
    return 'damaged';
  }
}
