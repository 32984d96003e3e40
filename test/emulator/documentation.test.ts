import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { FAULT_KEYS, FAULT_KINDS } from '../../emulator/faults/fault-input.ts';
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
