import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startFakeGithub } from '../emulator/github/fake-github.ts';
import { startEmulator } from '../emulator/start-emulator.ts';
import { tryWorkflow } from '../emulator/try/try-workflow.ts';
import { startBrowser } from './browser/start-browser.ts';
import { firstWorkflowOfReadme } from './readme-workflow.ts';

const IMAGES = join(import.meta.dirname, '../docs/images');

/** Takes the README's pictures of the job summary, light and dark: a failed run of its first workflow. */
async function main(): Promise<void> {
  const summary = await summaryOfFailedRun();
  const browser = await startBrowser();
  try {
    for (const colorScheme of ['light', 'dark'] as const) await takePicture(browser, summary, colorScheme);
  } finally {
    await browser.close();
  }
}

async function summaryOfFailedRun(): Promise<string> {
  const desk = await startEmulator();
  const github = await startFakeGithub();
  try {
    const { text, lastStep: failingStep } = await firstWorkflowOfReadme();
    const stepRest = { env: { GITHUB_RUN_ID: '11836120874' } };
    const [tried] = await tryWorkflow(text, { desk, github, failingStep, stepRest });
    return tried?.end?.summary ?? '';
  } finally {
    await github.close();
    await desk.close();
  }
}

async function takePicture(browser: Browser, summary: string, colorScheme: 'light' | 'dark'): Promise<void> {
  const style = await readFile(join(import.meta.dirname, 'summary-page.css'), 'utf8');
  const page = await browser.newPage({ colorScheme, viewport: { width: 760, height: 200 } });
  await page.setContent(`<style>${style}</style><article>${summary}</article>`);
  await page.locator('article').screenshot({ path: join(IMAGES, `summary-${colorScheme}.png`) });
  await page.close();
}

await main();
