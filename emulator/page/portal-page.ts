import type { Desk } from '../desk/desk.ts';
import { firstLogCommands } from './shell-commands.ts';
import { groupView } from './group-view.ts';
import { escapeHtml } from './html-text.ts';
import type { Group } from '../logs/log-store.ts';

/** How many parent logs one page shows, so that a thousand stay readable and quick. */
export const PARENTS_PER_PAGE = 200;

/** The portal's page: parents newest first, from `before` (a parent's id) on; `open=all` opens every one. */
export function pageView(query: URLSearchParams, desk: Desk): string {
  const now = desk.clock.now();
  const all = desk.logs.visibleGroups(now);
  const before = query.get('before');
  const start = before === null ? 0 : all.findIndex(({ parent }) => BigInt(parent.logId) < idOf(before));
  const shown = start === -1 ? [] : all.slice(start, start + PARENTS_PER_PAGE);
  const isOpen = query.get('open') === 'all';
  const list = shown.map((group) => groupView(group, isOpen, now)).join('\n');
  return documentView(`<header class="masthead">
<div><p class="eyebrow">Local Zoho Desk <span class="dot">·</span> portal ${escapeHtml(desk.credentials.orgId)}</p>
<h1>Extension logs</h1></div>
<p class="connection" id="connection" hidden></p>
</header>
<main id="portal">
${all.length === 0 ? emptyView(desk) : `${toolbarView(all, isOpen, before)}<ol class="groups">${list}</ol>${olderView(all, shown, isOpen)}`}
</main>
<footer><p>Every log is dropped three days after it was written, as in Zoho Desk. All of it is gone when the emulator ends.</p></footer>
<p class="unseen" id="arrivals" role="status" aria-live="polite"></p>`);
}

function idOf(text: string): bigint {
  return /^\d{1,30}$/.test(text) ? BigInt(text) : 0n;
}

function documentView(body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Extension logs · Local Zoho Desk</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script src="/page.js" type="module"></script>
<noscript><meta http-equiv="refresh" content="15"></noscript>
</head>
<body>
${body}
</body>
</html>
`;
}

function toolbarView(all: readonly Group[], isOpen: boolean, before: string | null): string {
  const logs = all.reduce((sum, { subLogs }) => sum + 1 + subLogs.length, 0);
  const page = before === null ? '' : `before=${encodeURIComponent(before)}`;
  const href = `/?${[page, isOpen ? '' : 'open=all'].filter((part) => part !== '').join('&amp;')}`;
  return `<div class="toolbar"><p>${counted(all.length, 'parent log')}, ${counted(logs, 'log')} in all</p>
<nav aria-label="View">${before === null ? '' : '<a href="/">Newest</a>'}<a href="${href}">${isOpen ? 'Close all' : 'Open all'}</a></nav></div>`;
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

function olderView(all: readonly Group[], shown: readonly Group[], isOpen: boolean): string {
  const last = shown.at(-1);
  if (last === undefined || last === all.at(-1)) return '';
  return `<p class="older"><a href="/?before=${last.parent.logId}${isOpen ? '&amp;open=all' : ''}">Show older</a></p>`;
}

function emptyView(desk: Desk): string {
  return `<section class="empty" aria-labelledby="empty-title">
<h2 id="empty-title">No logs yet</h2>
<p>This is where a help desk’s administrators read what an extension did. Paste this into a terminal to write the first log:</p>
<pre tabindex="0" aria-label="Shell commands that send a log"><code>${escapeHtml(firstLogCommands(desk))}</code></pre>
<p>Or point the Action or the n8n node at <code>${escapeHtml(desk.url)}</code>.</p>
</section>`;
}
