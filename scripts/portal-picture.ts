import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { startFakeGithub } from '../emulator/github/fake-github.ts';
import { installationLines } from '../emulator/portals/installation-list.ts';
import { connectionInputs } from '../emulator/runner/connection-inputs.ts';
import { LocalJob } from '../emulator/runner/local-job.ts';
import { startEmulator, type Emulator } from '../emulator/start-emulator.ts';
import { tryWorkflow } from '../emulator/try/try-workflow.ts';
import { startBrowser } from './browser/start-browser.ts';
import { troublePortals } from './demo/many-portals.ts';
import { manyPortalsInputs } from './demo/workflow.ts';
import { EARLIER_LOGS } from './earlier-logs.ts';
import { firstWorkflowOfReadme } from './readme-workflow.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MINUTE = 60_000;

/** Takes the documents' pictures of the portal's page, light and dark, of logs that the Action itself has written. */
async function main(): Promise<void> {
  const browser = await startBrowser();
  try {
    await portalPicture(browser);
    await overviewPicture(browser);
  } finally {
    await browser.close();
  }
}

/** One portal: logs of earlier days, and a failed run of the README's first workflow above them. */
async function portalPicture(browser: Browser): Promise<void> {
  const desk = await startEmulator();
  const github = await startFakeGithub();
  const job = await LocalJob.start();
  try {
    for (const { minutes, logs, ...inputs } of EARLIER_LOGS) {
      await job.run({ with: { ...connectionInputs(desk), ...inputs, logs: JSON.stringify(logs) } });
      desk.advanceClock(minutes * MINUTE);
    }
    const { text, lastStep } = await firstWorkflowOfReadme();
    await tryWorkflow(text, {
      desk,
      github,
      failingStep: lastStep,
      stepRest: { env: { GITHUB_RUN_ID: '11836120874' } },
    });
    await takePictures(browser, desk, 'portal', async (page) => {
      await page.locator('.group summary').first().click();
    });
  } finally {
    await job.end();
    await github.close();
    await desk.close();
  }
}

/** Two hundred portals after one release, some of them in trouble. */
async function overviewPicture(browser: Browser): Promise<void> {
  const desk = await startEmulator({ portals: 200 });
  const job = await LocalJob.start();
  try {
    troublePortals(desk);
    await writeFile(join(job.workspace, 'installations.jsonl'), installationLines(desk.portals));
    const title = 'Release v1.4.2: passed';
    await job.run({ with: { ...manyPortalsInputs(desk), title, 'timeout-seconds': '10' } });
    await takePictures(browser, desk, 'portal-overview', () => Promise.resolve());
  } finally {
    await job.end();
    await desk.close();
  }
}

async function takePictures(
  browser: Browser,
  desk: Emulator,
  name: string,
  prepare: (page: Page) => Promise<void>,
): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1040, height: 800 } });
    await page.goto(desk.url);
    await page.getByText('Live', { exact: true }).waitFor();
    await prepare(page);
    const isLong = (await page.locator('.portals').count()) > 0;
    await page.screenshot({ path: join(ROOT, `docs/images/${name}-${colorScheme}.png`), fullPage: !isLong });
    await page.close();
  }
}

await main();
