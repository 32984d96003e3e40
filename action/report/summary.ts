import { summary, warning } from '@actions/core';
import type { DeliveredPart, Report } from '../../shared/delivery/outcome.ts';
import type { PlannedLog } from '../../shared/grouping/part.ts';
import type { Plan } from '../../shared/grouping/plan.ts';
import type { Secrets } from '../../shared/ports.ts';
import { countOf, numberText } from '../../shared/text/count.ts';
import { oneLine } from '../../shared/text/one-line.ts';
import type { InstallationResult } from './installation-results.ts';
import { jobLogText } from './job-log-text.ts';
import { overallSign, shownOutcome } from './outcome-sign.ts';
import { treeOfPart, treeOfPlans, type TreePart } from './portal-tree.ts';
import type { RunResult } from './run-result.ts';
import { cautionOfReplay } from './undelivered-message.ts';
import { deskAddress, partRows, rowOfInstallation, shownWith, type Shown } from './summary-html.ts';

/** Zoho keeps an extension log for three days (documented). */
const RETENTION_MS = 3 * 24 * 60 * 60 * 1_000;

/**
 * GitHub drops a summary of more than 1 MiB
 * (https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits):
 * the parts that grow with the logs stay below it together, and the files have what is left out.
 */
const TREE_LIMITS = { rows: 1_000, bytes: 600_000 };
const INSTALLATIONS_LIMITS = { rows: 100, bytes: 200_000 };
/** Many logs, few reasons, as a rule; the undelivered file has the reason of each. */
const REASONS_LIMITS = { rows: 20, bytes: 100_000 };

/** Failures that are named above the tree. */
const NAMED_FAILURES = 5;

/** Adds to the job's summary how it went, what was delivered of it, and the tree that the portal shows. */
export async function writeSummary(run: RunResult, secrets: Secrets): Promise<void> {
  await write(summaryOfRun(run, shownWith(secrets)), secrets);
}

/** Adds to the job's summary what a dry run would log. */
export async function writePlanSummary(plans: readonly Plan[], secrets: Secrets): Promise<void> {
  const shown = shownWith(secrets);
  const logs = plans.reduce((sum, plan) => sum + plan.logs.length, 0);
  await write(
    [
      ...outcomeLines(plans, shown),
      paragraph(`<b>Dry run</b>: ${countOf(logs, 'log')} planned, nothing was sent.`),
      ...plannedTree(plans, shown),
    ].join('\n'),
    secrets,
  );
}

/** Adds to the job's summary that there was nothing to do, and why. */
export async function writeEmptySummary(why: string, secrets: Secrets): Promise<void> {
  await write(paragraph(shownWith(secrets)(why)), secrets);
}

async function write(html: string, secrets: Secrets): Promise<void> {
  try {
    await summary.addRaw(`${html}\n`).write();
  } catch (cause) {
    // An old runner has no summary; the logs are in Desk all the same.
    warning(jobLogText(`The job summary could not be written: ${(cause as Error).message}`, secrets));
  }
}

/** The summary of a run that sent something, as HTML. */
export function summaryOfRun(run: RunResult, shown: Shown): string {
  const { plans, report, toMany } = run;
  return [
    ...outcomeLines(plans, shown),
    paragraph(deliveryLine(run)),
    ...(run.installations.length > 1 ? installationsTable(run, shown) : reasons(report, shown)),
    ...(toMany ? plannedTree(plans, shown) : deliveredTree(report, shown)),
    ...howToKeep(run, shown),
    ...[cautionOfReplay(run)].filter(Boolean).map((caution) => paragraph(shown(caution))),
  ].join('\n');
}

function howToKeep({ undelivered, undeliveredFile, isPost }: RunResult, shown: Shown): string[] {
  if (undelivered.length === 0) return [];
  if (isPost) {
    return [
      paragraph(
        'The undelivered logs are printed in the job log. Save those lines as a <code>.jsonl</code> file, and give it to <code>logs-file</code> to log them again.',
      ),
    ];
  }
  if (undeliveredFile === '') return [];
  return [
    paragraph(
      `The undelivered logs are in <code>${shown(undeliveredFile)}</code> until the job ends. Keep the file with <code>actions/upload-artifact</code>, and give it to <code>logs-file</code> to log them again.`,
    ),
  ];
}

/** `❌ Release v1.4.2: failed · 3 of 4 jobs`, the first group's parent, and below it what failed. */
function outcomeLines(plans: readonly Plan[], shown: Shown): string[] {
  const logs = plans.flatMap((plan) => plan.logs);
  const [parent] = logs;
  if (parent === undefined) return ['<h3>Zoho Desk extension logs</h3>'];
  const own = shownOutcome(parent);
  const sign = parent.status === undefined ? overallSign(logs) : own.sign;
  const title = [sign, shown(oneLine(own.title))].filter(Boolean).join(' ');
  return [`<h3>${title}</h3>`, ...failedLines(logs, parent, shown)];
}

