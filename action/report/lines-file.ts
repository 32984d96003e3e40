import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Secrets } from '../../shared/ports.ts';

/** Uses of the Action in one job that may each leave a file of one name. */
const FILES_LIMIT = 1_000;

/** Characters that are written at once: a file of a hundred thousand lines is never one string. */
const BLOCK_LENGTH = 65_536;

/** The folder of the job's files. */
export function filesFolder({ RUNNER_TEMP }: NodeJS.ProcessEnv): string {
  return RUNNER_TEMP || tmpdir();
}

/**
 * Writes values as JSON Lines (https://jsonlines.org) into a new file `<name>-<number>.jsonl`. A file
 * that an earlier use has written is never touched.
 * @returns the path
 * @throws what the file system does
 */
export async function writeLinesFile(
  folder: string,
  name: string,
  values: Iterable<object>,
  secrets: Secrets,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (let number = 1; ; number += 1) {
    const path = join(folder, `${name}-${number}.jsonl`);
    try {
      await writeFile(path, blocksOf(jsonLines(values, secrets)), { flag: 'wx' });
      return path;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST' || number === FILES_LIMIT) throw cause;
    }
  }
}

/** One line of JSON for each value, redacted text by text: a mask across the quotes would make it unreadable. */
export function* jsonLines(values: Iterable<object>, { redact }: Secrets): Generator<string> {
  const redacted = (_key: string, value: unknown) => (typeof value === 'string' ? redact(value) : value);
  for (const value of values) yield JSON.stringify(value, redacted);
}

function* blocksOf(lines: Iterable<string>): Generator<string> {
  let block = '';
  for (const line of lines) {
    block += `${line}\n`;
    if (block.length < BLOCK_LENGTH) continue;
    yield block;
    block = '';
  }
  yield block;
}
