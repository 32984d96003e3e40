import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const run = promisify(execFile);
const rootUrl = new URL('../../', import.meta.url);
const root = fileURLToPath(rootUrl);
const dist = join(root, 'dist');

/** Of the Action: connect.js is a program of its own. */
const BYTES_LIMIT = 600_000;

interface Built {
  readonly files: Readonly<Record<string, string>>;
  readonly packages: readonly string[];
}

let empty: string;
let built: Built;

/** Builds in a process of its own, which is started in another folder. */
async function buildFrom(folder: string): Promise<Built> {
  const scripts = (name: string) => JSON.stringify(new URL(`scripts/build/${name}`, rootUrl).href);
  const script = `
    import { bundleAction } from ${scripts('bundle-action.ts')};
    import { distFiles } from ${scripts('dist.ts')};
    import { packageFolders } from ${scripts('licenses.ts')};
    const { metafile } = await bundleAction();
    const packages = packageFolders(metafile).map((path) => path.replace(/.*node_modules\\//, ''));
    process.stdout.write(JSON.stringify({ files: Object.fromEntries(await distFiles()), packages }));`;
  const options = { cwd: folder, maxBuffer: 50_000_000 };
  const { stdout } = await run(
    process.execPath,
    ['--input-type=module-typescript', '--eval', script],
    options,
  );
  return JSON.parse(stdout) as Built;
}

beforeAll(async () => {
  empty = await mkdtemp(join(tmpdir(), 'extension log dist-'));
  built = await buildFrom(empty);
});

afterAll(() => rm(empty, { recursive: true, force: true }));

/** Not compared as text: a diff of two bundles is unreadable. */
async function staleFiles(): Promise<string[]> {
  const names = new Set([...(await readdir(dist)), ...Object.keys(built.files)]);
  const texts = await Promise.all(
    [...names].map(async (name) => ({
      name,
      text: await readFile(join(dist, name), 'utf8').catch(() => undefined),
    })),
  );
  return texts.filter(({ name, text }) => text !== built.files[name]).map(({ name }) => name);
}

test('every file of dist/ is what the sources build, and no other is there: npm run build makes it so', async () => {
  expect(await staleFiles()).toEqual([]);
});

test('two builds, from two folders, are the same to the byte', async () => {
  const again = await buildFrom(root);
  expect(Object.keys(again.files)).toEqual(Object.keys(built.files));
  for (const [name, text] of Object.entries(again.files)) {
    expect({ name, same: text === built.files[name] }).toEqual({ name, same: true });
  }
});

test('the Action is small, and knows nothing of the machine that built it', () => {
  const texts = Object.entries(built.files).filter(([name]) => name !== 'connect.js');
  const bytes = texts.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
  expect(bytes).toBeLessThanOrEqual(BYTES_LIMIT);
  for (const [, text] of texts) expect(text.includes(root)).toBe(false);
});

test('every package in the bundle is named with its licence', () => {
  const licenses = built.files['licenses.txt'] ?? '';
  expect(built.packages).toEqual(expect.arrayContaining(['@actions/core', 'got', 'yaml', 'zod']));
  const sections = licenses.split(/\n(?=\S+ \d+\.\d+\.\d+\S* \()/);
  for (const name of built.packages) {
    const section = sections.find((text) => text.startsWith(`${name} `)) ?? `nothing of ${name}`;
    expect(section).toMatch(/^\S+ \d+\.\d+\.\d+\S* \([\w.-]+\)\n\n[\s\S]*(copyright|permission)/i);
  }
});

describe('alone in an empty folder', () => {
  test('dist/ needs nothing beside it, whatever format it reads', async () => {
    const alone = join(empty, 'dist');
    await cp(dist, alone, { recursive: true });
    // GitHub's runner checks the whole repository out, whose package.json says that .js is a module.
    await writeFile(join(empty, 'package.json'), '{ "type": "module" }');
    await writeFile(join(empty, 'output'), '');
    const env = {
      SystemRoot: process.env['SystemRoot'] ?? '',
      'INPUT_ORG-ID': '1',
      'INPUT_INSTALLATION-ID': '2',
      'INPUT_DRY-RUN': 'true',
      INPUT_LOGS: '- Build\n- { title: Deploy }',
      INPUT_REFERENCE: 'r',
      GITHUB_OUTPUT: join(empty, 'output'),
    };
    const { stdout, stderr } = await run(process.execPath, [join(alone, 'index.js')], { cwd: empty, env });
    expect(stdout).toContain('2 logs planned');
    expect(stderr).toBe('');
  });
});
