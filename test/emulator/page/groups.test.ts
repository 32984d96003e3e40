import { expect, test } from '@jest/globals';
import { emulatorForEachTest, postLog, postLogs } from '../desk-client.ts';
import { CONTRASTS, pagesForEachTest } from './page-for-each-test.ts';

const emulator = emulatorForEachTest();
const pages = pagesForEachTest(emulator);

/** A release of three parts, the failure in the last one. */
async function release(): Promise<void> {
  const title = 'Release v1.4.2: failed · 18 of 20 steps';
  await postLog(emulator(), { reference: 'run-1', title });
  for (const at of [1, 2, 3]) await postLog(emulator(), { reference: 'run-1', title: `Passed · Step ${at}` });
  for (const part of [2, 3]) {
    const reference = `run-1-${part}`;
    await postLog(emulator(), { reference, title: `${title} (part ${part} of 3)` });
    await postLog(emulator(), { reference, title: `Passed · Step ${part}a` });
  }
  await postLog(emulator(), { reference: 'run-1-3', title: 'Failed · Smoke tests · 48 s' });
  await postLog(emulator(), { reference: 'run-1-3', title: 'Skipped · Announce' });
}

test('the parts of one group stand together, with what failed on top', async () => {
  await release();
  await postLog(emulator(), { reference: 'run-1-4', title: 'A run of its own' });
  const page = await pages.open({}, '/?open=all');
  expect(await page.locator('summary h2').allInnerTexts()).toEqual([
    'A run of its own',
    'Release v1.4.2: failed · 18 of 20 steps',
  ]);
  const group = page.locator('.group').nth(1);
  expect(await group.locator('.count').innerText()).toBe('10 logs in 3 parts');
  expect(await group.locator('.failed-count').innerText()).toBe('1 failed');
  expect(await group.locator('.part-heading').allInnerTexts()).toEqual([
    'Part 2 · run-1-2',
    'Part 3 · run-1-3',
  ]);
  expect(await group.locator('.sub-log h3').allInnerTexts()).toEqual([
    'Passed · Step 1',
    'Passed · Step 2',
    'Passed · Step 3',
    'Passed · Step 2a',
    'Passed · Step 3a',
    'Failed · Smoke tests · 48 s',
    'Skipped · Announce',
  ]);
  const first = await group.locator('.inside > *').first().innerText();
  expect(first).toBe('Failed · Smoke tests · 48 s');
  await group.getByRole('region', { name: 'What failed' }).getByRole('link').click();
  await page.locator('.sub-log:target', { hasText: 'Smoke tests' }).waitFor();
});

test('parts of two installations are two groups', async () => {
  await postLog(emulator(), { reference: 'run-1', title: 'Sync' });
  const installationId = emulator().credentials.furtherInstallationIds[0];
  await postLog(emulator(), { reference: 'run-1-2', title: 'Sync (part 2)', installationId });
  const page = await pages.open();
  expect(await page.locator('summary h2').allInnerTexts()).toEqual(['Sync (part 2)', 'Sync']);
});

test('an outcome has a sign of its own shape and a color, and the parent’s sign is the worst of its group', async () => {
  await postLogs(emulator(), 'plain', 2);
  await postLog(emulator(), { reference: 'run-1', title: 'Nightly sync' });
  for (const word of ['Passed', 'Failed', 'Skipped', 'Cancelled', 'In progress'])
    await postLog(emulator(), { reference: 'run-1', title: `${word} · ${word} step` });
  const page = await pages.open({}, '/?open=all');
  const group = page.locator('.group').first();
  expect(await group.locator('.heading .sign').getAttribute('data-outcome')).toBe('failed');
  const shapes = await page.evaluate<string[]>(
    `[...document.querySelectorAll('.sub-log .sign path')].slice(0, 5).map((path) => path.getAttribute('d'))`,
  );
  expect(new Set(shapes).size).toBe(5);
  const colors = await page.evaluate<string[]>(
    `[...document.querySelectorAll('.sub-log .lead')].slice(0, 3).map((lead) => getComputedStyle(lead).color)`,
  );
  expect(new Set(colors).size).toBe(3);
  expect(await page.locator('.group').nth(1).locator('.sign').count()).toBe(0);
});

test('addresses in a description are links, of http and https only', async () => {
  const description = 'Report: https://example.com/run?a=1&b=2. Not javascript:alert(1)';
  await postLog(emulator(), { title: 'Parent', description });
  const page = await pages.open({}, '/?open=all');
  const links = page.locator('.description a');
  expect(await links.count()).toBe(1);
  expect(await links.getAttribute('href')).toBe('https://example.com/run?a=1&b=2');
  expect(await page.locator('.description').innerText()).toBe(description);
});

test('a text in another direction keeps its direction', async () => {
  await postLog(emulator(), { title: 'نجح · النشر', description: 'تم النشر', reference: 'run-1' });
  const page = await pages.open({}, '/?open=all');
  for (const place of ['summary h2', '.description'])
    expect(await page.evaluate(`getComputedStyle(document.querySelector('${place}')).direction`)).toBe('rtl');
});

test.each(['light', 'dark'] as const)(
  'signs, filters and failures are legible in %s',
  async (colorScheme) => {
    await release();
    const page = await pages.open({ colorScheme, reducedMotion: 'reduce' }, '/?open=all&q=smoke');
    const contrasts = await page.evaluate<[number, string][]>(CONTRASTS);
    expect(contrasts.filter(([contrast]) => contrast < 4.5)).toEqual([]);
  },
);
