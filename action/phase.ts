import type { Journal, Secrets } from '../shared/ports.ts';
import type { InputValues } from './inputs/input-values.ts';
import type { MemoryFolder } from './job-memory/memory-folder.ts';

/** The runner starts the Action twice: where its step stands, and when the job ends. */
export type Phase = 'main' | 'post';

/** What the Action is started with. */
export interface Start {
  readonly inputs: InputValues;
  readonly secrets: Secrets;
  readonly env: NodeJS.ProcessEnv;
  /** Fires when the runner cancels the job. */
  readonly cancelled: AbortSignal;
}

/** What a phase works with. */
export interface Run extends Start {
  readonly journal: Journal;
  readonly memory: MemoryFolder;
}
