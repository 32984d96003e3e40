import { readdir, readFile } from 'node:fs/promises';
import type { Metafile } from 'esbuild';

/** The folders of the packages that have bytes in the bundle, such as `node_modules/got`. */
export function packageFolders({ outputs }: Metafile): string[] {
  const inputs = Object.values(outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const folders = inputs.flatMap(
    (path) => /^([\w./-]*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
  );
  return [...new Set(folders)];
}

/** The licences of every package that has bytes in the bundle, by name. */
export async function licensesOf(metafile: Metafile): Promise<string> {
  const texts = await Promise.all(packageFolders(metafile).map(licenseOf));
  return texts.sort().join('\n\n');
}

async function licenseOf(folder: string): Promise<string> {
  const root = new URL(`../../${folder}/`, import.meta.url);
  const manifest = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as Record<
    string,
    string
  >;
  const file = (await readdir(root)).find((name) => /^licen[cs]e/i.test(name));
  const text = file === undefined ? '' : await readFile(new URL(file, root), 'utf8');
  return `${manifest['name']} ${manifest['version']} (${manifest['license']})\n\n${text.trim()}\n`;
}
