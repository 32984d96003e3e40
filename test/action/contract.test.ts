import { access, readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { INPUT_DEFAULTS } from '../../action/inputs/input-values.ts';
import { outputsWithoutDelivery } from '../../action/report/outputs.ts';
import { VERSION } from '../../action/version.ts';

interface Manifest {
  readonly inputs: Record<string, { description: string; default?: string; required?: boolean }>;
  readonly outputs: Record<string, { description: string }>;
  readonly runs: Record<string, string>;
}

const fileInRoot = (name: string) => new URL(`../../${name}`, import.meta.url);
const textOf = async (name: string) => readFile(fileInRoot(name), 'utf8');
const manifest = parse(await textOf('action.yml')) as Manifest;

/** A default that is an expression is the workflow's context, which the code knows nothing of. */
const withoutExpression = (text = '') => (text.startsWith('${{') ? '' : text);

const defaults = Object.fromEntries(
  Object.entries(manifest.inputs).map(([name, input]) => [name, withoutExpression(input.default)]),
);

/** Rows of the Markdown table under a heading: the first cell's name, and the other cells. */
function tableUnder(heading: string, markdown: string): Map<string, string[]> {
  const begin = markdown.indexOf(`\n${heading}\n`);
  if (begin === -1) throw new Error(`README.md has no heading "${heading}"`);
  const body = markdown.slice(begin + heading.length + 2);
  const section = body.slice(0, /\n#{1,3} /.exec(body)?.index ?? body.length);
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return new Map(
    rows.flatMap((row) => {
      const [names = '', ...cells] = row
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']): [string, string[]] => [name, cells]);
    }),
  );
}

describe('action.yml', () => {
  test('has the inputs of the code, in their order, with the same defaults', () => {
    expect(Object.entries(defaults)).toEqual(Object.entries(INPUT_DEFAULTS));
  });

  test('requires what the code requires', () => {
    const required = Object.keys(manifest.inputs).filter((name) => manifest.inputs[name]?.required);
    // The ids may come from a list of installations.
    expect(required).toEqual([]);
  });

  test('has the outputs of the code, in their order', () => {
    expect(Object.keys(manifest.outputs)).toEqual(Object.keys(outputsWithoutDelivery(true, '')));
  });

  test('runs on node24 what is there to run', async () => {
    const { using, ...scripts } = manifest.runs;
    expect(using).toBe('node24');
    expect(scripts['main']).toBe('dist/index.js');
    for (const script of Object.values(scripts).filter((value) => value.endsWith('.js')))
      await access(fileInRoot(script));
  });

  test('describes every input and output', () => {
    for (const { description } of [...Object.values(manifest.inputs), ...Object.values(manifest.outputs)])
      expect(description).toMatch(/^\S.{10,}/);
  });
});

describe('README.md', () => {
  test('has a table with every input, and no other', async () => {
    const table = tableUnder('## Inputs', await textOf('README.md'));
    expect([...table.keys()].sort()).toEqual(Object.keys(INPUT_DEFAULTS).sort());
  });

  test('gives the default of every input that has one', async () => {
    const table = tableUnder('## Inputs', await textOf('README.md'));
    const given = Object.entries(defaults).filter(([, value]) => value !== '');
    expect(given.map(([name]) => [name, table.get(name)?.[0]])).toEqual(
      given.map(([name, value]) => [name, `\`${value}\``]),
    );
  });

  test('has a table with every output, and no other', async () => {
    const table = tableUnder('## Outputs', await textOf('README.md'));
    expect([...table.keys()].sort()).toEqual(Object.keys(manifest.outputs).sort());
  });
});

test("the version that requests are sent with is the package's", async () => {
  expect(VERSION).toBe((JSON.parse(await textOf('package.json')) as { version: string }).version);
});
