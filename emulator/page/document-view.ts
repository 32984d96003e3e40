import { escapeHtml } from './html-text.ts';

/** What stands on every page: its title, where it belongs, its main heading, and what it shows. */
export interface PageParts {
  readonly title: string;
  /** HTML above the main heading. */
  readonly eyebrow: string;
  readonly heading: string;
  /** HTML. */
  readonly main: string;
  /** The portal whose new logs are to be announced; without one, those of all are. */
  readonly portal?: string;
}

/** A whole page as HTML. */
export function documentView({ title, eyebrow, heading, main, portal }: PageParts): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)} · Local Zoho Desk</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script src="/page.js" type="module"></script>
<noscript><meta http-equiv="refresh" content="15"></noscript>
</head>
<body>
<header class="masthead">
<div><p class="eyebrow">${eyebrow}</p>
<h1 dir="auto">${escapeHtml(heading)}</h1></div>
<p class="connection" id="connection" hidden></p>
</header>
<main id="portal"${portal === undefined ? '' : ` data-portal="${escapeHtml(portal)}"`}>
${main}
</main>
<footer><p>Every log is dropped three days after it was written, as in Zoho Desk. All of it is gone when the emulator ends.</p></footer>
<p class="unseen" id="arrivals" role="status" aria-live="polite"></p>
</body>
</html>
`;
}
