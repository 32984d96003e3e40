import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Journal } from '../../shared/ports.ts';

/**
 * What the uses of one job remember together, in a folder of its own in RUNNER_TEMP: it lives as
 * long as the job, and is shared by its steps. The files are few and small, and the first request
 * waits for them: read and written at once, they cost a tenth of what a queue of promises does.
 */
export class MemoryFolder {
  readonly #path: string | undefined;
  readonly #journal: Journal;
  #hasWarned = false;

  /** Without RUNNER_TEMP nothing is remembered. */
  constructor({ RUNNER_TEMP: temp }: NodeJS.ProcessEnv, journal: Journal) {
    this.#path = temp ? join(temp, 'zoho-desk-extension-log') : undefined;
    this.#journal = journal;
  }

  /** The text under a name; undefined when there is none. */
  read(name: string): string | undefined {
    if (this.#path === undefined) return undefined;
    try {
      return readFileSync(join(this.#path, name), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Writes as a whole or not at all, readable by the job's own user only. Failures cost one warning together. */
  write(name: string, text: string): void {
    if (this.#path === undefined) return;
    const draft = join(this.#path, `draft-${randomUUID()}`);
    try {
      mkdirSync(this.#path, { recursive: true, mode: 0o700 });
      writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
      renameSync(draft, join(this.#path, name));
    } catch (error) {
      this.#warn(String((error as NodeJS.ErrnoException).code));
      remove(draft);
    }
  }

  /** Forgets what is under a name, if anything is. */
  remove(name: string): void {
    if (this.#path !== undefined) remove(join(this.#path, name));
  }

  /** Forgets all, drafts that a killed process left behind included. */
  clear(): void {
    if (this.#path !== undefined) remove(this.#path);
  }

  /** Every file of the folder, drafts included; none where it cannot be read. */
  names(): string[] {
    if (this.#path === undefined) return [];
    try {
      return readdirSync(this.#path);
    } catch {
      return [];
    }
  }

  /** A list of installations keeps a token for each: one folder, one warning. */
  #warn(code: string): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    this.#journal.warn(
      `RUNNER_TEMP cannot be written (${code}), so later uses in this job will not know about this one. ` +
        'Give each its own reference, or make the folder writable.',
    );
  }
}

/** What cannot be removed stays: no memory is worth a failed run. */
function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // See above.
  }
}
