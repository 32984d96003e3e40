import { readdir, readFile } from 'node:fs/promises';
import type { Metafile } from 'esbuild';

/** The licences of every package that has bytes in the bundle, by name. */
export async function licensesOf({ outputs }: Metafile): Promise<string> {
  const inputs = Object.values(outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const folders = new Set(
    inputs.flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
  );
  const texts = await Promise.all([...folders].map(licenseOf));
  return texts.sort().join('\n\n');
}

async function licenseOf(folder: string): Promise<string> {
  const root = new URL(`../${folder}/`, import.meta.url);
  const manifest = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as Record<
    string,
    string
  >;
  const file = (await readdir(root)).find((name) => /^licen[cs]e/i.test(name));
  const text = file === undefined ? '' : await readFile(new URL(file, root), 'utf8');
  return `${manifest['name']} ${manifest['version']} (${manifest['license']})\n\n${text.trim()}\n`;
}
