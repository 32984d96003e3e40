import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, selectors, type BrowserContext, type Page } from 'playwright-core';
import { connect } from './connect.ts';

const OWNER = { email: 'ada@example.org', firstName: 'Ada', lastName: 'Builder', password: 'Not-a-secret-1' };

/** Opens the editor as its owner, connects the credential, and takes pictures of what a builder sees, and of what the portal then shows. */
export async function takePictures(
  url: string,
  folder: string,
  workflowIds: Record<string, string>,
  credentialId: string,
  portalUrl: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  selectors.setTestIdAttribute('data-test-id');
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1360, height: 860 } });
    await becomeOwner(context, url);
    await connect(context, url, credentialId);
    const page = await context.newPage();
    page.setDefaultTimeout(90_000);
    const shoot = (name: string) => page.screenshot({ path: join(folder, `${name}.png`) });

    await openWorkflow(page, url, workflowIds['each'] ?? '');
    await page.getByTestId('execute-workflow-button').first().click();
    await page.getByText('Workflow executed successfully').waitFor();
    await page.getByTestId('zoom-to-fit').click();
    await page
      .getByText('Workflow executed successfully')
      .waitFor({ state: 'hidden', timeout: 15_000 })
      .catch(() => undefined);
    await shoot('canvas');

    await openNode(page, 'Log the invoice');
    await shoot('node-add');
    await page.getByTestId('credential-edit-button').click();
    await page.getByText('Organization ID').first().waitFor();
    await page.waitForLoadState('networkidle');
    await shoot('credential-top');
    await page.getByText('Organization ID').first().scrollIntoViewIfNeeded();
    await shoot('credential');

    await openWorkflow(page, url, workflowIds['group'] ?? '');
    await openNode(page, 'Log the deployment');
    await shoot('node-add-group');

    await page.goto(portalUrl);
    await page.getByText('Open all').click();
    await page.screenshot({ path: join(folder, 'portal.png'), fullPage: true });
  } finally {
    await browser.close();
  }
}

async function becomeOwner(context: BrowserContext, url: string): Promise<void> {
  const answer = await context.request.post(`${url}/rest/owner/setup`, { data: OWNER });
  if (!answer.ok()) throw new Error(`owner/setup answered ${answer.status()}: ${await answer.text()}`);
}

async function openWorkflow(page: Page, url: string, id: string): Promise<void> {
  await page.goto(`${url}/workflow/${id}`);
  await page.getByTestId('canvas-default-node').first().waitFor();
  await page.waitForLoadState('networkidle');
}

async function openNode(page: Page, name: string): Promise<void> {
  await page.getByTestId('canvas-default-node').filter({ hasText: name }).dblclick();
  await page.getByTestId('parameter-input').first().waitFor();
  await page.waitForLoadState('networkidle');
}
