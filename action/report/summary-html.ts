import { DATA_CENTERS } from '../../shared/zoho/data-centers.ts';
import type { Secrets } from '../../shared/ports.ts';
import { durationText } from '../../shared/text/duration.ts';
import { oneLine } from '../../shared/text/one-line.ts';
import type { InstallationResult } from './installation-results.ts';
import { shownOutcome } from './outcome-sign.ts';
import type { TreePart, TreeRow } from './portal-tree.ts';

/** Prepares a text from outside for the summary: redacted, and with its markup escaped. */
export type Shown = (text: string) => string;

/** Text inside HTML, where Markdown does not count; a blank line would end the HTML. */
export function shownWith({ redact }: Secrets): Shown {
  return (text) =>
    redact(text)
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;');
}

/** One row for the reference and one for each log: its outcome first, its delivery second. */
export function* partRows(part: TreePart, shown: Shown): Generator<string> {
  const isPlanned = part.rows[0]?.delivery === 'planned';
  yield `<tr><td${isPlanned ? '' : ' colspan="2"'}>${whereabouts(part, shown)}</td></tr>`;
  for (const row of part.rows) yield rowOfLog(row, shown);
}

function whereabouts({ wireReference, installationId, installations }: TreePart, shown: Shown): string {
  const reference =
    wireReference === undefined ? 'No reference' : `Reference <code>${shown(wireReference)}</code>`;
  if (installations > 1) return `${reference}, ${installations} installations`;
  return installationId === ''
    ? reference
    : `${reference}, installation <code>${shown(installationId)}</code>`;
}

function rowOfLog(row: TreeRow, shown: Shown): string {
  const { sign, title } = shownOutcome(row);
  const text = [sign, shown(title)].filter(Boolean).join(' ');
  const log = row.isParent ? `<b>${text}</b>` : `&nbsp;&nbsp;${text}`;
  const delivery = row.delivery === 'planned' ? '' : `<td>${deliveryOf(row, shown)}</td>`;
  return `<tr><td>${log}</td>${delivery}</tr>`;
}

/** A delivered log is shown by its id; only what is not as it should be takes words. */
function deliveryOf({ delivery, logId, durationMs }: TreeRow, shown: Shown): string {
  const id = logId === undefined ? '' : `<code>${shown(logId)}</code>`;
  const took = durationMs === undefined || logId === undefined ? '' : durationText(durationMs);
  const words = delivery === 'recorded' ? delivery : `⚠️ ${delivery}`;
  return [id || words, took, id !== '' && delivery !== 'recorded' && words].filter(Boolean).join(' · ');
}

/** One row for an installation: its name, its ids and what went wrong first, how many of its logs it has second. */
export function rowOfInstallation(result: InstallationResult, shown: Shown): string {
  const { installationId, orgId, deskUrl, name, recorded, undelivered, reason } = result;
  const ids = `installation <code>${shown(installationId)}</code>, organization <code>${shown(orgId)}</code>`;
  const named = name ? `${linked(shown(oneLine(name)), deskUrl)}<br>${ids}` : linked(ids, deskUrl);
  const why = reason === undefined ? '' : `<br>${shown(reason)}`;
  const counts =
    undelivered === 0 ? `${recorded} of ${recorded}` : `⚠️ ${recorded} of ${recorded + undelivered}`;
  return `<tr><td>${named}${why}</td><td>${counts}</td></tr>`;
}

const KNOWN_DESKS: ReadonlySet<string> = new Set(Object.values(DATA_CENTERS).map(({ deskUrl }) => deskUrl));

/** The address of the portal's help desk; an address that the inputs give may be the API's alone. */
export function deskAddress(deskUrl: string): string | undefined {
  return KNOWN_DESKS.has(deskUrl) ? deskUrl : undefined;
}

function linked(html: string, deskUrl: string): string {
  const address = deskAddress(deskUrl);
  return address === undefined ? html : `<a href="${address}">${html}</a>`;
}
