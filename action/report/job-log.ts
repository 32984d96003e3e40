import { error, info, setFailed, warning } from '@actions/core';
import type { Report, Undelivered } from '../../shared/delivery/outcome.ts';
import { oneLine } from '../../shared/text/one-line.ts';
import type { Plan } from '../../shared/grouping/plan.ts';
import { problemLine, type Problem } from '../../shared/problem.ts';
import type { Journal, Secrets } from '../../shared/ports.ts';
import { countOf, printable } from './job-log-text.ts';
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

/** What happens on the way, as lines and warnings of the job log. */
export function createJournal(secrets: Secrets): Journal {
  return {
    info: (line) => info(printable(line, secrets)),
    warn: (line) => warning(printable(line, secrets)),
  };
}

/** Fails the step with every problem on a line of its own. */
export function tellBadInput(problems: readonly Problem[], secrets: Secrets): void {
  const lines = problems.map((problem) => printable(problemLine(problem), secrets));
  setFailed(
    [`Nothing was sent: ${countOf(problems.length, 'problem')} with the inputs.`, ...lines].join('\n'),
  );
}

/** Fails the step for what nobody foresaw, without the stack trace, in whose lines a secret could stand. */
export function tellBug(bug: unknown, secrets: Secrets): 1 {
  const message = bug instanceof Error ? bug.message : String(bug);
  setFailed(printable(`The Action came to an unforeseen end, please report it: ${message}`, secrets));
  return 1;
}

/** Shows what a dry run would send, and fails the step where it has to. Returns the exit code. */
export function tellPlan(
  plan: Plan,
  { failOnError, collectFailure }: Pick<Ending, 'failOnError' | 'collectFailure'>,
  secrets: Secrets,
): 0 | 1 {
  tellTree(treeOfPlan(plan), secrets);
  info(`Dry run: ${countOf(plan.logs.length, 'log')} planned, nothing was sent.`);
  tellCollectFailure(collectFailure, secrets);
  return collectFailure !== undefined && failOnError ? 1 : 0;
}

export interface Ending {
  readonly failOnError: boolean;
  readonly undeliveredFile: string;
  readonly cancelled: boolean;
  /** Why GitHub could not be read, where that was asked for. */
  readonly collectFailure?: string | undefined;
}

/** Shows what Desk has now, and fails the step where it has to. Returns the exit code. */
export function tellReport(
  report: Report,
  { failOnError, undeliveredFile, cancelled, collectFailure }: Ending,
  secrets: Secrets,
): 0 | 1 {
  tellTree(treeOfReport(report), secrets);
  const undelivered = report.outcomes.filter(
    (outcome): outcome is Undelivered => outcome.kind === 'undelivered',
  );
  info(
    `${countOf(report.outcomes.length - undelivered.length, 'log')} recorded, ${undelivered.length} undelivered.`,
  );
  if (undelivered.length > 0) {
    const message = undeliveredMessage(undelivered, report.outcomes.length, undeliveredFile, secrets);
    error(message, TITLE);
  }
  tellCollectFailure(collectFailure, secrets);
  if (cancelled) {
    setFailed('The run was cancelled.');
    return 1;
  }
  const failed = undelivered.length > 0 || collectFailure !== undefined;
  return failed && failOnError ? 1 : 0;
}

function tellCollectFailure(failure: string | undefined, secrets: Secrets): void {
  if (failure === undefined) return;
  error(printable(`The steps could not be read, so the parent stands alone. ${failure}`, secrets), TITLE);
}

function tellTree(parts: readonly TreePart[], secrets: Secrets): void {
  for (const { wireReference, installationId, rows } of parts) {
    const reference = wireReference === undefined ? 'No reference' : `Reference ${wireReference}`;
    info(printable(`${reference}, installation ${installationId}`, secrets));
    for (const row of rows) info(treeLine(row, secrets));
  }
}

function treeLine({ isParent, title, delivery, logId }: TreeRow, secrets: Secrets): string {
  const indent = isParent ? '  ' : '    ';
  const detail =
    delivery === 'recorded' || delivery === 'planned'
      ? (logId ?? '')
      : [logId, delivery].filter(Boolean).join(', ');
  return `${indent}${MARKS[delivery]} ${printable(title, secrets)}${detail && ` (${printable(detail, secrets)})`}`;
}

function undeliveredMessage(
  undelivered: readonly Undelivered[],
  planned: number,
  undeliveredFile: string,
  secrets: Secrets,
): string {
  const possibly = undelivered.filter(({ mayBeRecorded }) => mayBeRecorded).length;
  const byReason = Map.groupBy(undelivered, ({ reason }) => reason);
  return [
    `${undelivered.length} of ${countOf(planned, 'log')} undelivered` +
      (possibly > 0 ? `, ${possibly} of them possibly recorded all the same.` : '.'),
    ...[...byReason]
      .slice(0, NAMED_REASONS)
      .map(([reason, logs]) => printable(`${titlesOf(logs)}: ${reason}`, secrets)),
    byReason.size > NAMED_REASONS && `${countOf(byReason.size - NAMED_REASONS, 'more reason')} in the file.`,
    undeliveredFile &&
      `They are in ${undeliveredFile} until the job ends: keep the file with actions/upload-artifact, and give it to logs-file to log them again.`,
  ]
    .filter(Boolean)
    .join('\n');
}

function titlesOf(logs: readonly Undelivered[]): string {
  const named = logs.slice(0, NAMED_TITLES).map(({ log }) => `"${oneLine(log.title)}"`);
  const others = logs.length - named.length;
  return `${named.join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
}
