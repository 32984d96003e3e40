import type { Desk } from '../desk/desk.ts';
import type { Portal } from '../portals/portal.ts';
import { documentView } from './document-view.ts';
import { filterView } from './filter-view.ts';
import { firstLogView } from './first-log-view.ts';
import { groupView } from './group-view.ts';
import { counted, escapeHtml } from './html-text.ts';
import { hrefOf, isFiltered, type PageAddress } from './page-address.ts';
import { portalSwitchView } from './portal-switch-view.ts';
import { hasSought, joinParts, logsOf, type ShownGroup } from './shown-groups.ts';

/** How many groups one page shows, so that a thousand stay readable and quick. */
const GROUPS_PER_PAGE = 200;

/** One portal's page: its groups newest first, those that the address asks for. */
export function portalPage(address: PageAddress, portal: Portal, desk: Desk): string {
  const now = desk.clock.now();
  const isOne = desk.portals.all().length === 1;
  const all = joinParts(desk.logs.visibleGroups(portal.orgId, now));
  const main =
    all.length === 0
      ? isOne
        ? firstLogView(desk)
        : '<section class="empty"><h2>No logs yet</h2><p>Nothing was written to this portal in the last three days.</p></section>'
      : groupsView(address, all, portal, now);
  return documentView({
    title: isOne ? 'Extension logs' : portal.name,
    eyebrow: `Local Zoho Desk <span class="dot">·</span> portal ${escapeHtml(portal.orgId)}`,
    heading: isOne ? 'Extension logs' : portal.name,
    main: `${isOne ? '' : portalSwitchView(address, portal, desk)}${main}`,
    portal: portal.orgId,
  });
}

function groupsView(address: PageAddress, all: readonly ShownGroup[], portal: Portal, now: number): string {
  const sought = isFiltered(address) ? all.filter((group) => hasSought(group, address)) : all;
  const { before } = address;
  const start = before === null ? 0 : sought.findIndex((group) => idOf(group) < numberIn(before));
  const shown = start === -1 ? [] : sought.slice(start, start + GROUPS_PER_PAGE);
  const list = shown.map((group) => groupView(group, address, now)).join('\n');
  const groups =
    sought.length === 0
      ? `<p class="none-sought">No log matches. <a href="${hrefOf(address, NO_FILTER)}">Show all</a></p>`
      : `<ol class="groups">${list}</ol>`;
  return `${filterView(address, portal)}${toolbarView(address, all, sought)}${groups}${olderView(address, sought, shown)}`;
}

const NO_FILTER: Partial<PageAddress> = { q: '', outcome: null, installation: null, before: null };

function idOf({ parts: [{ parent }] }: ShownGroup): bigint {
  return BigInt(parent.logId);
}

function numberIn(text: string): bigint {
  return /^\d{1,30}$/.test(text) ? BigInt(text) : 0n;
}

function toolbarView(
  address: PageAddress,
  all: readonly ShownGroup[],
  sought: readonly ShownGroup[],
): string {
  const logs = sought.reduce((sum, group) => sum + logsOf(group).length, 0);
  const groups = isFiltered(address)
    ? `${sought.length.toLocaleString('en')} of ${counted(all.length, 'group')}`
    : counted(all.length, 'group');
  const newest = address.before === null ? '' : `<a href="${hrefOf(address, { before: null })}">Newest</a>`;
  const open = `<a href="${hrefOf(address, { isOpen: !address.isOpen })}">${address.isOpen ? 'Close all' : 'Open all'}</a>`;
  return `<div class="toolbar"><p>${groups}, ${counted(logs, 'log')} in all</p>
<nav aria-label="View">${newest}${open}</nav></div>`;
}

function olderView(
  address: PageAddress,
  sought: readonly ShownGroup[],
  shown: readonly ShownGroup[],
): string {
  const last = shown.at(-1);
  if (last === undefined || last === sought.at(-1)) return '';
  return `<p class="older"><a href="${hrefOf(address, { before: last.parts[0].parent.logId })}">Show older</a></p>`;
}
