import { endGroup, info, startGroup } from '@actions/core';
import { isHeading } from '../../shared/grouping/part.ts';
import type { Plan } from '../../shared/grouping/plan.ts';
import type { Secrets } from '../../shared/ports.ts';
import { countOf } from '../../shared/text/count.ts';
import { oneLine } from '../../shared/text/one-line.ts';
import type { InstallationResult } from './installation-results.ts';
import { jobLogText } from './job-log-text.ts';
import { treeOfPart, treeOfPlans, type TreePart, type TreeRow } from './portal-tree.ts';
import type { RunResult } from './run-result.ts';

/** Up to so many logs, each is named. Of more, only the undelivered ones are. */
const NAMED_LOGS = 200;
/** Undelivered logs of such a delivery that are named; the undelivered file has all of them. */
const NAMED_UNDELIVERED = 1_000;

type IsNamed = (row: TreeRow) => boolean;

/** Prints what the portals show now, a folded group for each part or, of several, for each installation. */
export function printDelivered({ report, installations, resultsFile }: RunResult, secrets: Secrets): void {
  const print = installations.length > 1 ? printInstallation : printParts;
  if (report.outcomes.length <= NAMED_LOGS) {
    for (const result of installations) print(result, () => true, secrets);
    return;
  }
  let named = 0;
  const isNamed = (row: TreeRow) =>
    row.delivery.startsWith('undelivered') && (named += 1) <= NAMED_UNDELIVERED;
  for (const result of installations) {
    if (named >= NAMED_UNDELIVERED) break;
    if (result.undelivered > 0) print(result, isNamed, secrets);
  }
  const all = resultsFile === '' ? '' : ` ${resultsFile} has all of them.`;
  info(jobLogText(`With more than ${NAMED_LOGS} logs, only undelivered ones are named here.${all}`, secrets));
}

/** Prints what the portals would show. What several installations get is printed once. */
export function printPlans(plans: readonly Plan[], secrets: Secrets): void {
  let left = NAMED_LOGS;
  for (const part of treeOfPlans(plans)) {
    if (left === 0) {
      info(`Only the first ${NAMED_LOGS} logs of the plan are shown.`);
      return;
    }
    const rows = part.rows.slice(0, left);
    left -= rows.length;
    inGroup(`${placeOf(part)}: ${countOf(part.rows.length, 'log')}`, () => printRows(rows, secrets), secrets);
  }
}

function printInstallation(result: InstallationResult, isNamed: IsNamed, secrets: Secrets): void {
  inGroup(
    `${nameOf(result)}: ${countsText(result.recorded, result.undelivered)}`,
    () => {
      for (const { tree, rows } of namedRows(result, isNamed)) {
        info(jobLogText(referenceOf(tree), secrets));
        printRows(rows, secrets, '  ');
      }
    },
    secrets,
  );
}

function printParts(result: InstallationResult, isNamed: IsNamed, secrets: Secrets): void {
  for (const { part, tree, rows } of namedRows(result, isNamed)) {
    const own = part.outcomes.filter(({ log }) => !isHeading(log));
    const recorded = own.filter(({ kind }) => kind === 'recorded').length;
    const title = `${placeOf(tree)}: ${countsText(recorded, own.length - recorded)}`;
    inGroup(title, () => printRows(rows, secrets), secrets);
  }
}

/** The parts that have a row to be named. */
function namedRows({ parts }: InstallationResult, isNamed: IsNamed) {
  return parts.flatMap((part) => {
    const tree = treeOfPart(part);
    const rows = tree.rows.filter(isNamed);
    return rows.length === 0 ? [] : [{ part, tree, rows }];
  });
}

function inGroup(title: string, print: () => void, secrets: Secrets): void {
  startGroup(jobLogText(title, secrets));
  print();
  endGroup();
}

/** `7 logs recorded`, `5 logs recorded, 2 undelivered`. */
function countsText(recorded: number, undelivered: number): string {
  return `${countOf(recorded, 'log')} recorded${undelivered > 0 ? `, ${undelivered} undelivered` : ''}`;
}

function nameOf({ name, installationId, orgId }: InstallationResult): string {
  const ids = `installation ${installationId} of organization ${orgId}`;
  return name ? `${oneLine(name)}, ${ids}` : `Installation ${ids.slice('installation '.length)}`;
}

function placeOf(part: TreePart): string {
  const { installationId, installations } = part;
  if (installations > 1) return `${referenceOf(part)}, ${countOf(installations, 'installation')}`;
  return installationId === '' ? referenceOf(part) : `${referenceOf(part)}, installation ${installationId}`;
}

function referenceOf({ wireReference }: TreePart): string {
  return wireReference === undefined ? 'No reference' : `Reference ${wireReference}`;
}

function printRows(rows: readonly TreeRow[], secrets: Secrets, indent = ''): void {
  for (const row of rows) info(`${indent}${row.isParent ? '' : '  '}${lineOf(row, secrets)}`);
}

/**
 * The title as the portal shows it. No mark stands before it: beside "Failed · Smoke tests", a check
 * mark would speak of the delivery and be read as the outcome.
 */
function lineOf({ title, delivery, logId }: TreeRow, secrets: Secrets): string {
  const text = jobLogText(title, secrets);
  switch (delivery) {
    case 'planned':
      return text;
    case 'recorded':
      return `${text} (${jobLogText(logId ?? '', secrets)})`;
    case 'recorded, possibly more than once':
      return `${text} (${jobLogText(logId ?? '', secrets)}, ${delivery})`;
    case 'undelivered':
      return `Undelivered: ${text}`;
    case 'undelivered, possibly recorded':
      return `Undelivered, possibly recorded: ${text}`;
  }
}
