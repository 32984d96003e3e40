import { expect, test } from '@jest/globals';
import { emulatorForEachTest, postLog, send } from '../desk-client.ts';
import { pagesForEachTest } from './page-for-each-test.ts';

const emulator = emulatorForEachTest();
const pages = pagesForEachTest(emulator);

async function threeRuns(): Promise<void> {
  const [installationId] = emulator().credentials.furtherInstallationIds;
  await postLog(emulator(), { title: 'Deploy one', reference: 'run-1' });
  await postLog(emulator(), { title: 'Passed · Smoke tests', reference: 'run-1' });
  await postLog(emulator(), { title: 'Deploy two', reference: 'run-2' });
  await postLog(emulator(), { title: 'Failed · Smoke tests', reference: 'run-2' });
  await postLog(emulator(), { title: 'Deploy three', reference: 'run-3', installationId });
}

test('filters by text as you type, and the address keeps it', async () => {
  await threeRuns();
  const page = await pages.open();
  const titles = page.locator('summary h2');
  await page.getByLabel('Text').fill('SMOKE');
  await page.getByText('2 of 3 groups, 4 logs in all').waitFor();
  expect(await titles.allInnerTexts()).toEqual(['Deploy two', 'Deploy one']);
  expect(new URL(page.url()).search).toBe('?q=SMOKE');
  await page.reload();
  await page.getByText('2 of 3 groups').waitFor();
  expect(await page.getByLabel('Text').inputValue()).toBe('SMOKE');
  expect(await page.locator('.sub-log[data-sought]').count()).toBe(2);
});

test('filters by outcome and by installation', async () => {
  await threeRuns();
  const page = await pages.open();
  const titles = page.locator('summary h2');
  await page.getByLabel('Outcome').selectOption('Failed');
  await page.getByText('1 of 3 groups').waitFor();
  expect(await titles.allInnerTexts()).toEqual(['Deploy two']);
  await page.getByLabel('Outcome').selectOption('Any');
  await page.getByLabel('Installation').selectOption('4000000000123002');
  await page.getByText('1 of 3 groups').waitFor();
  await page.getByRole('heading', { name: 'Deploy three' }).waitFor();
  expect(new URL(page.url()).search).toBe('?installation=4000000000123002');
});

test('a filter without a match says so and leads back', async () => {
  await threeRuns();
  const page = await pages.open({}, '/?q=nowhere&outcome=failed');
  await page.getByRole('link', { name: 'Show all' }).click();
  await page.getByText('3 groups, 5 logs in all').waitFor();
});

test('new logs join a filtered page only if they match', async () => {
  await threeRuns();
  const page = await pages.open({}, '/?outcome=failed');
  await postLog(emulator(), { title: 'Failed · Nightly', reference: 'run-4' });
  await postLog(emulator(), { title: 'Passed · Weekly', reference: 'run-5' });
  await page.getByText('2 of 5 groups').waitFor();
  expect(await page.locator('summary h2').allInnerTexts()).toEqual(['Failed · Nightly', 'Deploy two']);
});

test('works without JavaScript', async () => {
  await threeRuns();
  const page = await pages.open({ javaScriptEnabled: false }, '/?open=all');
  await page.getByLabel('Text').fill('three');
  await page.getByRole('button', { name: 'Filter' }).click();
  expect(await page.locator('summary h2').allInnerTexts()).toEqual(['Deploy three']);
  expect(await page.locator('details[open]').count()).toBe(1);
});

test('what is not an outcome in the address filters nothing, and markup in it is text', async () => {
  await threeRuns();
  const { text } = await send(`${emulator().url}/?outcome=nice&q=${encodeURIComponent('"><script>')}`);
  expect(text).toContain('value="&quot;&gt;&lt;script&gt;"');
  expect((await send(`${emulator().url}/?outcome=nice`)).text).toContain('3 groups');
});
