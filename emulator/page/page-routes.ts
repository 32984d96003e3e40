import { readFileSync } from 'node:fs';
import type { Desk } from '../desk/desk.ts';
import { type Answer, html } from '../http/answers.ts';
import { overviewPage } from './overview-page.ts';
import { readPageAddress } from './page-address.ts';
import { portalPage } from './portal-page.ts';

/** Nothing but the page's own script, style and forms, from here; no frames, no inline code. */
const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const SCRIPT = readBeside('page-script.mjs');
const STYLE = [
  'page-style.css',
  'first-log-style.css',
  'filter-style.css',
  'group-style.css',
  'open-group-style.css',
  'overview-style.css',
]
  .map(readBeside)
  .join('\n');

/** A page, its script or its style, or null when the path is none of them. */
export function answerPage(pathname: string, query: URLSearchParams, desk: Desk): Answer | null {
  if (pathname === '/') return html(200, pageAt(query, desk), PAGE_HEADERS);
  if (pathname === '/page.js') return file('text/javascript', SCRIPT);
  if (pathname === '/page.css') return file('text/css', STYLE);
  return null;
}

/** A portal that is not there is answered with the overview, where the others are. */
function pageAt(query: URLSearchParams, desk: Desk): string {
  const address = readPageAddress(query);
  const [first, second] = desk.portals.all();
  const portal = second === undefined ? first : desk.portals.withOrgId(address.portal);
  return portal === undefined ? overviewPage(address, desk) : portalPage(address, portal, desk);
}

function file(type: string, body: string): Answer {
  return {
    reaches: 'whole',
    status: 200,
    headers: { ...PAGE_HEADERS, 'content-type': `${type};charset=UTF-8` },
    body,
  };
}

function readBeside(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}
