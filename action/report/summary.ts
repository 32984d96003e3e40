import { summary, warning } from '@actions/core';
import type { Report } from '../../shared/delivery/outcome.ts';
import type { Secrets } from '../../shared/ports.ts';
import { countOf } from '../../shared/text/count.ts';
import { durationText } from '../../shared/text/duration.ts';
import { jobLogText } from './job-log-text.ts';
import { treeOfReport, type TreePart, type TreeRow } from './portal-tree.ts';

/** Zoho keeps an extension log for three days (documented). */
const RETENTION_MS = 3 * 24 * 60 * 60 * 1_000;
/** GitHub drops a summary of more than 1 MiB; the job log has what is left out here. */
const ROWS_LIMIT = 1_000;
const ROWS_BYTES_LIMIT = 900_000;
/** Many logs, few reasons, as a rule; the undelivered file has the reason of each. */
const REASONS_LIMIT = 20;

/** Adds the tree that the portal shows to the job's summary. */
export async function writeSummary(
  report: Report,
  { undeliveredFile }: { readonly undeliveredFile: string },
  secrets: Secrets,
): Promise<void> {
  try {
    await summary.addRaw(secrets.redact(summaryOf(report, undeliveredFile))).write();
  } catch (cause) {
    // An old runner has no summary; the logs are in Desk all the same.
    warning(jobLogText(`The job summary could not be written: ${(cause as Error).message}`, secrets));
  }
}

function summaryOf(report: Report, undeliveredFile: string): string {
  const parts = treeOfReport(report);
  const rows = parts.flatMap(htmlRows);
  const shown = withinLimits(rows);
  const leftOut = rows.length - shown.length;
  return [
    '### Zoho Desk extension logs\n',
    `${headline(report)}\n`,
    '<table><tr><th>Log</th><th>Status</th><th>Delivery</th><th>Took</th><th>Log id</th></tr>',
    ...shown,
    '</table>\n',
    leftOut > 0 ? `${countOf(leftOut, 'more row')} in the job log.\n` : '',
    ...reasons(report),
    undeliveredFile &&
      `The undelivered logs are in <code>${escaped(undeliveredFile)}</code> until the job ends: keep the file with <code>actions/upload-artifact</code>, and give it to <code>logs-file</code> to log them again.\n`,
    '',
  ].join('\n');
}

function withinLimits(rows: readonly string[]): string[] {
  let bytes = 0;
  const firstTooMany = rows.findIndex((row) => (bytes += Buffer.byteLength(row)) > ROWS_BYTES_LIMIT);
  return rows.slice(0, Math.min(ROWS_LIMIT, firstTooMany === -1 ? ROWS_LIMIT : firstTooMany));
}

function headline(report: Report): string {
  const recorded = report.outcomes.filter(({ kind }) => kind === 'recorded').length;
  const undelivered = report.outcomes.length - recorded;
  return [
    `**${countOf(recorded, 'log')} recorded**`,
    undelivered > 0 && `**${undelivered} undelivered**`,
    expiry(report),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** When the first of the logs is gone, by Desk's clock where it told the time. */
function expiry({ outcomes }: Report): string | undefined {
  const times = outcomes.flatMap((outcome) =>
    outcome.kind === 'recorded' ? [Date.parse(String(outcome.answer.body['logTime']))] : [],
  );
  if (times.length === 0) return undefined;
  const known = times.filter(Number.isFinite);
  const first = known.length > 0 ? Math.min(...known) : Date.now();
  const at = new Date(first + RETENTION_MS).toISOString().slice(0, 16).replace('T', ' ');
  return `they expire from ${at} UTC on`;
}

function htmlRows({ wireReference, installationId, rows }: TreePart): string[] {
  const place = `${wireReference === undefined ? '' : `Reference <code>${escaped(wireReference)}</code>, `}installation <code>${escaped(installationId)}</code>`;
  return [`<tr><td colspan="5">${place}</td></tr>`, ...rows.map(htmlRow)];
}

function htmlRow({ isParent, title, status, delivery, durationMs, logId }: TreeRow): string {
  const shownTitle = isParent ? `<b>${escaped(title)}</b>` : `&nbsp;&nbsp;↳ ${escaped(title)}`;
  const took = durationMs === undefined ? '' : durationText(durationMs);
  const mark = logId === undefined ? '❌' : '✅';
  const cells = [
    shownTitle,
    escaped(status ?? ''),
    `${mark} ${delivery}`,
    took,
    logId && `<code>${escaped(logId)}</code>`,
  ];
  return `<tr>${cells.map((cell) => `<td>${cell ?? ''}</td>`).join('')}</tr>`;
}

function reasons({ outcomes }: Report): string[] {
  const undelivered = outcomes.flatMap((outcome) => (outcome.kind === 'undelivered' ? [outcome.reason] : []));
  return [...new Set(undelivered)].slice(0, REASONS_LIMIT).map((reason) => `<p>${escaped(reason)}</p>\n`);
}

/** Text inside an HTML table, where Markdown does not count; a blank line would end the table. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
