import { setOutput, warning } from '@actions/core';
import type { Secrets } from '../../shared/ports.ts';
import { countOf } from '../../shared/text/count.ts';
import type { InstallationResult } from './installation-results.ts';
import { jobLogText } from './job-log-text.ts';
import type { RunResult } from './run-result.ts';

/** The outputs of action.yml. Later steps see a list as JSON, and all else as it is. */
export interface Outputs {
  readonly ok: string;
  readonly reference: string;
  readonly 'parent-log-id': string;
  readonly 'log-ids': readonly string[];
  readonly delivered: string;
  readonly undelivered: string;
  readonly 'undelivered-file': string;
  readonly 'results-file': string;
  readonly installations: string;
  readonly 'failed-installations': readonly FailedInstallation[];
}

/** An installation with an undelivered log, and why it is one. */
type FailedInstallation = Pick<InstallationResult, 'installationId' | 'orgId' | 'reason'>;

/**
 * Characters that `log-ids` may have. All outputs of a job together may take 1 MB, counted as UTF-16
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs);
 * this leaves a quarter of it to the other outputs.
 */
const LOG_IDS_LENGTH = 393_216;

/** Installations that `failed-installations` names; the results file has all of them. */
const FAILED_INSTALLATIONS = 100;

/** Outputs where nothing was sent: of a dry run, of bad input, or of a shard that has no installations. */
export function outputsWithoutDelivery(ok: boolean, reference: string, installations = 0): Outputs {
  return {
    ok: String(ok),
    reference,
    'parent-log-id': '',
    'log-ids': [],
    delivered: '0',
    undelivered: '0',
    'undelivered-file': '',
    'results-file': '',
    installations: String(installations),
    'failed-installations': [],
  };
}

/** Outputs of a run that sent something. Ids that take too much room are left out, with a warning. */
export function outputsOfRun(run: RunResult, secrets: Secrets): Outputs {
  const { outcomes } = run.report;
  const ids = outcomes.flatMap((outcome) => (outcome.kind === 'recorded' ? [outcome.answer.logId] : []));
  const undelivered = outcomes.length - ids.length;
  return {
    ok: String(undelivered === 0 && run.collectFailure === undefined),
    reference: run.reference,
    'parent-log-id': run.parentLogId,
    'log-ids': logIds(ids, run, secrets),
    delivered: String(ids.length),
    undelivered: String(undelivered),
    'undelivered-file': run.undeliveredFile,
    'results-file': run.resultsFile,
    installations: String(run.installations.length),
    'failed-installations': failedInstallations(run.installations),
  };
}

/** Writes each output, redacted text by text: a mask across the quotes would make a list unreadable. */
export function writeOutputs(outputs: Outputs, { redact }: Secrets): void {
  const redacted = (_key: string, value: unknown) => (typeof value === 'string' ? redact(value) : value);
  for (const [name, value] of Object.entries(outputs) as [string, string | readonly unknown[]][]) {
    setOutput(name, typeof value === 'string' ? redact(value) : JSON.stringify(value, redacted));
  }
}

function logIds(
  ids: readonly string[],
  { toMany, resultsFile }: RunResult,
  secrets: Secrets,
): readonly string[] {
  if (toMany) return [];
  if (JSON.stringify(ids).length <= LOG_IDS_LENGTH) return ids;
  warning(
    jobLogText(
      `The output log-ids is empty: ${countOf(ids.length, 'id')} take more room than GitHub gives to the outputs of a job. ` +
        `The file that results-file names has them: ${resultsFile}`,
      secrets,
    ),
  );
  return [];
}

function failedInstallations(installations: readonly InstallationResult[]): FailedInstallation[] {
  const failed = installations.filter(({ undelivered }) => undelivered > 0).slice(0, FAILED_INSTALLATIONS);
  return failed.map(({ installationId, orgId, reason }) => ({ installationId, orgId, reason }));
}
