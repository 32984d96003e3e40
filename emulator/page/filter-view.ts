import type { Portal } from '../portals/portal.ts';
import { escapeHtml } from './html-text.ts';
import { OUTCOMES } from './outcome.ts';
import type { PageAddress } from './page-address.ts';

/** The form that filters a portal's logs. It is a plain GET, so its result has an address, also without JavaScript. */
export function filterView(address: PageAddress, { installations }: Portal): string {
  const outcomes = OUTCOMES.map((outcome) => option(outcome, capitalized(outcome), address.outcome));
  const ids = installations.map(({ installationId }) =>
    option(installationId, installationId, address.installation),
  );
  return `<form class="filter" role="search" aria-label="Filter the logs" action="/" method="get">
${hidden('portal', address.portal)}${hidden('open', address.isOpen ? 'all' : null)}
<label>Text <input type="search" name="q" value="${escapeHtml(address.q)}" autocomplete="off" dir="auto"></label>
<label>Outcome <select name="outcome"><option value="">Any</option>${outcomes.join('')}</select></label>
${ids.length < 2 ? '' : `<label>Installation <select name="installation"><option value="">Any</option>${ids.join('')}</select></label>`}
<button type="submit">Filter</button>
</form>`;
}

/** An option of a choice, chosen when it is the current one. */
export function option(value: string, text: string, current: string | null): string {
  return `<option value="${escapeHtml(value)}"${value === current ? ' selected' : ''}>${escapeHtml(text)}</option>`;
}

/** A field that a form carries on from the address, or nothing. */
export function hidden(name: string, value: string | null): string {
  return value === null ? '' : `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
