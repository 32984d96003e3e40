import type { Plot } from '../scene.ts';

interface Colours {
  readonly text: string;
  readonly faint: string;
  readonly bar: string;
  readonly goal: string;
}

/** GitHub's own colours for text and lines on its two backgrounds. */
const COLOURS: Readonly<Record<'light' | 'dark', Colours>> = {
  light: { text: '#1f2328', faint: '#59636e', bar: '#0969da', goal: '#d1242f' },
  dark: { text: '#f0f6fc', faint: '#9198a1', bar: '#4493f8', goal: '#f85149' },
};

const WIDTH = 760;
const ROW = 28;
const TOP = 44;
const LABELS = 300;
const VALUES = 80;

/** A plot of bars as SVG, on a transparent ground. */
export function svgOf({ title, unit, bars, goal }: Plot, scheme: 'light' | 'dark'): string {
  const { text, faint, bar, goal: goalColour } = COLOURS[scheme];
  const most = Math.max(goal ?? 0, ...bars.map(({ value }) => value), Number.MIN_VALUE);
  const long = (value: number) => Math.round((value / most) * (WIDTH - LABELS - VALUES));
  const height = TOP + bars.length * ROW + 12;
  const rows = bars.map(({ label, value }, index) => {
    const y = TOP + index * ROW;
    return [
      `<text x="${LABELS - 10}" y="${y + 15}" text-anchor="end" fill="${text}">${escaped(label)}</text>`,
      `<rect x="${LABELS}" y="${y + 2}" width="${Math.max(1, long(value))}" height="${ROW - 10}" rx="3" fill="${bar}"/>`,
      `<text x="${LABELS + long(value) + 8}" y="${y + 15}" fill="${faint}">${numberText(value)} ${escaped(unit)}</text>`,
    ].join('');
  });
  const line =
    goal === undefined
      ? ''
      : `<line x1="${LABELS + long(goal)}" x2="${LABELS + long(goal)}" y1="${TOP - 6}" y2="${height - 10}" stroke="${goalColour}" stroke-dasharray="4 3"/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}" font-family="-apple-system,BlinkMacSystemFont,'Segoe UI','Noto Sans',Helvetica,Arial,sans-serif" font-size="13">`,
    `<text x="10" y="22" font-size="15" font-weight="600" fill="${text}">${escaped(title)}</text>`,
    ...rows,
    line,
    '</svg>',
    '',
  ].join('\n');
}

function numberText(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
