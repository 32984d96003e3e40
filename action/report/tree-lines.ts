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

/** So many logs are named one by one; of more, only those that were not delivered. */
const NAMED_LOGS = 200;
/** Undelivered logs of a larger delivery that are named; the undelivered file has all. */
const NAMED_UNDELIVERED = 1_000;

/** Prints what the portals show now, a folded group for each part or, of several, for each installation. */
export function printDelivered({ report, installations, resultsFile }: RunResult, secrets: Secrets): void {
  const total = report.outcomes.length;
  if (total <= NAMED_LOGS) {
    for (const result of installations) printGroups(result, installations.length > 1, () => true, secrets);
    return;
  }
  let named = 0;
  const isNamed = (row: TreeRow) =>
    row.delivery.startsWith('undelivered') && (named += 1) <= NAMED_UNDELIVERED;
  for (const result of installations) {
    if (named >= NAMED_UNDELIVERED) break;
    if (result.undelivered > 0) printGroups(result, installations.length > 1, isNamed, secrets);
  }
  const where = resultsFile === '' ? '' : ` Each of them is in ${resultsFile}.`;
  info(jobLogText(`More than ${NAMED_LOGS} logs are not named here one by one.${where}`, secrets));
}

/** Prints what the portals would show. What several installations get is printed once. */
export function printPlans(plans: readonly Plan[], secrets: Secrets): void {
  let left = NAMED_LOGS;
  for (const part of treeOfPlans(plans)) {
    const rows = part.rows.slice(0, left);
    left -= rows.length;
    if (rows.length === 0) break;
    inGroup(`${placeOf(part)}: ${countOf(part.rows.length, 'log')}`, () => printRows(rows, secrets), secrets);
  }
  if (left === 0) info(`Only the first ${NAMED_LOGS} logs of the plan are shown.`);
}

function printGroups(
  result: InstallationResult,
  oneForAll: boolean,
  isNamed: (row: TreeRow) => boolean,
  secrets: Secrets,
): void {
  const parts = result.parts.filter(({ outcomes }) => outcomes.length > 0);
  if (oneForAll) {
    const { recorded, undelivered } = result;
    inGroup(
      `${nameOf(result)}: ${countsText(recorded, undelivered)}`,
      () => {
        for (const part of parts) {
          const tree = treeOfPart(part);
          const rows = tree.rows.filter(isNamed);
          if (rows.length === 0) continue;
          info(jobLogText(referenceOf(tree), secrets));
          printRows(rows, secrets, '  ');
        }
      },
      secrets,
    );
    return;
  }
  for (const part of parts) {
    const tree = treeOfPart(part);
    const rows = tree.rows.filter(isNamed);
    if (rows.length === 0) continue;
    const own = part.outcomes.filter(({ log }) => !isHeading(log));
    const recorded = own.filter(({ kind }) => kind === 'recorded').length;
    inGroup(
      `${placeOf(tree)}: ${countsText(recorded, own.length - recorded)}`,
      () => printRows(rows, secrets),
      secrets,
    );
  }
}

function inGroup(title: string, print: () => void, secrets: Secrets): void {
  startGroup(jobLogText(title, secrets));
  print();
  endGroup();
}

/** `7 logs recorded`, `5 logs recorded, 2 undelivered`. */
export function countsText(recorded: number, undelivered: number): string {
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
