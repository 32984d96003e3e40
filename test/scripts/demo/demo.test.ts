import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const DEMO = fileURLToPath(new URL('../../../scripts/demo.ts', import.meta.url));

interface End {
  code: number;
  stdout: string;
  stderr: string;
}

async function demo(...args: string[]): Promise<End> {
  try {
    const ended = await promisify(execFile)(process.execPath, [DEMO, ...args]);
    return { code: 0, ...ended };
  } catch (error) {
    return error as End;
  }
}

test('shows a release in the job log, in the portal and in the summary, as text', async () => {
  const { code, stdout, stderr } = await demo();
  expect([code, stderr]).toEqual([0, '']);
  const portal = /── What the portal shows ─+\n(.*?)\n\n──/s.exec(stdout)?.[1];
  expect(portal).toMatch(/^Release v1\.4\.2: failed · 3 of 4 jobs · .* {2}\[gh-9001-1\]\n {4}Passed · Build/);
  expect(portal).toContain('    Failed · Verify / Smoke tests · 52 s');
  expect(stdout).toMatch(/── Job summary ─+\n❌ Release v1\.4\.2: failed/);
  expect(stdout).not.toMatch(/<\w+>|::add-mask::/);
});

// Of thirteen portals one is limited, and none is dead: that would take half a minute.
test('--portals logs it to each of them', async () => {
  const { code, stdout, stderr } = await demo('--portals', '13');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/ {3}12 portals {2}nothing wrong +12 have the release, the last after /);
  expect(stdout).toMatch(
    / {4}1 portal {3}limited to one call at once {2}1 have the release, the last after /,
  );
  expect(stdout).toMatch(/^installations=13$/m);
});

test.each([['0'], ['many'], ['20001']])('--portals %s is refused', async (portals) => {
  const { code, stderr, stdout } = await demo('--portals', portals);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`--portals cannot be ${portals}. Give a whole number from 1 to 20000.`);
});
