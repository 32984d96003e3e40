import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type FakeGithub, startFakeGithub } from '../../emulator/github/fake-github.ts';
import { type Emulator, startEmulator } from '../../emulator/start-emulator.ts';
import { tryWorkflow } from '../../emulator/try/try-workflow.ts';
import { markdownFiles, ROOT } from '../repository/markdown.ts';
import { codeBlocksIn, commandsIn } from './code-blocks.ts';
import { workflowWith } from './workflow-with.ts';

const blocks = (await markdownFiles()).flatMap(({ path, text }) =>
  codeBlocksIn(text).map((block) => ({ ...block, at: `${path}:${block.line}` })),
);

function blocksIn(...languages: string[]) {
  return blocks.filter(({ language }) => languages.includes(language));
}

let desk: Emulator;
let github: FakeGithub;
beforeAll(async () => {
  desk = await startEmulator({ portals: 200 });
  github = await startFakeGithub();
});
beforeEach(() => desk.reset());
afterAll(async () => {
  await github.close();
  await desk.close();
});

test('a code block is in a language that is tried below, or is a picture', () => {
  // The one Dockerfile needs n8n's image, which only a registry of images has.
  const known = ['yaml', 'json', 'sh', 'powershell', 'ts', 'mermaid', 'dockerfile'];
  expect(blocks.filter(({ language }) => !known.includes(language))).toEqual([]);
});

describe('YAML: run as it stands, or as the part of a workflow that it is', () => {
  test.each(blocksIn('yaml').map(({ at, code }) => [at, code] as const))('%s', async (_at, code) => {
    const steps = await tryWorkflow(workflowWith(code), { desk, github });
    expect(steps.map(({ end }) => end?.exitCode)).toEqual(steps.map(() => 0));
    expect(desk.logs().length).toBeGreaterThan(0);
  });
});

test("the README's first workflow tells a failed release as the section on customers shows it", async () => {
  const [first] = blocks.filter(({ at, language }) => at.startsWith('README.md:') && language === 'yaml');
  await tryWorkflow(first?.code ?? '', { desk, github, failingStep: 'Smoke tests' });
  expect(desk.logs().map(({ title }) => title)).toEqual([
    expect.stringMatching(/^Release v1\.4\.2: failed · 2 of 3 steps · /),
    expect.stringMatching(/^Passed · Build the extension · /),
    expect.stringMatching(/^Passed · Upload to the marketplace · /),
    expect.stringMatching(/^Failed · Smoke tests · /),
  ]);
  expect(JSON.stringify(desk.logs())).not.toMatch(/github|octocat|acme|https?:/i);
});

describe('JSON: can be read, whole or line by line', () => {
  test.each(blocksIn('json').map(({ at, code }) => [at, code] as const))('%s', (_at, code) => {
    const isOneValue = !/\}\n\{/.test(code);
    const texts = isOneValue ? [code] : code.trim().split('\n');
    for (const text of texts) expect(() => JSON.parse(text) as unknown).not.toThrow();
  });
});

describe('TypeScript: runs', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'document-code-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each(blocksIn('ts').map(({ at, code }) => [at, code] as const))('%s', async (_at, code) => {
    const file = join(folder, 'example.mts');
    await writeFile(file, code.replaceAll("'../", `'${pathToFileURL(ROOT).href}`));
    await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', file]);
  });
});

/** How a command of a document is tried: here, or by the test or the script that is named. */
interface Trial {
  readonly command: RegExp;
  readonly here?: (found: readonly string[]) => Promise<void>;
  /** The file that runs it, and words of that file which would go with it. */
  readonly by?: readonly [file: string, words: string];
  /** Why it cannot run here. */
  readonly needs?: string;
}

const TRIALS: readonly Trial[] = [
  { command: /^npm ci$/, by: ['.ci/run', 'npm ci'] },
  { command: /^npm test$/, by: ['.ci/run', 'npm run coverage'] },
  { command: /^npm run demo( -- --open)?$/, by: ['test/repository/start-anywhere.test.ts', "'demo'"] },
  { command: /^npm run demo -- --portals \d+$/, by: ['test/scripts/demo/demo.test.ts', '--portals'] },
  { command: /^npm run release -- [\d.]+$/, by: ['test/scripts/release/prepare-release.test.ts', '1.2.0'] },
  {
    command: /^(npm run connect|node connect\.js)( -- --desk-url .*)?$/,
    by: ['test/connect/conversation.test.ts', 'connect'],
  },
  { command: /^npm run connect -- --check$/, by: ['test/connect/check.test.ts', '--check'] },
  { command: /^npm run check:live$/, by: ['test/connect/check-live.test.ts', 'check'] },
  {
    command: /^npm (--prefix \S+ )?run try -- (\S+)$/,
    by: ['test/examples/workflows.test.ts', 'tryWorkflow'],
  },
  {
    command: /^(export RECEIVER_KEY=.*|node examples\/vendor\/receive-installs\.mjs)$/,
    by: ['test/examples/receive-installs.test.ts', 'RECEIVER_KEY'],
  },
  {
    command: /^npm run emulator( -- (.*))?$/,
    here: async ([, , flags = '']) => {
      const folder = await mkdtemp(join(tmpdir(), 'document-emulator-'));
      const args = flags
        .replace(/--port \d+/, '')
        .split(' ')
        .filter(Boolean);
      await startsAndPrintsItsAddress([join(ROOT, 'emulator/main.mjs'), '--port', '0', ...args], folder);
      await rm(folder, { recursive: true });
    },
  },
  {
    command: /^curl -d '([^']+)' http:\/\/127\.0\.0\.1:8025(\/\S+)$/,
    here: async ([, body = '', path = '']) => {
      const response = await fetch(desk.url + path, { method: 'POST', body });
      expect([path, response.status, await response.text()]).toEqual([path, 200, expect.anything()]);
    },
  },
  { command: /^git clone |^cd /, needs: 'the published repository' },
  { command: /^gh attestation verify /, needs: 'a release on GitHub' },
  { command: /^docker run /, needs: "n8n's image" },
];

async function startsAndPrintsItsAddress(args: readonly string[], cwd: string): Promise<void> {
  const child = execFile(process.execPath, args, { cwd });
  const printed = await new Promise<string>((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk: string) => {
      text += chunk;
      if (/http:\/\/127\.0\.0\.1:\d+/.test(text)) resolve(text);
    });
    child.once('close', () => resolve(text));
  });
  child.kill();
  expect(printed).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
}

describe('shell commands', () => {
  const commands = blocksIn('sh', 'powershell').flatMap((block) =>
    commandsIn(block).map((command) => [`${block.at} ${command}`, command] as const),
  );

  test.each(commands)('%s', async (_at, command) => {
    const trial = TRIALS.find((candidate) => candidate.command.test(command));
    if (trial === undefined) throw new Error(`Say how "${command}" is tried.`);
    await trial.here?.(trial.command.exec(command) ?? []);
    if (trial.by === undefined) return;
    const [file, words] = trial.by;
    await access(join(ROOT, file));
    expect(await readFile(join(ROOT, file), 'utf8')).toContain(words);
  });

  test('no way of trying one is left over', () => {
    const unused = TRIALS.filter((trial) => !commands.some(([, command]) => trial.command.test(command)));
    expect(unused.map(({ command }) => command.source)).toEqual([]);
  });
});
