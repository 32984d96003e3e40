import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { MemoryFolder } from '../../../action/job-memory/memory-folder.ts';

let temp: string;
let warnings: string[];
const journal = { info: () => {}, warn: (line: string) => void warnings.push(line) };

beforeEach(async () => {
  temp = await mkdtemp(join(tmpdir(), 'desk-log-memory-'));
  warnings = [];
});
afterEach(() => rm(temp, { recursive: true, force: true }));

test('what one use writes, the next one reads; clearing leaves nothing behind', async () => {
  new MemoryFolder({ RUNNER_TEMP: temp }, journal).write('groups.json', '{}');
  const later = new MemoryFolder({ RUNNER_TEMP: temp }, journal);
  expect([later.read('groups.json'), later.read('unknown'), later.names()]).toEqual([
    '{}',
    undefined,
    ['groups.json'],
  ]);
  later.clear();
  expect([await readdir(temp), later.names(), warnings]).toEqual([[], [], []]);
});

test('a folder that cannot be written costs one warning, however many tokens were to be kept', async () => {
  await writeFile(join(temp, 'file'), '');
  const memory = new MemoryFolder({ RUNNER_TEMP: join(temp, 'file') }, journal);
  for (const name of ['one', 'two', 'three']) memory.write(name, 'text');
  expect(warnings).toEqual([
    expect.stringMatching(
      /^RUNNER_TEMP cannot be written \(E[A-Z]+\), so later uses in this job will not know/,
    ),
  ]);
});

test('without RUNNER_TEMP nothing is remembered, and there is no warning', () => {
  const memory = new MemoryFolder({}, journal);
  memory.write('groups.json', '{}');
  expect([memory.read('groups.json'), memory.names(), warnings]).toEqual([undefined, [], []]);
});
