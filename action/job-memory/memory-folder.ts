import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Journal } from '../../shared/ports.ts';

/**
 * What the uses of one job remember together, in a folder of its own in RUNNER_TEMP: it lives as
 * long as the job, and is shared by its steps.
 */
export class MemoryFolder {
  readonly #path: string | undefined;
  readonly #journal: Journal;

  /** Without RUNNER_TEMP nothing is remembered. */
  constructor({ RUNNER_TEMP: temp }: NodeJS.ProcessEnv, journal: Journal) {
    this.#path = temp ? join(temp, 'zoho-desk-extension-log') : undefined;
    this.#journal = journal;
  }

  /** The text under a name; undefined when there is none. */
  async read(name: string): Promise<string | undefined> {
    if (this.#path === undefined) return undefined;
    try {
      return await readFile(join(this.#path, name), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Writes as a whole or not at all, readable by the job's own user only. A failure costs a warning. */
  async write(name: string, text: string): Promise<void> {
    if (this.#path === undefined) return;
    const draft = join(this.#path, `draft-${randomUUID()}`);
    try {
      await mkdir(this.#path, { recursive: true, mode: 0o700 });
      await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
      await rename(draft, join(this.#path, name));
    } catch (error) {
      const code = String((error as NodeJS.ErrnoException).code);
      this.#journal.warn(
        `RUNNER_TEMP cannot be written (${code}), so later uses in this job will not know of this one.`,
      );
      await removed(draft);
    }
  }

  async remove(name: string): Promise<void> {
    if (this.#path !== undefined) await removed(join(this.#path, name));
  }

  /** Forgets all, drafts that a killed process left behind included. */
  async clear(): Promise<void> {
    if (this.#path !== undefined) await removed(this.#path);
  }

  async names(): Promise<string[]> {
    return this.#path === undefined ? [] : readdir(this.#path).catch(() => []);
  }
}

/** What cannot be removed stays: nothing that is remembered is worth a failed run. */
async function removed(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}
