import { setOutput } from '@actions/core';
import type { Recorded, Report } from '../../shared/delivery/outcome.ts';
import { parentLogIdIn } from '../../shared/grouping/group-ledger.ts';
import type { Secrets } from '../../shared/ports.ts';

/** The outputs of action.yml, each as the text that later steps see. */
export interface Outputs {
  readonly ok: string;
  readonly reference: string;
  readonly 'parent-log-id': string;
  readonly 'log-ids': string;
  readonly delivered: string;
  readonly undelivered: string;
  readonly 'undelivered-file': string;
}

/** Outputs where nothing was sent: of a dry run, or of bad input. */
export function outputsWithoutDelivery(ok: boolean, reference: string): Outputs {
  return {
    ok: String(ok),
    reference,
    'parent-log-id': '',
    'log-ids': '[]',
    delivered: '0',
    undelivered: '0',
    'undelivered-file': '',
  };
}

/** What the outputs are made of besides the report. */
export interface ReportedAs {
  readonly reference: string;
  /** Of part 1, where an earlier use of the job began the group. */
  readonly parentLogId: string | undefined;
  readonly undeliveredFile: string;
  readonly collectFailure?: string | undefined;
}

export function outputsOfReport(report: Report, as: ReportedAs): Outputs {
  const recorded = report.outcomes.filter((outcome): outcome is Recorded => outcome.kind === 'recorded');
  const undelivered = report.outcomes.length - recorded.length;
  return {
    ok: String(undelivered === 0 && as.collectFailure === undefined),
    reference: as.reference,
    'parent-log-id': as.parentLogId ?? parentLogIdIn(report.parts),
    'log-ids': JSON.stringify(recorded.map(({ answer }) => answer.logId)),
    delivered: String(recorded.length),
    undelivered: String(undelivered),
    'undelivered-file': as.undeliveredFile,
  };
}

export function writeOutputs(outputs: Outputs, secrets: Secrets): void {
  for (const [name, value] of Object.entries(outputs)) setOutput(name, secrets.redact(value as string));
}
