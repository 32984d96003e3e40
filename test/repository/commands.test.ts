import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { markdownFiles, ROOT } from './markdown.ts';

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
}

const files = await markdownFiles();
const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as Manifest;

/** Everywhere a document says `npm run`, in prose as well as in a code block. */
function scriptsNamedIn(text: string): string[] {
  return [...text.matchAll(/\bnpm run (?:-s |--silent )?([a-z][\w:-]*)/g)].map(([, name = '']) => name);
}

test.each(files.map(({ path }) => path))('every npm script that %s names exists', (path) => {
  const text = files.find((file) => file.path === path)?.text ?? '';
  expect(scriptsNamedIn(text).filter((name) => !(name in scripts))).toEqual([]);
});

test('the documents name the scripts that a newcomer needs', () => {
  const named = new Set(files.flatMap(({ text }) => scriptsNamedIn(text)));
  expect([...named]).toEqual(expect.arrayContaining(['demo', 'emulator', 'build', 'release']));
});

test('no script needs a shell of one system', () => {
  for (const [name, command] of Object.entries(scripts)) {
    // A variable set before a command, a substitution, quotes in the manner of sh, a path with a dot.
    expect({ name, is: /(^|&& )\w+=|\$|'|(^|&& )\.\//.test(command) }).toEqual({ name, is: false });
  }
});
