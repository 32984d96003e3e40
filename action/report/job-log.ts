import { endGroup, error, info, setFailed, startGroup, warning } from '@actions/core';
import type { Report, Undelivered } from '../../shared/delivery/outcome.ts';
import type { UndeliveredLog } from '../../shared/delivery/undelivered-log.ts';
import { oneLine } from '../../shared/text/one-line.ts';
import type { Plan } from '../../shared/grouping/plan.ts';
import { problemLine, type Problem } from '../../shared/problem.ts';
import type { Journal, Secrets } from '../../shared/ports.ts';
import { countOf } from '../../shared/text/count.ts';
import { jobLogText } from './job-log-text.ts';
import { undeliveredLines } from './undelivered-file.ts';
import { treeOfPlan, treeOfReport, type TreePart, type TreeRow } from './portal-tree.ts';

/** Titles that a message names before it counts the others. */
const NAMED_TITLES = 5;
/** Reasons that it gives before it points to the file, which has them all. */
const NAMED_REASONS = 10;

/** The heading of an annotation. */
const TITLE = { title: 'Zoho Desk extension log' };

const MARKS: Readonly<Record<TreeRow['delivery'], string>> = {
  planned: '·',
  recorded: '✓',
  'recorded, possibly more than once': '✓',
  undelivered: '✗',
  'undelivered, possibly recorded': '?',
};

/** Prints what happens during a delivery as lines and warnings of the job log. */
export function createJournal(secrets: Secrets): Journal {
  return {
    info: (line) => info(jobLogText(line, secrets)),
    warn: (line) => warning(jobLogText(line, secrets)),
  };
}

/** Fails the step with every problem on a line of its own. */
export function reportBadInput(problems: readonly Problem[], secrets: Secrets): void {
  const lines = problems.map((problem) => jobLogText(problemLine(problem), secrets));
  setFailed(
    [`Nothing was sent: ${countOf(problems.length, 'problem')} with the inputs.`, ...lines].join('\n'),
  );
}

/** Fails the step for a fault of our own, without the stack trace: its lines could hold a secret. */
export function reportBug(bug: unknown, secrets: Secrets): 1 {
  const message = bug instanceof Error ? bug.message : String(bug);
  setFailed(jobLogText(`The Action failed unexpectedly. Please report it: ${message}`, secrets));
  return 1;
}

/** Shows what a dry run would send, and fails the step where it has to. Returns the exit code. */
export function reportPlan(
  plans: readonly Plan[],
  { failOnError, collectFailure }: Pick<Ending, 'failOnError' | 'collectFailure'>,
  secrets: Secrets,
): 0 | 1 {
  printTree(plans.flatMap(treeOfPlan), secrets);
  const logs = plans.reduce((sum, plan) => sum + plan.logs.length, 0);
  info(`Dry run: ${countOf(logs, 'log')} planned, nothing was sent.`);
  reportCollectFailure(collectFailure, secrets);
  return collectFailure !== undefined && failOnError ? 1 : 0;
}

export interface Ending {
  readonly failOnError: boolean;
  readonly undeliveredFile: string;
  readonly cancelled: boolean;
  /** Why GitHub could not be read, where that was asked for. */
  readonly collectFailure?: string | undefined;
  readonly undelivered: readonly UndeliveredLog[];
  readonly phase: 'main' | 'post';
}

/** Shows what Desk has now, and fails the step where it has to. Returns the exit code. */
export function reportDelivery(report: Report, ending: Ending, secrets: Secrets): 0 | 1 {
  const { failOnError, cancelled, collectFailure } = ending;
  printTree(treeOfReport(report), secrets);
  warnOfOtherSenders(report, secrets);
  const undelivered = report.outcomes.filter(
    (outcome): outcome is Undelivered => outcome.kind === 'undelivered',
  );
  info(
    `${countOf(report.outcomes.length - undelivered.length, 'log')} recorded, ${undelivered.length} undelivered.`,
  );
  if (undelivered.length > 0) {
    if (ending.phase === 'post') printUndelivered(ending.undelivered, secrets);
    error(undeliveredMessage(undelivered, report.outcomes.length, ending, secrets), TITLE);
  }
  reportCollectFailure(collectFailure, secrets);
  if (cancelled) {
    setFailed('The run was cancelled.');
    return 1;
  }
  const failed = undelivered.length > 0 || collectFailure !== undefined;
  return failed && failOnError ? 1 : 0;
}

