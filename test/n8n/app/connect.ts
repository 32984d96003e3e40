import type { BrowserContext } from 'playwright-core';

/**
 * Connects a credential as the button in its dialog does: n8n gives the address of Zoho's consent
 * page, the local Desk consents at once, and n8n exchanges the code that comes back for tokens.
 */
export async function connect(context: BrowserContext, url: string, credentialId: string): Promise<void> {
  const answer = await context.request.get(`${url}/rest/oauth2-credential/auth?id=${credentialId}`);
  const { data: consentUrl } = (await answer.json()) as { data: string };
  const { searchParams, pathname } = new URL(consentUrl);
  for (const [name, value] of [
    ['scope', 'Desk.extensions.CREATE'],
    ['access_type', 'offline'],
    ['prompt', 'consent'],
  ] as const) {
    if (searchParams.get(name) !== value)
      throw new Error(`${name} is ${searchParams.get(name)}: ${consentUrl}`);
  }
  const page = await context.newPage();
  await page.goto(consentUrl);
  const said = await page.locator('body').innerText();
  if (!/successful/i.test(said)) throw new Error(`n8n said after the consent: ${said}`);
  console.log(`connected by ${pathname}`);
  await page.close();
}
