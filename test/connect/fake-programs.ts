import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as nextMoment } from 'node:timers/promises';

/** What GitHub's command line was asked to do. */
export interface GhCall {
  readonly args: readonly string[];
  readonly input: string;
}

/** Programs of the machine that a test stands in for: gh, and what opens a browser. */
export interface FakePrograms {
  /** A PATH that has them and nothing else. */
  readonly path: string;
  readonly ghCalls: () => Promise<GhCall[]>;
  /** The address that was opened in a browser, as soon as there is one. */
  readonly openedPage: () => Promise<string>;
  readonly remove: () => Promise<void>;
}

export interface FakeProgramsOptions {
  /** Whether there is a gh. */
  readonly isInstalled?: boolean;
  readonly hasBrowser?: boolean;
  /** Names that the repository has already. */
  readonly present?: readonly string[];
  /** The repository of the folder, where it is in one. */
  readonly repository?: string;
  /** What gh says instead of doing this to the repository, once: it sets a name, or lists `secret`s. */
  readonly refuses?: { readonly name: string; readonly saying: string };
}

export async function fakePrograms({
  isInstalled = true,
  hasBrowser = true,
  present = [],
  repository = 'acme/desk-extension',
  refuses,
}: FakeProgramsOptions = {}): Promise<FakePrograms> {
  const folder = await mkdtemp(join(tmpdir(), 'programs of a person-'));
  const calls = join(folder, 'gh-calls.jsonl');
  const pages = join(folder, 'pages.txt');
  if (isInstalled) await program(join(folder, 'gh'), ghSource({ calls, present, repository, refuses }));
  for (const opener of hasBrowser ? ['xdg-open', 'open'] : []) {
    await program(
      join(folder, opener),
      `require('fs').appendFileSync(${JSON.stringify(pages)}, process.argv[2] + '\\n');`,
    );
  }
  return {
    path: folder,
    ghCalls: async () => (await linesOf(calls)).map((line) => JSON.parse(line) as GhCall),
    openedPage: async () => firstLine(pages),
    // A gh that a killed conversation has started may still be writing.
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** The shell starts it: a first line with Node's path could have no space in that. */
async function program(path: string, source: string): Promise<void> {
  await writeFile(`${path}.cjs`, source);
  await writeFile(
    path,
    `#!/bin/sh\nexec '${process.execPath.replaceAll("'", `'\\''`)}' '${path}.cjs' "$@"\n`,
  );
  await chmod(path, 0o755);
}

function ghSource(options: object): string {
  return `
const fs = require('fs');
const { calls, present, repository, refuses } = ${JSON.stringify(options)};
const args = process.argv.slice(2);
const input = fs.readFileSync(0, 'utf8');
const isFirst = !fs.existsSync(calls) || !fs.readFileSync(calls, 'utf8').includes(JSON.stringify(args));
fs.appendFileSync(calls, JSON.stringify({ args, input }) + '\\n');
if (args[0] === 'repo' && repository === '') process.exit(1);
if (args[0] === 'repo') console.log(repository);
if (args[1] === 'list') console.log(present.join('\\n'));
const what = args[1] === 'set' ? args[2] : args[1] === 'list' ? args[0] : undefined;
if (isFirst && what !== undefined && refuses?.name === what) {
  console.error(refuses.saying);
  process.exit(1);
}`;
}

/** The program that writes it was started a moment ago. */
async function firstLine(path: string): Promise<string> {
  for (let tries = 0; tries < 500; tries += 1) {
    const [line] = await linesOf(path);
    if (line !== undefined) return line;
    await nextMoment(20);
  }
  throw new Error('No page was opened.');
}

async function linesOf(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}
