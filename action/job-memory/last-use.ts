import type { MemoryFolder } from './memory-folder.ts';

const PREFIX = 'use-';

/** Notes that a use of the Action has begun in this job. */
export function beginUse(memory: MemoryFolder, id: string): void {
  memory.write(PREFIX + id, '');
}

/**
 * Notes that a use has ended. Post phases run after all main phases, in reverse, so the one that finds
 * no other use is the job's last, and removes everything that the job keeps, its tokens included.
 */
export function endUse(memory: MemoryFolder, id: string): void {
  memory.remove(PREFIX + id);
  const names = memory.names();
  if (!names.some((name) => name.startsWith(PREFIX))) memory.clear();
}
