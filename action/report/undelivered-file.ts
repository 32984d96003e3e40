import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { error } from '@actions/core';
import type { Secrets } from '../../shared/ports.ts';
import type { UndeliveredLog } from '../../shared/delivery/undelivered-log.ts';
import { jobLogText } from './job-log-text.ts';

/** Uses of the Action in one job that may each leave a file. */
const FILES_LIMIT = 1_000;

/**
 * Writes one line of JSON for each undelivered log into a new file under RUNNER_TEMP. A file that an
 * earlier use has written is never touched.
 * @returns the path; empty when there is nothing to write, or when it cannot be written
 */
export async function writeUndeliveredFile(
  logs: readonly UndeliveredLog[],
  env: NodeJS.ProcessEnv,
  secrets: Secrets,
): Promise<string> {
  if (logs.length === 0) return '';
  const folder = env['RUNNER_TEMP'] || tmpdir();
  const lines = undeliveredLines(logs, secrets)
    .map((line) => `${line}\n`)
    .join('');
  try {
    await mkdir(folder, { recursive: true });
    return await writeNewFile(folder, lines);
  } catch (cause) {
    const code = String((cause as NodeJS.ErrnoException).code);
    error(jobLogText(`The undelivered file could not be written to ${folder}: ${code}.`, secrets));
    return '';
  }
}

/** One line of JSON for each log, redacted value by value: a mask across the quotes would make it unreadable. */
export function undeliveredLines(logs: readonly UndeliveredLog[], { redact }: Secrets): string[] {
  const redacted = (_key: string, value: unknown) => (typeof value === 'string' ? redact(value) : value);
  return logs.map((log) => JSON.stringify(log, redacted));
}

async function writeNewFile(folder: string, content: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const path = join(folder, `zoho-desk-undelivered-${number}.jsonl`);
    try {
      await writeFile(path, content, { flag: 'wx' });
      return path;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST' || number === FILES_LIMIT) throw cause;
    }
  }
}