/** `❌ Smoke tests · 48 s`: each failure once, however many installations it goes to; each has the parent too. */
function failedLines(logs: readonly PlannedLog[], parent: PlannedLog, shown: Shown): string[] {
  const subLogs = logs.filter(({ title }) => title !== parent.title);
  const failed = new Set(
    subLogs.map(shownOutcome).flatMap(({ sign, title }) => (sign === '❌' ? [title] : [])),
  );
  if (failed.size === 0) return [];
  const named = [...failed].slice(0, NAMED_FAILURES).map((title) => `❌ ${shown(oneLine(title))}`);
  const left = failed.size - named.length;
  return [
    paragraph([...named, ...(left > 0 ? [`and ${numberText(left)} more that failed`] : [])].join('<br>')),
  ];
}

function deliveryLine(run: RunResult): string {
  const { report, installations } = run;
  const recorded = report.outcomes.filter(({ kind }) => kind === 'recorded').length;
  const undelivered = report.outcomes.length - recorded;
  const some = (count: (result: InstallationResult) => number) =>
    installations.length > 1 ? inSome(installations.filter((result) => count(result) > 0).length, run) : '';
  return [
    undelivered > 0 &&
      `⚠️ <b>${countOf(undelivered, 'log')} undelivered</b>${some((result) => result.undelivered)}`,
    `<b>${countOf(recorded, 'log')} recorded</b>${some((result) => result.recorded)}`,
    expiry(report),
    portalLink(run),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** ` in 2 of 4 installations`, or ` in 4 installations` where it is all of them. */
function inSome(some: number, { installations: { length } }: RunResult): string {
  const of = some === length ? '' : `${numberText(some)} of `;
  return some === 0 ? '' : ` in ${of}${countOf(length, 'installation')}`;
}

/** Where it all went to one portal. */
function portalLink({ installations }: RunResult): string {
  const [only, another] = installations;
  const address = another === undefined && only ? deskAddress(only.deskUrl) : undefined;
  return address === undefined ? '' : `<a href="${address}">Zoho Desk</a>`;
}

/** When the first of the logs is gone, by Desk's clock where it told the time. */
function expiry({ outcomes }: Report): string | undefined {
  let first = Infinity;
  let recorded = false;
  for (const outcome of outcomes) {
    if (outcome.kind !== 'recorded') continue;
    recorded = true;
    const time = Date.parse(String(outcome.answer.body['logTime']));
    if (time < first) first = time;
  }
  if (!recorded) return undefined;
  const at = new Date((Number.isFinite(first) ? first : Date.now()) + RETENTION_MS);
  return `they expire from ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC on`;
}

/** A plan has one column, for nothing has been delivered yet. */
function plannedTree(plans: readonly Plan[], shown: Shown): string[] {
  const parts = treeOfPlans(plans);
  const rows = parts.reduce((sum, part) => sum + 1 + part.rows.length, 0);
  return table(['Log'], rowsOfTree(parts, shown), rows, TREE_LIMITS);
}

/** Made part by part, as far as the summary has room: a report may have a hundred thousand logs. */
function deliveredTree({ parts }: Report, shown: Shown): string[] {
  const withLogs = parts.filter(({ outcomes }) => outcomes.length > 0);
  const rows = withLogs.reduce((sum, { outcomes }) => sum + 1 + outcomes.length, 0);
  return table(['Log', 'Delivery'], rowsOfTree(treesOf(withLogs), shown), rows, TREE_LIMITS);
}

function* treesOf(parts: readonly DeliveredPart[]): Generator<TreePart> {
  for (const part of parts) yield treeOfPart(part);
}

function* rowsOfTree(parts: Iterable<TreePart>, shown: Shown): Generator<string> {
  for (const part of parts) yield* partRows(part, shown);
}

function installationsTable({ installations }: RunResult, shown: Shown): string[] {
  const failedFirst = installations.toSorted(
    (one, other) => Number(other.undelivered > 0) - Number(one.undelivered > 0),
  );
  const rows = failedFirst
    .slice(0, INSTALLATIONS_LIMITS.rows)
    .map((result) => rowOfInstallation(result, shown));
  return table(['Installation', 'Logs'], rows, installations.length, INSTALLATIONS_LIMITS);
}

function reasons({ outcomes }: Report, shown: Shown): string[] {
  const undelivered = outcomes.flatMap((outcome) => (outcome.kind === 'undelivered' ? [outcome.reason] : []));
  const different = [...new Set(undelivered)].slice(0, REASONS_LIMITS.rows);
  return withinLimits(
    different.map((reason) => paragraph(shown(reason))),
    REASONS_LIMITS,
  );
}

/** At most two columns, which a phone shows side by side. */
function table(
  columns: readonly string[],
  rows: Iterable<string>,
  total: number,
  limits: typeof TREE_LIMITS,
): string[] {
  const shown = withinLimits(rows, limits);
  const leftOut = total - shown.length;
  return [
    `<table><tr>${columns.map((column) => `<th>${column}</th>`).join('')}</tr>`,
    ...shown,
    '</table>',
    ...(leftOut > 0
      ? [paragraph(`${countOf(leftOut, 'more row')} ${leftOut === 1 ? 'is' : 'are'} left out here.`)]
      : []),
  ];
}

function withinLimits(rows: Iterable<string>, limits: typeof TREE_LIMITS): string[] {
  const kept: string[] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += Buffer.byteLength(row);
    if (kept.length === limits.rows || bytes > limits.bytes) break;
    kept.push(row);
  }
  return kept;
}

function paragraph(html: string): string {
  return `<p>${html}</p>`;
}