function reportCollectFailure(failure: string | undefined, secrets: Secrets): void {
  if (failure === undefined) return;
  error(jobLogText(`The steps could not be read, so the parent stands alone. ${failure}`, secrets), TITLE);
}

function printTree(parts: readonly TreePart[], secrets: Secrets): void {
  for (const { wireReference, installationId, rows } of parts) {
    const reference = wireReference === undefined ? 'No reference' : `Reference ${wireReference}`;
    info(jobLogText(`${reference}, installation ${installationId}`, secrets));
    for (const row of rows) info(treeLine(row, secrets));
  }
}

function treeLine({ isParent, title, delivery, logId }: TreeRow, secrets: Secrets): string {
  const indent = isParent ? '  ' : '    ';
  const detail =
    delivery === 'recorded' || delivery === 'planned'
      ? (logId ?? '')
      : [logId, delivery].filter(Boolean).join(', ');
  return `${indent}${MARKS[delivery]} ${jobLogText(title, secrets)}${detail && ` (${jobLogText(detail, secrets)})`}`;
}

function undeliveredMessage(
  undelivered: readonly Undelivered[],
  planned: number,
  { undeliveredFile, phase }: Ending,
  secrets: Secrets,
): string {
  const possibly = undelivered.filter(({ mayBeRecorded }) => mayBeRecorded).length;
  const byReason = Map.groupBy(undelivered, ({ reason }) => reason);
  return [
    `${undelivered.length} of ${countOf(planned, 'log')} undelivered` +
      (possibly > 0 ? `, ${possibly} of them possibly recorded all the same.` : '.'),
    ...[...byReason]
      .slice(0, NAMED_REASONS)
      .map(([reason, logs]) => jobLogText(`${titlesOf(logs)}: ${reason}`, secrets)),
    byReason.size > NAMED_REASONS && `${countOf(byReason.size - NAMED_REASONS, 'more reason')} in the file.`,
    undeliveredFile && howToKeep(undeliveredFile, phase),
  ]
    .filter(Boolean)
    .join('\n');
}

/** With `log-at: job-end` no step comes after this one; only post phases of steps before it do. */
function howToKeep(undeliveredFile: string, phase: Ending['phase']): string {
  return phase === 'main'
    ? `They are in ${undeliveredFile} until the job ends. Keep the file with actions/upload-artifact, and give it to logs-file to log them again.`
    : `They are printed above, one a line: save those lines as a .jsonl file and give it to logs-file to log them again. ` +
        `To keep ${undeliveredFile} itself, put actions/cache before this Action: it saves the file after this Action has ended.`;
}

/** Prints the undelivered file, in a group of its own that is folded in the job log. */
function printUndelivered(logs: readonly UndeliveredLog[], secrets: Secrets): void {
  startGroup('Undelivered logs: save these lines as a .jsonl file');
  // The runner takes ##[ for a command; JSON can say the bracket in another way.
  for (const line of undeliveredLines(logs, secrets)) info(line.replaceAll('##[', '##\\u005b'));
  endGroup();
}

/** Two jobs that log at once under the same reference share its ten slots, and each other's parents. */
function warnOfOtherSenders({ parts }: Report, secrets: Secrets): void {
  const part = parts.find(({ address, filledByOthers }) => filledByOthers && address.number === 1);
  if (part === undefined) return;
  warning(
    jobLogText(
      `The reference ${part.reference} was filled by another sender as well, so its logs are mixed with those of this job. ` +
        'In a matrix, set reference: gh-${{ github.run_id }}-${{ github.run_attempt }}-${{ strategy.job-index }}',
      secrets,
    ),
    TITLE,
  );
}

function titlesOf(logs: readonly Undelivered[]): string {
  const named = logs.slice(0, NAMED_TITLES).map(({ log }) => `"${oneLine(log.title)}"`);
  const others = logs.length - named.length;
  return `${named.join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
}
