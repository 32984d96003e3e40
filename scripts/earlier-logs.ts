/** Logs of earlier days for the pictures: inputs of the Action, and the minutes until the next ones. */
interface EarlierLogs {
  readonly title: string;
  readonly description: string;
  readonly reference: string;
  readonly logs: readonly string[];
  readonly minutes: number;
}

function passed(...steps: string[]): string[] {
  return steps.map((step) => `Passed · ${step}`);
}

/** In the order they are logged in. */
export const EARLIER_LOGS: readonly EarlierLogs[] = [
  {
    title: 'Release v1.4.0: passed · 4 of 4 jobs · 5 m 2 s',
    description: 'Tickets show where a parcel is.',
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
    title: 'Release v1.4.1: passed · 13 of 13 steps · 4 m 48 s',
    description: 'Parcels of two couriers at once.',
    reference: 'gh-11834902216-1',
    logs: passed(
      'Check out · 2 s',
      'Install · 31 s',
      'Bundle · 22 s',
      'Unit tests, accounts · 58 s',
      'Unit tests, tickets · 41 s',
      'Unit tests, parcels · 19 s',
      'Type check · 19 s',
      'Validate the manifest · 1 s',
      'Upload to the marketplace · 1 m 2 s',
      'Smoke tests, staging · 21 s',
      'Smoke tests, production · 20 s',
      'Announce · 2 s',
      'Clean up · 1 s',
    ),
    minutes: 26,
  },
];
