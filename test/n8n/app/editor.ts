import { setTimeout as pause } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { findBrowser } from '../../../scripts/browser/find-browser.ts';

const OWNER = { email: 'ada@example.org', firstName: 'Ada', lastName: 'Builder', password: 'Not-a-secret-1' };

export const WINDOW = { width: 1360, height: 860 };

/** n8n's editor in a browser, signed in as the owner of the installation. */
export class Editor {
  readonly url: string;
  readonly context: BrowserContext;
  readonly #browser: Browser;

  private constructor(url: string, browser: Browser, context: BrowserContext) {
    this.url = url;
    this.#browser = browser;
    this.context = context;
  }

  static async open(url: string): Promise<Editor> {
    const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
    const context = await browser.newContext({ viewport: WINDOW });
    const editor = new Editor(url, browser, context);
    await editor.#post('owner/setup', OWNER);
    return editor;
  }

  /** Executes a workflow from one of its triggers, as the button on the canvas does, and waits for its end. */
  async execute(workflowId: string, trigger: string): Promise<void> {
    const { executionId } = (await this.#post(`workflows/${workflowId}/run`, {
      triggerToStartFrom: { name: trigger },
    })) as { executionId: string };
    for (let tries = 0; tries < 60; tries += 1) {
      const answer = await this.context.request.get(`${this.url}/rest/executions/${executionId}`);
      const { data } = (await answer.json()) as { data?: { status: string } };
      if (data?.status === 'success') return;
      if (data?.status === 'error') throw new Error(`The workflow ${workflowId} failed.`);
      await pause(500);
    }
    throw new Error(`The workflow ${workflowId} did not end.`);
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  async #post(path: string, data: object): Promise<unknown> {
    const answer = await this.context.request.post(`${this.url}/rest/${path}`, { data });
    if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`);
    return ((await answer.json()) as { data: unknown }).data;
  }
}
