import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the version stands. A release writes all of them, and a test holds them together. */
const MANIFESTS = ['package.json', 'n8n-node/package.json'];
const LOCK = 'package-lock.json';
const SENT_WITH_REQUESTS = 'action/version.ts';

interface Manifest {
  version: string;
}
interface Lock extends Manifest {
  packages: Record<string, Manifest>;
}

/** @returns what each place says, by its name */
export async function readVersions(root: string): Promise<ReadonlyMap<string, string>> {
  const versions = new Map<string, string>();
  for (const file of MANIFESTS) versions.set(file, (await readJson<Manifest>(root, file)).version);
  const lock = await readJson<Lock>(root, LOCK);
  versions.set(LOCK, lock.version);
  for (const name of ['', 'n8n-node']) versions.set(`${LOCK} "${name}"`, lock.packages[name]?.version ?? '');
  const source = await readFile(join(root, SENT_WITH_REQUESTS), 'utf8');
  versions.set(SENT_WITH_REQUESTS, /VERSION = '([^']*)'/.exec(source)?.[1] ?? '');
  return versions;
}

/** Writes the version to every place. */
export async function writeVersion(root: string, version: string): Promise<void> {
  for (const file of MANIFESTS) {
    const manifest = await readJson<Manifest>(root, file);
    manifest.version = version;
    await writeJson(root, file, manifest);
  }
  const lock = await readJson<Lock>(root, LOCK);
  lock.version = version;
  for (const name of ['', 'n8n-node']) {
    const entry = lock.packages[name];
    if (entry !== undefined) entry.version = version;
  }
  await writeJson(root, LOCK, lock);
  const path = join(root, SENT_WITH_REQUESTS);
  const source = await readFile(path, 'utf8');
  await writeFile(path, source.replace(/VERSION = '[^']*'/, `VERSION = '${version}'`));
}

async function readJson<T>(root: string, file: string): Promise<T> {
  return JSON.parse(await readFile(join(root, file), 'utf8')) as T;
}

/** As npm writes it. */
async function writeJson(root: string, file: string, value: unknown): Promise<void> {
  await writeFile(join(root, file), `${JSON.stringify(value, null, 2)}\n`);
}
