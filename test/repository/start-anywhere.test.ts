import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ROOT } from './markdown.ts';

const NOT_COPIED = new Set(['node_modules', '.git', '.cache', 'coverage']);

let parent: string;
let copy: string;

/** A copy of the repository with the packages of this one, in a folder as a user may have it. */
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'Zoë’s Läufe & Co '));
  copy = join(parent, 'zoho desk extension log');
  await cp(ROOT, copy, {
    recursive: true,
    filter: (path) =>
      !relative(ROOT, path)
        .split(/[/\\]/)
        .some((name) => NOT_COPIED.has(name)),
  });
  for (const folder of ['node_modules', 'n8n-node/node_modules']) {
    const exists = await stat(join(ROOT, folder)).then(Boolean, () => false);
    // A junction, because Windows lets only an administrator make another link.
    if (exists) await symlink(join(ROOT, folder), join(copy, folder), 'junction');
  }
});

afterAll(() => rm(parent, { recursive: true, force: true }));

/** Runs a script of package.json, whose command is the name of a file for Node.js. */
async function runScript(name: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(copy, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [node, ...args] = (manifest.scripts[name] ?? '').split(' ');
  expect(node).toBe('node');
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: copy });
  expect(stderr).toBe('');
  return stdout;
}

async function contentsOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(folder)).sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}

test('build makes the same files in a folder with a space, an umlaut and an apostrophe', async () => {
  await rm(join(copy, 'dist'), { recursive: true });
  await runScript('build');
  const [here, there] = [await contentsOf(join(ROOT, 'dist')), await contentsOf(join(copy, 'dist'))];
  expect([...there.keys()]).toEqual([...here.keys()]);
  for (const [name, text] of there)
    expect({ name, same: text === here.get(name) }).toEqual({ name, same: true });
});

test('build leaves no file behind that an earlier one has made', async () => {
  await cp(join(copy, 'dist/index.js'), join(copy, 'dist/old-CHUNK.js'));
  await runScript('build');
  expect(await readdir(join(copy, 'dist'))).not.toContain('old-CHUNK.js');
});

test('the demo logs a release from there', async () => {
  expect(await runScript('demo')).toContain('What the portal shows');
});
