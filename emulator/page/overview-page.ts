import type { Desk } from '../desk/desk.ts';
import type { Portal } from '../portals/portal.ts';
import { documentView } from './document-view.ts';
import { hidden } from './filter-view.ts';
import { counted, escapeHtml } from './html-text.ts';
import { type Outcome, signView } from './outcome.ts';
import { hrefOf, type PageAddress, type PortalsShown } from './page-address.ts';
import { joinParts, logsOf, outcomeOfGroup } from './shown-groups.ts';

/** How many portals one page shows. */
const PORTALS_PER_PAGE = 1_000;

/** A portal in one line. */
interface PortalLine {
  readonly portal: Portal;
  readonly logs: number;
  /** How its newest group went. */
  readonly outcome: Outcome | undefined;
  /** What is wrong with the portal itself, in a word or two. */
  readonly trouble: string | undefined;
}

const CHOICES: readonly { show: PortalsShown; text: string; holds: (line: PortalLine) => boolean }[] = [
  { show: 'all', text: 'All', holds: () => true },
  { show: 'failed', text: 'Failed', holds: ({ outcome }) => outcome === 'failed' },
  { show: 'without-logs', text: 'Without logs', holds: ({ logs }) => logs === 0 },
  { show: 'trouble', text: 'In trouble', holds: ({ trouble }) => trouble !== undefined },
];

/** All portals at a glance: how the newest group of each went, how many logs it has, and what is wrong with it. */
export function overviewPage(address: PageAddress, desk: Desk): string {
  const now = desk.clock.now();
  const all = desk.portals.all().map((portal) => lineOf(portal, desk, now));
  const holds = CHOICES.find(({ show }) => show === address.show)?.holds ?? (() => true);
  const sought = all.filter((line) => holds(line) && isNamed(line.portal, address.q));
  const start = Math.max(
    0,
    sought.findIndex(({ portal }) => portal.orgId === address.from),
  );
  const shown = sought.slice(start, start + PORTALS_PER_PAGE);
  const next = sought[start + PORTALS_PER_PAGE];
  return documentView({
    title: 'Portals',
    eyebrow: 'Local Zoho Desk',
    heading: counted(all.length, 'portal'),
    main: `${searchView(address)}${choicesView(address, all)}
${shown.length === 0 ? '<p class="none-sought">No portal matches. <a href="/">Show all</a></p>' : `<ol class="portals">${shown.map(lineView).join('\n')}</ol>`}
${next === undefined ? '' : `<p class="older"><a href="${hrefOf(address, { from: next.portal.orgId })}">Show more</a></p>`}`,
  });
}

function lineOf(portal: Portal, desk: Desk, now: number): PortalLine {
  const groups = joinParts(desk.logs.visibleGroups(portal.orgId, now));
  const [newest] = groups;
  return {
    portal,
    logs: groups.reduce((sum, group) => sum + logsOf(group).length, 0),
    outcome: newest === undefined ? undefined : outcomeOfGroup(newest),
    trouble: troubleOf(portal),
  };
}

function troubleOf({ settings }: Portal): string | undefined {
  if (settings.reachable === false) return 'does not answer';
  if (settings.installed === false) return 'uninstalled';
  if (settings.creditsPerDay !== undefined && settings.creditsPerDay !== null)
    return `${counted(settings.creditsPerDay, 'credit')} a day`;
  if (settings.concurrentCalls !== undefined && settings.concurrentCalls !== null)
    return `${counted(settings.concurrentCalls, 'call')} at once`;
  return settings.latencyMs === undefined ? undefined : `answers after ${settings.latencyMs / 1000} s`;
}

function isNamed({ name, orgId, installations }: Portal, q: string): boolean {
  const texts = [name, orgId, ...installations.map(({ installationId }) => installationId)];
  return texts.some((text) => text.toLowerCase().includes(q.toLowerCase()));
}

function searchView({ q, show }: PageAddress): string {
  return `<form class="filter" role="search" aria-label="Find a portal" action="/" method="get">
${hidden('show', show === 'all' ? null : show)}
<label>Name or id <input type="search" name="q" value="${escapeHtml(q)}" autocomplete="off" dir="auto"></label>
<button type="submit">Find</button>
</form>`;
}

function choicesView(address: PageAddress, all: readonly PortalLine[]): string {
  const links = CHOICES.map(({ show, text, holds }) => {
    const current = show === address.show ? ' aria-current="true"' : '';
    const count = all.filter(holds).length.toLocaleString('en');
    return `<a href="${hrefOf(address, { show, from: null })}"${current}>${text} ${count}</a>`;
  });
  return `<nav class="choices" aria-label="View">${links.join('')}</nav>`;
}

function lineView({ portal, logs, outcome, trouble }: PortalLine): string {
  const href = `/?portal=${encodeURIComponent(portal.orgId)}`;
  const facts = [
    logs === 0 ? 'no logs' : counted(logs, 'log'),
    ...(outcome === undefined ? [] : [`newest ${outcome}`]),
    ...(trouble === undefined ? [] : [`<span class="trouble">${escapeHtml(trouble)}</span>`]),
  ];
  return `<li class="portal" id="portal-${portal.orgId}">${signView(outcome)}<a href="${href}" dir="auto">${escapeHtml(portal.name)}</a>
<span class="byline">${facts.join(' <span class="dot">·</span> ')}</span></li>`;
}
