import { startBenchDesk } from './desk/desk-process.ts';
import { writeSection } from './page/performance-page.ts';
import type { Scene, Section } from './scene.ts';
import { collect } from './scenes/collect.ts';
import { growth } from './scenes/growth.ts';
import { instead } from './scenes/instead.ts';
import { pace } from './scenes/pace.ts';
import { paceInN8n } from './scenes/pace-in-n8n.ts';
import { start } from './scenes/start.ts';
import { vendor } from './scenes/vendor.ts';

/** `npm run bench`: every scene, or those that are named; docs/performance.md gets the figures. */
const SCENES: readonly Scene[] = [pace, paceInN8n, growth, vendor, start, collect, instead];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SCENES.some((scene) => scene.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no scene ${unknown.join(', ')}. Name some of ${SCENES.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(1);
}

const desk = await startBenchDesk();
for (const { name, measure } of SCENES) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const section = await measure(desk);
  print(section);
  await writeSection(name, section);
}
desk.end();

function print({ title, columns, rows }: Section): void {
  console.log(`\n${title}`);
  console.table(rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]]))));
}
