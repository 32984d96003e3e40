import { randomUUID } from 'node:crypto';
import type { MemoryFolder } from './memory-folder.ts';
import { isTokenFile } from './shared-token.ts';

const PREFIX = 'use-';

/** Notes that a use of the Action has begun. @returns its id, for {@link endUse} */
export async function beginUse(memory: MemoryFolder): Promise<string> {
  const id = randomUUID();
  await memory.write(PREFIX + id, '');
  return id;
}

/**
 * Notes that a use is over. Post phases run after all main phases, in reverse, so the one that finds
 * no other use is the job's last, and takes the shared tokens away.
 */
export async function endUse(memory: MemoryFolder, id: string): Promise<void> {
  await memory.remove(PREFIX + id);
  const names = await memory.names();
  if (names.some((name) => name.startsWith(PREFIX))) return;
  await Promise.all(names.filter(isTokenFile).map((name) => memory.remove(name)));
}
