import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const run = promisify(execFile);
const rootUrl = new URL('../../', import.meta.url);
const inDist = (name: string) => new URL(`dist/${name}`, rootUrl);
const BYTES_LIMIT = 700_000;

interface Built {
  readonly code: string;
  readonly licenses: string;
  readonly metafile: {
    readonly outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>;
  };
}

let empty: string;
let built: Built;

/** Builds in a process of its own, which is started in another folder. */
async function buildFrom(folder: string): Promise<Built> {
  const script = `
    import { bundleAction } from ${JSON.stringify(new URL('scripts/build-action.ts', rootUrl).href)};
    process.stdout.write(JSON.stringify(await bundleAction()));`;
  const options = { cwd: folder, maxBuffer: 50_000_000 };
  const { stdout } = await run(
    process.execPath,
    ['--input-type=module-typescript', '--eval', script],
    options,
  );
  return JSON.parse(stdout) as Built;
}

beforeAll(async () => {
  empty = await mkdtemp(join(tmpdir(), 'extension-log-dist-'));
  built = await buildFrom(empty);
});

afterAll(() => rm(empty, { recursive: true, force: true }));

test('dist/ is what the sources build: npm run build makes it so', async () => {
  // Not compared as texts: the difference of two such files is no help to anyone.
  expect((await readFile(inDist('index.js'), 'utf8')) === built.code).toBe(true);
  expect((await readFile(inDist('licenses.txt'), 'utf8')) === built.licenses).toBe(true);
  expect((await readdir(inDist(''))).sort()).toEqual(['index.js', 'licenses.txt']);
});

test('two builds, from two folders, are the same to the byte', async () => {
  const again = await buildFrom(rootUrl.pathname);
  expect([again.code === built.code, again.licenses === built.licenses]).toEqual([true, true]);
});

test('the bundle is small, and knows nothing of the machine that built it', () => {
  expect(Buffer.byteLength(built.code)).toBeLessThanOrEqual(BYTES_LIMIT);
  expect(built.code).not.toContain(rootUrl.pathname);
});

test('every package in the bundle is named with its licence', () => {
  const inputs = Object.values(built.metafile.outputs).flatMap(({ inputs: files }) =>
    Object.entries(files).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const packages = new Set(
    inputs.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
  );
  expect([...packages]).toEqual(expect.arrayContaining(['@actions/core', 'got', 'yaml', 'zod']));
  const sections = built.licenses.split(/\n(?=\S+ \d+\.\d+\.\d+\S* \()/);
  for (const name of packages) {
    const section = sections.find((text) => text.startsWith(`${name} `)) ?? `nothing of ${name}`;
    expect(section).toMatch(/^\S+ \d+\.\d+\.\d+\S* \([\w.-]+\)\n\n[\s\S]*(copyright|permission)/i);
  }
});

describe('alone in an empty folder', () => {
  test('the bundle needs nothing beside it, whatever format it reads', async () => {
    const alone = join(empty, 'index.mjs');
    await cp(inDist('index.js'), alone);
    await writeFile(join(empty, 'output'), '');
    const env = {
      'INPUT_ORG-ID': '1',
      'INPUT_INSTALLATION-ID': '2',
      'INPUT_DRY-RUN': 'true',
      INPUT_LOGS: '- Build\n- { title: Deploy }',
      INPUT_REFERENCE: 'r',
      GITHUB_OUTPUT: join(empty, 'output'),
    };
    const { stdout, stderr } = await run(process.execPath, [alone], { cwd: empty, env });
    expect(stdout).toContain('    · Deploy');
    expect(stderr).toBe('');
  });
});
