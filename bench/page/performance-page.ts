import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Section } from '../scene.ts';
import { svgOf } from './plot.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const PAGE = join(DOCS, 'performance.md');
const PLOTS = 'images/performance';

/** Puts a scene's section into docs/performance.md, in place of what it said before, and draws its plots. */
export async function writeSection(scene: string, section: Section): Promise<void> {
  await mkdir(join(DOCS, PLOTS), { recursive: true });
  for (const plot of section.plots ?? []) {
    for (const scheme of ['light', 'dark'] as const)
      await writeFile(join(DOCS, PLOTS, `${plot.name}-${scheme}.svg`), svgOf(plot, scheme));
  }
  const page = await readFile(PAGE, 'utf8');
  const [begin, end] = [`<!-- bench: ${scene} -->`, `<!-- /bench: ${scene} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < 0) throw new Error(`docs/performance.md has no place for the scene ${scene}.`);
  const written = `${page.slice(0, from + begin.length)}\n\n${markdownOf(section)}\n${page.slice(to)}`;
  await writeFile(PAGE, await format(written, { ...(await resolveConfig(PAGE)), filepath: PAGE }));
}

function markdownOf({ title, text, columns, rows, plots = [] }: Section): string {
  return [
    `## ${title}`,
    ...text,
    ...plots.map(pictureOf),
    [columns, columns.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n'),
    `Measured ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node} on ${cpus().length} processors, with a load of ${(loadavg()[0] ?? 0).toFixed(1)} at the end: more than ${cpus().length} means that others were at work, too.`,
    '',
  ].join('\n\n');
}

/** GitHub's way to show one picture or another: https://docs.github.com/en/get-started/writing-on-github. */
function pictureOf({ name, title }: NonNullable<Section['plots']>[number]): string {
  const source = (scheme: string) => `${PLOTS}/${name}-${scheme}.svg`;
  return [
    '<picture>',
    `  <source media="(prefers-color-scheme: dark)" srcset="${source('dark')}">`,
    `  <img alt="${title}" src="${source('light')}">`,
    '</picture>',
  ].join('\n');
}
