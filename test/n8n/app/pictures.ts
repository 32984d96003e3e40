import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { selectors, type Page } from 'playwright-core';
import { WINDOW, type Editor } from './editor.ts';

/** Where a node's panel is in the window. */
const PANEL = { x: 25, y: 25, width: 1310, height: 810 };
/** A credential's dialog shows all of its fields at this height. */
const TALL_WINDOW = { width: 1360, height: 1500 };

/** Takes pictures of what a builder sees in the editor, and of what the portal then shows. */
export async function takePictures(
  { url, context }: Editor,
  folder: string,
  workflowIds: { each: string; everyone: string },
  credentialIds: { oAuth: string; invoke: string },
  portalUrl: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  selectors.setTestIdAttribute('data-test-id');
  const page = await context.newPage();
  page.setDefaultTimeout(180_000);
  const shoot = (name: string) => page.screenshot({ path: join(folder, `${name}.png`) });
  const shootPanel = (name: string) => page.screenshot({ path: join(folder, `${name}.png`), clip: PANEL });

  await executeWorkflow(page, url, workflowIds.each);
  await shoot('canvas');

  await openNode(page, 'Log the invoice');
  await shootPanel('node');

  await executeWorkflow(page, url, workflowIds.everyone);
  await shoot('canvas-vendor');

  await openNode(page, 'Log the release');
  await shootPanel('node-vendor');

  await shootCredential(
    page,
    `${url}/home/credentials/${credentialIds.oAuth}`,
    join(folder, 'credential.png'),
    'Organization ID',
  );
  await shootCredential(
    page,
    `${url}/home/credentials/${credentialIds.invoke}`,
    join(folder, 'credential-vendor.png'),
    'Connection Link Name',
  );

  await page.setViewportSize(WINDOW);
  await page.goto(portalUrl);
  await page.screenshot({ path: join(folder, 'portal.png'), fullPage: true });
}

async function openWorkflow(page: Page, url: string, id: string): Promise<void> {
  await page.goto(`${url}/workflow/${id}`);
  await page.getByTestId('canvas-default-node').first().waitFor();
  await page.waitForLoadState('networkidle');
}

/** Executes a workflow with the button of its canvas, and waits until n8n has nothing more to say of it. */
async function executeWorkflow(page: Page, url: string, id: string): Promise<void> {
  await page.setViewportSize(WINDOW);
  await openWorkflow(page, url, id);
  await page.getByTestId('execute-workflow-button').first().click();
  const said = page.getByText('Workflow executed successfully');
  await said.waitFor();
  await page.getByTestId('zoom-to-fit').click();
  await said.waitFor({ state: 'hidden', timeout: 15_000 }).catch(() => undefined);
}

/** The dialog alone: what is behind it says nothing. */
async function shootCredential(page: Page, address: string, path: string, lastField: string): Promise<void> {
  await page.setViewportSize(TALL_WINDOW);
  await page.goto(address);
  const dialog = page.getByTestId('editCredential-modal');
  await dialog.getByText('Data Center').first().waitFor();
  await page.waitForLoadState('networkidle');
  // The dialog is no taller than n8n allows: the last of our own fields is at its end.
  await dialog.getByText(lastField).first().scrollIntoViewIfNeeded();
  await dialog.screenshot({ path });
}

async function openNode(page: Page, name: string): Promise<void> {
  await page.getByTestId('canvas-default-node').filter({ hasText: name }).dblclick();
  await page.getByTestId('parameter-input').first().waitFor();
  // The neighbours that n8n hangs on the panel's edges cover what they hang on.
  await page.addStyleTag({ content: '[class*="floatingNodes"] { display: none }' });
  await page.mouse.move(0, 0);
  await page.waitForLoadState('networkidle');
}
