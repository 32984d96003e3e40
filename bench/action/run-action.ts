import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalJob, type StepEnd } from '../../emulator/runner/local-job.ts';

/** How a run of the Action went. */
export interface ActionRun {
  readonly end: StepEnd;
  readonly tookMs: number;
  /** The most that its process took, in megabytes. */
  readonly peakMb: number;
}

/** Ids and a token that the desk of the benchmarks takes. */
export const ACTION_CREDENTIALS = {
  'org-id': '1',
  'installation-id': '2',
  'access-token': '1000.00112233445566778899aabbccddeeff.ffeeddccbbaa99887766554433221100',
};

/**
 * Runs the built Action as a process of its own.
 * @param files what is to lie in the job's workspace, by name
 */
export async function runAction(
  url: string,
  inputs: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<ActionRun> {
  const job = await LocalJob.start();
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(job.workspace, name), content);
    const peakFile = join(job.folder, 'peak-memory');
    const startedAt = performance.now();
    const end = await job.run({
      with: { 'desk-url': url, 'accounts-url': url, ...inputs },
      env: {
        ...env,
        NODE_OPTIONS: `--import=${new URL('keep-peak-memory.mjs', import.meta.url).href}`,
        PEAK_MEMORY_FILE: peakFile,
      },
    });
    const tookMs = performance.now() - startedAt;
    return { end, tookMs, peakMb: Number(await readFile(peakFile, 'utf8')) / 1024 };
  } finally {
    await job.end();
  }
}
