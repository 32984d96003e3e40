import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleAction } from './build-action.ts';
import { bundleConnect } from './build-connect.ts';

/** The folder that a release is made of: it is committed, and holds nothing but what `distFiles` makes. */
export const DIST = fileURLToPath(new URL('../dist', import.meta.url));

/** Every file that belongs in dist/, by name. */
export async function distFiles(): Promise<ReadonlyMap<string, string>> {
  const [{ files }, connect] = await Promise.all([bundleAction(), bundleConnect()]);
  return new Map([...files, ['connect.js', connect]]);
}

/** Makes dist/ hold these files and no other: a chunk that an earlier build has left would be released. */
export async function writeDist(files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(DIST, { recursive: true });
  for (const name of await readdir(DIST)) {
    if (!files.has(name)) await rm(join(DIST, name), { recursive: true });
  }
  for (const [name, text] of files) await writeFile(join(DIST, name), text);
}
