import { error } from '@actions/core';
import type { UndeliveredLog } from '../../shared/delivery/undelivered-log.ts';
import { isHeading } from '../../shared/grouping/part.ts';
import type { Secrets } from '../../shared/ports.ts';
import type { InstallationResult } from './installation-results.ts';
import { jobLogText } from './job-log-text.ts';
import { filesFolder, writeLinesFile } from './lines-file.ts';

/** One line of a results file. */
interface LogResult {
  readonly installationId: string;
  readonly orgId: string;
  /** The group's; a part's own wire reference is made of it and the part's number. */
  readonly reference?: string;
  readonly part?: number;
  readonly title: string;
  readonly logId?: string;
  /** Why it was not delivered. */
  readonly reason?: string;
}

/**
 * Writes one line for each undelivered log, as `logs-file` takes it back.
 * @returns the path; empty when there is nothing to write, or when it cannot be written
 */
export async function writeUndeliveredFile(
  logs: readonly UndeliveredLog[],
  env: NodeJS.ProcessEnv,
  secrets: Secrets,
): Promise<string> {
  return logs.length === 0 ? '' : write('undelivered', logs, env, secrets);
}

/**
 * Writes one line for each log: where it went, and its id or the reason why it has none.
 * @returns the path; empty when it cannot be written
 */
export async function writeResultsFile(
  installations: readonly InstallationResult[],
  env: NodeJS.ProcessEnv,
  secrets: Secrets,
): Promise<string> {
  const results = { [Symbol.iterator]: () => resultsOf(installations) };
  return write('results', results, env, secrets);
}

function* resultsOf(installations: readonly InstallationResult[]): Generator<LogResult> {
  for (const { installationId, orgId, parts } of installations) {
    for (const { reference, address, outcomes } of parts) {
      const place = {
        installationId,
        orgId,
        ...(reference !== undefined && { reference, part: address.number }),
      };
      for (const outcome of outcomes) {
        if (isHeading(outcome.log)) continue;
        const { title } = outcome.log;
        yield outcome.kind === 'recorded'
          ? { ...place, title, logId: outcome.answer.logId }
          : { ...place, title, reason: outcome.reason };
      }
    }
  }
}

async function write(
  what: 'undelivered' | 'results',
  values: Iterable<object>,
  env: NodeJS.ProcessEnv,
  secrets: Secrets,
): Promise<string> {
  const folder = filesFolder(env);
  try {
    return await writeLinesFile(folder, `zoho-desk-${what}`, values, secrets);
  } catch (cause) {
    const code = String((cause as NodeJS.ErrnoException).code);
    error(jobLogText(`The ${what} file could not be written to ${folder}: ${code}.`, secrets));
    return '';
  }
}
