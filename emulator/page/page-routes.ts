import { readFileSync } from 'node:fs';
import { type Answer, html } from '../http/answers.ts';
import type { Desk } from '../desk/desk.ts';
import { pageView } from './portal-page.ts';

/** Nothing but the page's own script and style, from here; no frames, no forms, no inline code. */
const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const SCRIPT = readBeside('page-script.mjs');
const STYLE = readBeside('page-style.css') + readBeside('group-style.css');

/** The portal's page with its script and style, or null when the path is none of them. */
export function answerPage(pathname: string, query: URLSearchParams, desk: Desk): Answer | null {
  if (pathname === '/') return html(200, pageView(query, desk), PAGE_HEADERS);
  if (pathname === '/page.js') return file('text/javascript', SCRIPT);
  if (pathname === '/page.css') return file('text/css', STYLE);
  return null;
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
