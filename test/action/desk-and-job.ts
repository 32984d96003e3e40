import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/start-emulator.ts';
import { connectionInputs } from '../../emulator/runner/connection-inputs.ts';
import { LocalJob, type StepEnd } from '../../emulator/runner/local-job.ts';

export type With = Readonly<Record<string, string>>;

/** Secrets as real ones look, so that a test can tell a piece of one from an ordinary word. */
export const RANDOM_SECRETS = {
  clientSecret: 'b7d02c9e41f8a6635d1e7f90c2ab48e3f5160d9c',
  refreshToken: '1000.5c1f7ae2093bd84e6fa1c07d92be3458.e19d4b7c60f2a835d7c41e9b02f68a3d',
};

/** A local Desk and a job whose steps use the Action. */
export interface Scene {
  readonly desk: Emulator;
  readonly job: LocalJob;
  /** Runs one step that has all it needs to deliver, but for what to log. */
  readonly run: (given: With, options?: RunOptions) => Promise<StepEnd>;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly onStart?: Parameters<LocalJob['run']>[1];
}

/** A Desk and a job of its own, for a test that looks at several side by side. */
export async function withScene<T>(
  use: (scene: Scene) => Promise<T>,
  options: EmulatorOptions = {},
): Promise<T> {
  const desk = await startEmulator({ port: 0, ...options });
  const job = await LocalJob.start();
  try {
    return await use(sceneOf(desk, job));
  } finally {
    await job.end();
    await desk.close();
  }
}

export function sceneOf(desk: Emulator, job: LocalJob): Scene {
  return {
    desk,
    job,
    run: async (given, { env = {}, onStart } = {}) =>
      job.run({ with: { ...connectionInputs(desk), ...given }, env }, onStart),
  };
}

/** A list for `logs`: entries with these titles. */
export function logsWithTitles(...titles: string[]): string {
  return JSON.stringify(titles);
}

/** `Step 1`, `Step 2`, … */
export function stepTitles(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `Step ${index + 1}`);
}

/** What the portal shows: each wire reference with its titles, the parent first. */
export function portalOf(desk: Emulator): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const { reference, title } of desk.logs()) (groups[reference ?? ''] ??= []).push(title);
  return groups;
}

/** Requests for a log, without those for a token. */
export function logRequests(desk: Emulator) {
  return desk.requests().filter(({ path }) => path.startsWith('/api/'));
}

/** Runs so many at a time, results in the order given: a process for each would starve a small machine. */
export async function inBatches<In, Out>(
  items: readonly In[],
  atOnce: number,
  work: (item: In) => Promise<Out>,
): Promise<Out[]> {
  const results: Out[] = [];
  const next = items.entries();
  async function worker(): Promise<void> {
    for (const [index, item] of next) results[index] = await work(item);
  }
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
