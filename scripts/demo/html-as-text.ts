const ENTITIES: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

const WIDEST_COLUMN = 84;

/** A job summary, which is HTML of a few kinds, as a terminal can show it: a line each row, its cells below each other. */
export function htmlAsText(html: string): string {
  return html
    .split(/(<table>.*?<\/table>)/s)
    .map((block) => (block.startsWith('<table>') ? tableAsText(block) : linesOf(block).join('\n')))
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

function tableAsText(html: string): string {
  const rows = [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => linesOf(cell)),
  );
  const first = rows.filter((cells) => cells.length > 1).map(([cell]) => cell?.[0] ?? '');
  const width = Math.min(WIDEST_COLUMN, Math.max(0, ...first.map(widthOf)));
  return rows.map((cells) => rowAsText(cells, width)).join('\n');
}

function rowAsText([first = [], ...others]: readonly string[][], width: number): string {
  const [line = '', ...more] = first;
  const rest = others.map((cell) => cell.join(' ')).join('  ');
  const padded = rest === '' ? line : `${line}${' '.repeat(Math.max(0, width - widthOf(line)))}  ${rest}`;
  return [padded, ...more.map((one) => `    ${one}`)].join('\n');
}

function linesOf(html: string): string[] {
  const text = html
    .replaceAll(/<br\s*\/?>|<\/(?:p|h[1-6]|li|summary)>/g, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:nbsp|lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity);
  return text.trimEnd().split('\n');
}

/** Columns of a terminal: an emoji takes two. */
function widthOf(text: string): number {
  const symbols = [...text.replaceAll('\u{FE0F}', '')];
  return symbols.reduce((sum, symbol) => sum + (/\p{Emoji_Presentation}/u.test(symbol) ? 2 : 1), 0);
}
