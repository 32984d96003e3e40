/** What a summary's heading and paragraphs say, as a reader sees them. */
export function linesOf(summary: string): string[] {
  return [...summary.matchAll(/<(h3|p)>(.*?)<\/\1>/g)].map(([, , html = '']) => readable(html));
}

/** The rows of a summary's tables, as a reader sees them; how long a delivery took is different each time. */
export function rowsOf(summary: string): string[] {
  return [...summary.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) =>
    readable(row.replaceAll(/<\/t[dh]>(?=<)/g, ' | ')).replace(/\d+(\.\d)? m?s$/, 'n ms'),
  );
}

function readable(html: string): string {
  return html
    .replaceAll('<br>', ' / ')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&nbsp;', ' ')
    .trim();
}
