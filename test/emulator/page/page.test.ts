import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { startEmulator } from '../../../emulator/start-emulator.ts';
import { CONTRASTS, pagesForEachTest } from './page-for-each-test.ts';
import { emulatorForEachTest, postLog, postLogs, send } from '../desk-client.ts';

const emulator = emulatorForEachTest();
const pages = pagesForEachTest(emulator);

test('without logs it says how to send the first one, and that works', async () => {
  const page = await pages.open();
  await page.getByRole('heading', { name: 'No logs yet' }).waitFor();
  const commands = await page.locator('#commands-posix').innerText();
  await promisify(execFile)('sh', ['-c', commands]);
  await page.getByRole('heading', { name: 'Hello from the command line' }).waitFor();
  expect(
    emulator()
      .requests()
      .map(({ status }) => status),
  ).toEqual([200, 200]);
  expect(await page.getByText('No logs yet').count()).toBe(0);
});

test('the commands are copied by a button, and Windows has its own', async () => {
  const page = await pages.open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByRole('button', { name: 'Copy' }).first().click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const commands = await page.locator('#commands-posix').innerText();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(commands);
  expect(await page.locator('#commands-powershell').isVisible()).toBe(false);
  const onWindows = await pages.open({ userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)' });
  expect(await onWindows.locator('#commands-powershell').innerText()).toContain(
    `Invoke-RestMethod -Method Post '${emulator().url}/api/v1/extensionLogs'`,
  );
  expect(await onWindows.locator('#commands-posix').isVisible()).toBe(false);
});

test('a new log appears by itself, newest parent first, and is announced', async () => {
  await postLog(emulator(), { title: 'First' });
  const page = await pages.open();
  await postLog(emulator(), { title: 'Second' });
  await page.getByRole('status').getByText('New log: Second').waitFor({ state: 'attached' });
  expect(await page.locator('summary h2').allInnerTexts()).toEqual(['Second', 'First']);
  expect(await page.getByText('2 groups, 2 logs in all').count()).toBe(1);
});

test('a parent opens to its sub-logs in order, and stays open when more arrive', async () => {
  await postLogs(emulator(), 'run-1', 3);
  const page = await pages.open();
  const subLogs = page.locator('.sub-log h3');
  expect(await subLogs.first().isVisible()).toBe(false);
  await page.getByRole('heading', { name: 'Step 1' }).click();
  expect(await subLogs.allInnerTexts()).toEqual(['Step 2', 'Step 3']);
  await postLog(emulator(), { title: 'Another group' });
  await postLog(emulator(), { reference: 'run-1', title: 'Step 4' });
  await page.getByRole('heading', { name: 'Step 4' }).waitFor();
  expect(await subLogs.allInnerTexts()).toEqual(['Step 2', 'Step 3', 'Step 4']);
  expect(await page.locator('details[open] h2').allInnerTexts()).toEqual(['Step 1']);
  expect(await page.locator('details').count()).toBe(2);
  expect(await page.locator('.count').allInnerTexts()).toEqual(['1 of 10', '4 of 10']);
});

test('the keyboard opens a parent and keeps its place through an update', async () => {
  await postLogs(emulator(), 'run-1', 2);
  const page = await pages.open();
  await page.locator('summary').focus();
  await page.keyboard.press('Enter');
  await page.getByText('Step 2').waitFor();
  await postLog(emulator(), { title: 'Another group' });
  await page.getByRole('heading', { name: 'Another group' }).waitFor();
  expect(await page.locator('summary:focus h2').innerText()).toBe('Step 1');
});

test('shows installation, extension, reference, log id, time and what is left of three days', async () => {
  const { body } = await postLog(emulator(), { reference: 'run-1' });
  emulator().advanceClock(60 * 60 * 1000);
  const page = await pages.open();
  await page.locator('summary').click();
  const facts = await page.locator('dl > div').allInnerTexts();
  expect(facts.map((fact) => fact.split('\n').filter((part) => part !== ''))).toEqual([
    ['Extension', 'Local Extension'],
    ['Installation', '4000000000123001'],
    ['Reference', 'run-1'],
    ['Log id', body['logId']],
  ]);
  expect(await page.locator('time').first().getAttribute('datetime')).toBe(body['logTime']);
  expect(await page.locator('.expiry').innerText()).toMatch(/^expires in 2 d 2[23] h$/);
});

test('a description that repeats the title is shown once', async () => {
  await postLog(emulator(), { title: 'Same', description: 'Same', reference: 'a' });
  await postLog(emulator(), { title: 'Sub', description: 'Sub', reference: 'a' });
  await postLog(emulator(), { title: 'Other', description: 'Details\nin two lines', reference: 'a' });
  const page = await pages.open({}, '/?open=all');
  expect(await page.locator('.description').allInnerTexts()).toEqual(['Details\nin two lines']);
});

test('markup in any field is text', async () => {
  const nasty = `<script>alert(1)</script><img src=x onerror=alert(2)>"'&amp; · </title>`;
  await postLog(emulator(), { title: nasty, description: `${nasty}!`, reference: nasty });
  await postLog(emulator(), { title: `sub ${nasty}`, description: `${nasty}?`, reference: nasty });
  const page = await pages.open({}, '/?open=all');
  await postLog(emulator(), { title: `late ${nasty}`, description: 'x', reference: nasty });
  await page.getByText('late <script>').first().waitFor();
  expect(await page.locator('h2, h3').allTextContents()).toEqual([nasty, `sub ${nasty}`, `late ${nasty}`]);
  expect(await page.locator('main script, main img').count()).toBe(0);
});

test('forbids inline code, frames and other origins', async () => {
  const { headers } = await send(emulator().url);
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  );
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test('works without JavaScript', async () => {
  await postLogs(emulator(), 'run-1', 2);
  const page = await pages.open({ javaScriptEnabled: false });
  expect(await page.getByText('Step 2').isVisible()).toBe(false);
  await page.locator('summary').click();
  expect(await page.getByText('Step 2').isVisible()).toBe(true);
  const { text } = await send(emulator().url);
  expect(text).toContain('<noscript><meta http-equiv="refresh" content="15"></noscript>');
  await page.getByRole('link', { name: 'Open all' }).click();
  expect(await page.getByText('Step 2').isVisible()).toBe(true);
  await page.getByRole('link', { name: 'Close all' }).click();
  expect(await page.getByText('Step 2').isVisible()).toBe(false);
});

test('after three days a group is gone from an open page', async () => {
  await postLogs(emulator(), 'run-1', 2);
  const page = await pages.open();
  emulator().advanceClock(3 * 24 * 60 * 60 * 1000);
  await page.getByText('No logs yet').waitFor();
});

test('a thousand groups come two hundred at a time', async () => {
  for (let at = 1; at <= 1000; at += 1) await postLog(emulator(), { title: `Log ${at}` });
  const page = await pages.open();
  const titles = page.locator('summary h2');
  expect([await titles.count(), await titles.first().innerText()]).toEqual([200, 'Log 1000']);
  expect(await page.getByText('1,000 groups, 1,000 logs').count()).toBe(1);
  for (const newest of [800, 600, 400, 200]) {
    await page.getByRole('link', { name: 'Show older' }).click();
    await page.getByRole('heading', { name: `Log ${newest}`, exact: true }).waitFor();
    await page.waitForLoadState('domcontentloaded');
    expect([await titles.count(), await titles.first().innerText()]).toEqual([200, `Log ${newest}`]);
  }
  expect(await page.getByRole('link', { name: 'Show older' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Newest' }).click();
  await page.getByRole('heading', { name: 'Log 1000', exact: true }).waitFor();
}, 60_000);

test('a strange "before" in the address is no error', async () => {
  await postLog(emulator());
  for (const before of ['abc', '0', '', '9'.repeat(40), '-1'])
    expect((await send(`${emulator().url}/?before=${before}`)).status).toBe(200);
});

test('has landmarks, one main heading and a polite live region', async () => {
  await postLogs(emulator(), 'run-1', 2);
  const page = await pages.open();
  for (const role of ['banner', 'main', 'contentinfo', 'navigation', 'search', 'status'] as const)
    expect(await page.getByRole(role).count()).toBe(1);
  expect(await page.getByRole('heading', { level: 1 }).allInnerTexts()).toEqual(['Extension logs']);
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
});

test.each(['light', 'dark'] as const)('is legible in %s', async (colorScheme) => {
  await postLogs(emulator(), 'run-1', 3);
  const page = await pages.open({ colorScheme, reducedMotion: 'reduce' }, '/?open=all');
  const contrasts = await page.evaluate<[number, string][]>(CONTRASTS);
  expect(contrasts.length).toBeGreaterThan(20);
  expect(contrasts.filter(([contrast]) => contrast < 4.5)).toEqual([]);
  const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
  expect(background).toBe(colorScheme === 'light' ? 'rgb(245, 246, 244)' : 'rgb(18, 22, 21)');
});

test.each([320, 1200])('nothing sticks out at %d pixels', async (width) => {
  await postLog(emulator(), {
    title: 'x'.repeat(300),
    description: 'y'.repeat(300),
    reference: 'z'.repeat(300),
  });
  const page = await pages.open({ viewport: { width, height: 700 } }, '/?open=all');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
});

test('says when the emulator is gone, and finds it again', async () => {
  const first = await startEmulator();
  const page = await (await pages.use().newContext()).newPage();
  await page.goto(first.url);
  await page.getByText('Live', { exact: true }).waitFor();
  await first.close();
  await page.getByText('Emulator stopped').waitFor();
  const second = await startEmulator({ port: Number(new URL(first.url).port) });
  await postLog(second, { title: 'Meanwhile' });
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByRole('heading', { name: 'Meanwhile' }).waitFor();
  await page.close();
  await second.close();
});
