import type { MemoryFolder } from './memory-folder.ts';

const PREFIX = 'use-';

/** Notes that a use of the Action has begun. */
export async function beginUse(memory: MemoryFolder, id: string): Promise<void> {
  await memory.write(PREFIX + id, '');
}

/**
 * Notes that a use is over. Post phases run after all main phases, in reverse, so the one that finds
 * no other use is the job's last, and takes all away that the job remembers, its tokens included.
 */
export async function endUse(memory: MemoryFolder, id: string): Promise<void> {
  await memory.remove(PREFIX + id);
  const names = await memory.names();
  if (!names.some((name) => name.startsWith(PREFIX))) await memory.clear();
}
