import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BadInput } from './bad-inputs.ts';

/** A logs file that is wrong; `write` puts it into a workspace. */
export interface BadFile extends BadInput {
  readonly write: (workspace: string) => Promise<void>;
}

function badFile(name: string, content: string | Buffer, ...said: string[]): BadFile {
  return {
    given: { title: '', 'logs-file': name },
    said,
    write: async (workspace) => writeFile(join(workspace, name), content),
  };
}

const LENGTH_RULE = 'at most 100000 are allowed. Shorten it, or link to the whole text.';

export const BAD_FILES: readonly BadFile[] = [
  {
    given: { title: '', 'logs-file': 'none.yml' },
    said: [
      'logs-file: "none.yml" is not there. Check the path, which is relative to the workspace, and that an earlier step made it.',
    ],
    write: () => Promise.resolve(),
  },
  {
    given: { title: '', 'logs-file': 'folder.json' },
    said: ['logs-file: "folder.json" is not a file. Name the file itself.'],
    write: async (workspace) => void (await mkdir(join(workspace, 'folder.json'))),
  },
  badFile(
    'logs.txt',
    '- a',
    'logs-file: "logs.txt" must end in one of .yaml, .yml, .json, .jsonl. Rename it to what it holds.',
  ),
  badFile(
    'broken.json',
    '[\n  { "title": "a" },\n}\n]',
    `logs-file "broken.json": is not valid JSON: Unexpected token '}', ..."": "a" }, } ]". Check it with a JSON formatter.`,
  ),
  badFile(
    'broken.jsonl',
    '{"title":"a"}\n\nnope\n{"title":"b"}\n',
    `logs-file "broken.jsonl" line 3: is not valid JSON: Unexpected token 'o', "nope". Check it with a JSON formatter.`,
  ),
  badFile(
    'entries.jsonl',
    '"a"\n{"titel":"b"}\n',
    'logs-file[1]: has the unknown key "titel". An entry takes title, description, status, reference and installationId; a text with a colon goes in quotes.',
  ),
  ...['empty.jsonl', 'empty.json', 'empty.yaml'].map((name) =>
    badFile(name, '\n', `logs-file "${name}": is empty. Write a list of logs, or leave the input out.`),
  ),
  badFile(
    'comments.yml',
    '# nothing yet\n',
    'logs-file: null must be a list. Start each entry with "- ", or write a JSON array.',
  ),
  badFile(
    'deep.json',
    '['.repeat(100_000) + ']'.repeat(100_000),
    'logs-file "deep.json": is nested too deeply for a list of logs. An entry is text, or a mapping with a title.',
  ),
  badFile(
    'large.json',
    ' '.repeat(10 * 1_048_576 + 1),
    'logs-file: "large.json" is larger than 10 MiB. Check that it is a list of logs.',
  ),
  badFile(
    'powershell.json',
    Buffer.from('\uFEFF["a"]', 'utf16le'),
    'logs-file: "powershell.json" is not UTF-8 text. Save it as UTF-8; in PowerShell, with Out-File -Encoding utf8.',
  ),
  badFile(
    'long.json',
    JSON.stringify([{ title: 'a', description: 'x'.repeat(500_000) }]),
    `logs-file[0].description: "${'x'.repeat(58)}… has 500000 characters; ${LENGTH_RULE}`,
  ),
];
