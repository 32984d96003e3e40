import { startEmulator } from '../emulator/start-emulator.ts';
import { startBrowser } from './browser/start-browser.ts';
import { LocalJob } from '../emulator/runner/local-job.ts';

/** Takes the README's pictures of the portal, of logs that the Action itself has written. */
const MINUTE = 60_000;

interface Told {
  readonly title: string;
  readonly description: string;
  readonly reference: string;
  readonly logs: readonly (string | { title: string; description: string })[];
  /** Until the next one. */
  readonly minutes: number;
}

function passed(...steps: string[]): string[] {
  return steps.map((step) => `Passed · ${step}`);
}

const TOLD: readonly Told[] = [
  {
    title: 'Release v1.4.0: passed · 4 of 4 jobs · 5 m 2 s',
    description: 'acme/parcel-tracker, v1.4.0, by mara-lindqvist',
    reference: 'gh-11820447193-1',
    logs: passed(
      'Build · 1 m 9 s',
      'Unit tests · 2 m 1 s',
      'Upload to the marketplace · 1 m 12 s',
      'Smoke tests · 40 s',
    ),
    minutes: 17 * 60,
  },
  {
    title: 'Nightly contact sync: 1,204 contacts updated',
    description: 'No contact was left out.',
    reference: 'sync-2026-11-22',
    logs: ['712 contacts of Berlin', '401 contacts of Malmö', '91 contacts of Lyon'],
    minutes: 179,
  },
  {
    title: 'Release v1.4.1: passed · 4 of 4 jobs · 4 m 48 s',
    description: 'acme/parcel-tracker, v1.4.1, by mara-lindqvist',
    reference: 'gh-11834902216-1',
    logs: passed(
      'build / Check out · 2 s',
      'build / Install · 31 s',
      'build / Bundle · 22 s',
      'test / Unit tests · 1 m 58 s',
      'test / Type check · 19 s',
      'publish / Validate the manifest · 1 s',
      'publish / Upload to the marketplace · 1 m 2 s',
      'verify / Smoke tests · 41 s',
      'verify / Announce · 2 s',
    ),
    minutes: 26,
  },
  {
    title: 'Release v1.4.2: failed · 3 of 4 jobs · 6 m 12 s',
    description: 'acme/parcel-tracker, v1.4.2, by mara-lindqvist',
    reference: 'gh-11836120874-1',
    logs: [
      ...passed('Build · 1 m 17 s', 'Unit tests · 2 m 3 s'),
      {
        title: 'Passed · Upload to the marketplace · 1 m 41 s',
        description: 'parcel-tracker-1.4.2.zip, 2.1 MB',
      },
      {
        title: 'Failed · Smoke tests · 48 s',
        description: 'The step “Open a ticket with a tracking number” failed.',
      },
      'Skipped · Announce',
    ],
    minutes: 0,
  },
];

const desk = await startEmulator({ port: 0 });
const job = await LocalJob.start();
const browser = await startBrowser();
try {
  for (const { title, description, reference, logs, minutes } of TOLD) {
    const { orgId, installationId } = desk.credentials;
    await job.run({
      with: {
        'org-id': orgId,
        'installation-id': installationId,
        'access-token': desk.issueAccessToken(),
        'desk-url': desk.url,
        title,
        description,
        reference,
        logs: JSON.stringify(logs),
      },
    });
    desk.advanceClock(minutes * MINUTE);
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1040, height: 800 } });
    await page.goto(desk.url);
    await page.locator('details > summary').first().click();
    await page.screenshot({ path: `docs/images/portal-${colorScheme}.png`, fullPage: true });
  }
} finally {
  await browser.close();
  await job.end();
  await desk.close();
}
