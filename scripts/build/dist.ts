import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleAction } from './bundle-action.ts';
import { bundleConnect } from './bundle-connect.ts';

/** The folder that a release is made of: it is committed, and holds nothing but what `distFiles` makes. */
const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

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

/** The files in dist/ that are not what the sources build, and those that are missing or too many. */
export async function staleFiles(): Promise<string[]> {
  const files = await distFiles();
  const names = new Set([...(await readdir(DIST)), ...files.keys()]);
  const stale: string[] = [];
  for (const name of [...names].sort()) {
    const text = await readFile(join(DIST, name), 'utf8').catch(() => undefined);
    if (text !== files.get(name)) stale.push(name);
  }
  return stale;
}
