import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startBrowser } from '../../../scripts/browser/start-browser.ts';
import type { Emulator } from '../../../emulator/start-emulator.ts';

/** Opens a page of the emulator; `use` is for tests that need the browser itself. */
export interface Pages {
  readonly open: (options?: BrowserContextOptions, path?: string) => Promise<Page>;
  readonly use: () => Browser;
}

/** A browser for the tests of a file. Each test fails when a page of it complained: on its console, or by a dialog. */
export function pagesForEachTest(emulator: () => Emulator): Pages {
  const complaints: string[] = [];
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(() => browser?.close());
  return {
    use: () => browser,
    async open(options = {}, path = '/') {
      const page = await (await browser.newContext(options)).newPage();
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
      await page.goto(emulator().url + path);
      if (options.javaScriptEnabled !== false) await page.getByText('Live', { exact: true }).waitFor();
      return page;
    },
  };
}

/** Runs in the page: every text's contrast with what is behind it (WCAG 2, relative luminance), the worst first. */
export const CONTRASTS = `(() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const color = rgb(getComputedStyle(one).backgroundColor);
      if (color[3] !== 0) return color;
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll('body *')].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue.trim() !== ''));
  return texts.map((element) => {
    const [a, b] = [light(rgb(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
    return [(a + 0.05) / (b + 0.05), element.outerHTML.slice(0, 80)];
  }).sort((a, b) => a[0] - b[0]);
})()`;
