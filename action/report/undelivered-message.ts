import { endGroup, error, info, startGroup } from '@actions/core';
import type { Undelivered } from '../../shared/delivery/outcome.ts';
import type { UndeliveredLog } from '../../shared/delivery/undelivered-log.ts';
import type { Secrets } from '../../shared/ports.ts';
import { countOf, numberText } from '../../shared/text/count.ts';
import { oneLine } from '../../shared/text/one-line.ts';
import { ANNOTATION } from './failed-step.ts';
import { jobLogText } from './job-log-text.ts';
import { jsonLines } from './lines-file.ts';
import type { RunResult } from './run-result.ts';

/** Titles that a message names before it counts the others. */
const NAMED_TITLES = 5;
/** Reasons that it gives before it points to the file, which has them all. */
const NAMED_REASONS = 10;

/**
 * Says in one annotation which logs are undelivered, why, and where they are. When the job ends, no
 * later step can keep the file, so it is printed as well.
 */
export function reportUndelivered(run: RunResult, secrets: Secrets): void {
  const undelivered = run.report.outcomes.filter((outcome) => outcome.kind === 'undelivered');
  if (undelivered.length === 0) return;
  if (run.isPost) printUndelivered(run.undelivered, secrets);
  const lines = [
    countLine(undelivered, run),
    ...reasonLines(undelivered, secrets),
    howToKeep(run),
    cautionOfReplay(run),
  ];
  error(lines.filter(Boolean).join('\n'), ANNOTATION);
}

function countLine(undelivered: readonly Undelivered[], { report, installations }: RunResult): string {
  const failed = installations.filter((result) => result.undelivered > 0).length;
  const possibly = undelivered.filter(({ mayBeRecorded }) => mayBeRecorded).length;
  return [
    `${numberText(undelivered.length)} of ${countOf(report.outcomes.length, 'log')} undelivered`,
    installations.length > 1 &&
      ` in ${numberText(failed)} of ${countOf(installations.length, 'installation')}`,
    possibly > 0 && `, ${numberText(possibly)} of them possibly recorded all the same`,
    '.',
  ]
    .filter(Boolean)
    .join('');
}

function reasonLines(undelivered: readonly Undelivered[], secrets: Secrets): string[] {
  const byReason = [...Map.groupBy(undelivered, ({ reason }) => reason)];
  const named = byReason
    .slice(0, NAMED_REASONS)
    .map(([reason, logs]) => jobLogText(`${titlesOf(logs)}: ${reason}`, secrets));
  const others = byReason.length - named.length;
  return others > 0 ? [...named, `${countOf(others, 'more reason')} in the file.`] : named;
}

function titlesOf(logs: readonly Undelivered[]): string {
  // The same log in many installations is named once.
  const titles = new Set(logs.map(({ log }) => log.title));
  const named = [...titles].slice(0, NAMED_TITLES).map((title) => `"${oneLine(title)}"`);
  const others = titles.size - named.length;
  return `${named.join(', ')}${others > 0 ? ` and ${numberText(others)} more` : ''}`;
}

/** What to mind before the undelivered logs are logged again; empty where none of them can be in the portal. */
export function cautionOfReplay({ undelivered }: Pick<RunResult, 'undelivered'>): string {
  return undelivered.some(({ mayBeRecorded }) => mayBeRecorded)
    ? 'A line with "mayBeRecorded":true may be in the portal already: look there first, and take it out if it is.'
    : '';
}

/** With `log-at: job-end` no step comes after this one; only post phases of steps before it do. */
function howToKeep({ undeliveredFile, isPost }: RunResult): string {
  if (isPost) {
    const cached =
      undeliveredFile &&
      ` To keep ${undeliveredFile} itself, put actions/cache before this Action: it saves the file after this Action has ended.`;
    return `They are printed above, one a line: save those lines as a .jsonl file and give it to logs-file to log them again.${cached}`;
  }
  return (
    undeliveredFile &&
    `They are in ${undeliveredFile} until the job ends. Keep the file with actions/upload-artifact, and give it to logs-file to log them again.`
  );
}

/** Prints the undelivered file, in a group of its own that is folded in the job log. */
function printUndelivered(logs: readonly UndeliveredLog[], secrets: Secrets): void {
  startGroup('Undelivered logs: save these lines as a .jsonl file');
  // The runner takes ##[ for a command; JSON can say the bracket in another way.
  for (const line of jsonLines(logs, secrets)) info(line.replaceAll('##[', '##\\u005b'));
  endGroup();
}
