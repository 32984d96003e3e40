import type { Desk } from '../desk/desk.ts';
import type { Portal } from '../portals/portal.ts';
import { option } from './filter-view.ts';
import { escapeHtml } from './html-text.ts';
import { hrefOf, type PageAddress, readPageAddress } from './page-address.ts';

/** With more portals than this there is no list to choose from: the overview finds them by name. */
const MOST_CHOICES = 1_000;

const OVERVIEW = readPageAddress(new URLSearchParams());

/** The way from one portal to the overview, to its neighbours and to any other. */
export function portalSwitchView(address: PageAddress, portal: Portal, { portals }: Desk): string {
  const all = portals.all();
  const at = all.indexOf(portal);
  return `<nav class="portal-switch" aria-label="Portals"><a href="/">All portals</a>
${neighbourView(address, all[at - 1], 'Previous')}${neighbourView(address, all[at + 1], 'Next')}
${all.length > MOST_CHOICES ? '' : choiceView(all, portal)}</nav>`;
}

function neighbourView({ isOpen }: PageAddress, portal: Portal | undefined, text: string): string {
  if (portal === undefined) return '';
  return `<a href="${hrefOf(OVERVIEW, { portal: portal.orgId, isOpen })}" title="${escapeHtml(portal.name)}">${text}</a>`;
}

function choiceView(all: readonly Portal[], portal: Portal): string {
  const options = all.map(({ orgId, name }) => option(orgId, name, portal.orgId));
  return `<form class="choice" action="/" method="get"><label>Portal <select name="portal">${options.join('')}</select></label>
<button type="submit">Show</button></form>`;
}
