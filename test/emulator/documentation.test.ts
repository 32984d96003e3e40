import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { FAULT_KEYS, FAULT_KINDS } from '../../emulator/faults/fault-input.ts';
import { PORTAL_SETTING_RULES } from '../../emulator/portals/portal.ts';
import { startEmulator } from '../../emulator/start-emulator.ts';
import { helpText } from '../../emulator/terminal/command-line.ts';
import { effectOf } from '../../emulator/faults/fault-kinds.ts';
import { SWITCH_NAMES, SWITCH_RULES } from '../../emulator/desk/switches.ts';

const text = readFileSync(new URL('../../docs/emulator.md', import.meta.url), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

test.each(SWITCH_NAMES)('docs/emulator.md has the switch %s as it is', (name) => {
  const { allowed, initially, meaning } = SWITCH_RULES[name];
  const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  expect(rows).toContainEqual([`\`${name}\``, `\`${flag}\``, allowed, String(initially), meaning]);
});

test.each(FAULT_KINDS)('docs/emulator.md has the fault %s as it is', (kind) => {
  const { logIs, meaning } = effectOf(kind);
  const recorded = { recorded: 'yes', notRecorded: 'no', asUsual: 'as usual' }[logIs];
  expect(rows).toContainEqual([`\`${kind}\``, recorded, meaning]);
});

test('docs/emulator.md has every key of a fault', () => {
  const keys = rows.flatMap(([first]) => first?.split(', ') ?? []);
  for (const key of Object.keys(FAULT_KEYS)) if (key !== 'kind') expect(keys).toContain(`\`${key}\``);
});

test('docs/emulator.md has every flag beside the switches', () => {
  const flags = [...helpText().matchAll(/^ {2}(--[\w-]+)/gm)].map(([, flag]) => flag);
  const switches = SWITCH_NAMES.map(
    (name) => `--${name.replace(/[A-Z]/g, (one) => `-${one.toLowerCase()}`)}`,
  );
  const documented = rows.flat();
  for (const flag of flags.filter((one) => one !== undefined && !switches.includes(one)))
    expect(documented).toContain(`\`${flag}\``);
});

test('docs/emulator.md has every setting of a portal', () => {
  const settings = rows.flatMap(([first]) => first?.split(', ') ?? []);
  for (const name of Object.keys(PORTAL_SETTING_RULES)) expect(settings).toContain(`\`${name}\``);
});

test('docs/emulator.md has every control route', async () => {
  const emulator = await startEmulator();
  const { message } = (await (await fetch(`${emulator.url}/__emulator/none`)).json()) as { message: string };
  await emulator.close();
  const routes = [...message.matchAll(/(GET|POST): ([^.]+(?:\.jsonl)?)\./g)].flatMap(([, method, names]) =>
    (names ?? '').split(', ').map((name) => `\`${method} /__emulator/${name}\``),
  );
  expect(routes.length).toBeGreaterThan(8);
  for (const route of routes) expect(rows.map(([first]) => first)).toContain(route);
});
