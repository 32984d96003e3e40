import { expect, test } from '@jest/globals';
import { startEmulator } from '../../../emulator/start-emulator.ts';
import { emulatorForEachTest, invoke, invokeFields, send } from '../desk-client.ts';
import { CONTRASTS, pagesForEachTest } from './page-for-each-test.ts';

const emulator = emulatorForEachTest({ portals: 12 });
const pages = pagesForEachTest(emulator);

/** Writes one log to the portal of this number. */
function toPortal(index: number, title: string) {
  const portal = emulator().portals[index];
  return invoke(emulator(), invokeFields(emulator(), { title }, portal), { orgId: portal?.orgId ?? '' });
}

const lines = '.portals li';

test('shows every portal with its logs, how the newest group went, and what is wrong with it', async () => {
  await toPortal(0, 'Passed · Release');
  await toPortal(1, 'Failed · Release');
  emulator().configurePortal(emulator().portals[2]?.orgId ?? '', { reachable: false });
  emulator().configurePortal(emulator().portals[3]?.orgId ?? '', { installed: false });
  emulator().configurePortal(emulator().portals[4]?.orgId ?? '', { concurrentCalls: 1 });
  const page = await pages.open();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('12 portals');
  const texts = await page.locator(lines).allInnerTexts();
  expect(texts.slice(0, 6).map((text) => text.replaceAll('\n', ' | '))).toEqual([
    'Aster Logistics | 1 log · newest passed',
    'Birch Logistics | 1 log · newest failed',
    'Cobalt Logistics | no logs · does not answer',
    'Dune Logistics | no logs · uninstalled',
    'Ember Logistics | no logs · 1 call at once',
    'Fjord Logistics | no logs',
  ]);
  const view = page.getByRole('navigation', { name: 'View' });
  expect(await view.getByRole('link').allInnerTexts()).toEqual([
    'All 12',
    'Failed 1',
    'Without logs 10',
    'In trouble 3',
  ]);
  await view.getByRole('link', { name: 'In trouble' }).click();
  expect(await page.locator(lines).count()).toBe(3);
});

test.each([
  [{ creditsPerDay: 100 }, '100 credits a day'],
  [{ creditsPerDay: 1 }, '1 credit a day'],
  [{ latencyMs: 1500 }, 'answers after 1.5 s'],
])('a portal with %j is in trouble: %s', async (settings, trouble) => {
  emulator().configurePortal(emulator().portals[0]?.orgId ?? '', settings);
  const page = await pages.open();
  await page.getByRole('link', { name: 'In trouble 1' }).click();
  await page.getByText(trouble).waitFor();
  expect(await page.locator(lines).count()).toBe(1);
});

test('a new log in any portal appears by itself', async () => {
  const page = await pages.open();
  await toPortal(5, 'Passed · Release');
  await page.getByText('1 log · newest passed').waitFor();
});

test('the overview leads to a portal, that to its neighbours, to any other and back', async () => {
  await toPortal(1, 'Passed · Only here');
  const page = await pages.open();
  const heading = page.getByRole('heading', { level: 1 });
  await page.getByRole('link', { name: 'Birch Logistics' }).click();
  await page.getByRole('heading', { name: 'Passed · Only here' }).waitFor();
  expect(await heading.innerText()).toBe('Birch Logistics');
  await page.getByRole('link', { name: 'Next' }).click();
  await page.getByRole('heading', { name: 'Cobalt Logistics' }).waitFor();
  expect(await page.getByText('No logs yet').count()).toBe(1);
  await page.getByRole('combobox', { name: 'Portal' }).selectOption('Lumen Logistics');
  await page.getByRole('heading', { name: 'Lumen Logistics' }).waitFor();
  expect(await page.getByRole('link', { name: 'Next' }).count()).toBe(0);
  await page.getByRole('link', { name: 'All portals' }).click();
  await page.getByRole('heading', { name: '12 portals' }).waitFor();
});

test('a portal’s page shows and announces its own logs only', async () => {
  const page = await pages.open({}, `/?portal=${emulator().portals[1]?.orgId}`);
  await toPortal(2, 'Elsewhere');
  await toPortal(1, 'Here');
  await page.getByRole('status').getByText('New log: Here').waitFor({ state: 'attached' });
  expect(await page.locator('summary h2').allInnerTexts()).toEqual(['Here']);
});

test('finds a portal by name or id', async () => {
  const page = await pages.open();
  await page.getByLabel('Name or id').fill('juniper');
  await page.locator(lines).first().getByText('Juniper Logistics').waitFor();
  expect(await page.locator(lines).count()).toBe(1);
  await page.getByLabel('Name or id').fill('nobody');
  await page.getByText('No portal matches.').waitFor();
});

test('an unknown portal leads to the overview', async () => {
  expect((await send(`${emulator().url}/?portal=1`)).text).toContain('<h1 dir="auto">12 portals</h1>');
});

test.each(['light', 'dark'] as const)('is legible in %s, and on a phone', async (colorScheme) => {
  await toPortal(0, 'Failed · Release');
  emulator().configurePortal(emulator().portals[2]?.orgId ?? '', { reachable: false });
  const page = await pages.open({ colorScheme, viewport: { width: 320, height: 700 } });
  const contrasts = await page.evaluate<[number, string][]>(CONTRASTS);
  expect(contrasts.filter(([contrast]) => contrast < 4.5)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
});

test('a thousand portals are one page, more go on the next', async () => {
  const many = await startEmulator({ portals: 1_200 });
  try {
    const page = await (await pages.use().newContext()).newPage();
    await page.goto(many.url);
    expect(await page.locator(lines).count()).toBe(1_000);
    await page.getByRole('link', { name: 'Show more' }).click();
    await page.getByText(many.portals[1_000]?.name ?? '').waitFor();
    expect(await page.locator(lines).count()).toBe(200);
  } finally {
    await many.close();
  }
});
