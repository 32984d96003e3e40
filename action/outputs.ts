import { setOutput } from '@actions/core';
import type { Recorded, Report } from '../shared/delivery/outcome.ts';
import type { Secrets } from '../shared/ports.ts';

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

export function outputsOfReport(report: Report, reference: string, undeliveredFile: string): Outputs {
  const recorded = report.outcomes.filter((outcome): outcome is Recorded => outcome.kind === 'recorded');
  const undelivered = report.outcomes.length - recorded.length;
  return {
    ok: String(undelivered === 0),
    reference,
    'parent-log-id': parentLogId(report),
    'log-ids': JSON.stringify(recorded.map(({ answer }) => answer.logId)),
    delivered: String(recorded.length),
    undelivered: String(undelivered),
    'undelivered-file': undeliveredFile,
  };
}

/** The parent of the first part of the first group that has anything in Desk. */
function parentLogId({ parts }: Report): string {
  const first = parts.flatMap(({ outcomes }) => outcomes).find((outcome) => outcome.kind === 'recorded');
  return first?.kind === 'recorded' ? first.answer.parentLogId : '';
}

export function writeOutputs(outputs: Outputs, secrets: Secrets): void {
  for (const [name, value] of Object.entries(outputs)) setOutput(name, secrets.redact(value as string));
}
