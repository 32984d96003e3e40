import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RANDOM_SECRETS } from '../desk-and-job.ts';
import { type BadInput, JSON_LINES, YAML_REMEDY } from './bad-input-row.ts';
import { VENDOR_SECRETS } from './checking.ts';

/** A file that is wrong; `write` puts it into a workspace. */
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
      'logs-file: "none.yml" does not exist. Check the path, which starts at the workspace, and that an earlier step made the file.',
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
    'logs-file: "logs.txt" must end in one of .yaml, .yml, .json, .jsonl. Rename it to match its content.',
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
    'logs-file[1]: has the unknown key "titel". An entry takes title, description, status, reference, installationId and orgId; a text with a colon goes in quotes.',
  ),
  ...['empty.jsonl', 'empty.json', 'empty.yaml'].map((name) =>
    badFile(name, '\n', `logs-file "${name}": is empty. Write a list, or leave the input out.`),
  ),
  badFile(
    'comments.yml',
    '# nothing yet\n',
    'logs-file: null must be a list. Start each entry with "- ", or write a JSON array.',
  ),
  badFile(
    'deep.json',
    '['.repeat(100_000) + ']'.repeat(100_000),
    'logs-file "deep.json": is nested too deeply for a list. Write each entry as text or as a mapping.',
  ),
  {
    given: { title: '', 'logs-file': 'large.json' },
    said: ['logs-file: "large.json" is larger than 100 MiB. Check that it is the right file, or split it.'],
    write: async (workspace) => {
      const path = join(workspace, 'large.json');
      await writeFile(path, '');
      // A hole in the file: it takes no room.
      await truncate(path, 100 * 1_048_576 + 1);
    },
  },
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

function badInstallationsFile(name: string, content: string, ...said: string[]): BadFile {
  return {
    given: { 'installation-id': '', 'installations-file': name },
    said,
    write: async (workspace) => writeFile(join(workspace, name), content),
  };
}

/** No message quotes such a file: it holds secrets. */
export const BAD_INSTALLATION_FILES: readonly BadFile[] = [
  {
    given: { 'installation-id': '', 'installations-file': 'customers.yml' },
    said: [
      'installations-file: "customers.yml" does not exist. Check the path, which starts at the workspace, and that an earlier step made the file.',
    ],
    write: () => Promise.resolve(),
  },
  badInstallationsFile(
    'customers.csv',
    'a,b',
    'installations-file: "customers.csv" must end in one of .yaml, .yml, .json, .jsonl. Rename it to match its content.',
  ),
  badInstallationsFile(
    'customers.json',
    `[{ "installationId": "1", "securityContext": "${VENDOR_SECRETS.securityContext}" },]`,
    'installations-file "customers.json": is not valid JSON. Check it with a JSON formatter.',
  ),
  badInstallationsFile(
    'customers.jsonl',
    `{"installationId":"1"}\n{"refreshToken":"${RANDOM_SECRETS.refreshToken}"\n`,
    'installations-file "customers.jsonl" line 2: is not valid JSON at column 89. Check it with a JSON formatter.',
  ),
  badInstallationsFile(
    'tabs.yaml',
    `- installationId: "1"\n\tsecurityContext: ${VENDOR_SECRETS.securityContext}`,
    'installations-file "tabs.yaml": is indented with a tab in line 2. YAML takes only spaces there. Replace the tab with spaces.',
  ),
  badInstallationsFile(
    'quotes.yaml',
    `- installationId: "1"\n  securityContext: "${VENDOR_SECRETS.securityContext}`,
    `installations-file "quotes.yaml": is not valid YAML at line 2, column 65. ${YAML_REMEDY}`,
  ),
  ...['lines.json', 'lines.yaml'].map((name) =>
    badInstallationsFile(
      name,
      '{"installationId":"1"}\n{"installationId":"2"}\n',
      `installations-file "${name}": ${JSON_LINES}`,
    ),
  ),
  ...[0, 2].map((indent) =>
    badInstallationsFile(
      'array.jsonl',
      JSON.stringify([{ installationId: '1' }, { installationId: '2' }], null, indent),
      'installations-file "array.jsonl": is one JSON array, and a .jsonl file has one entry a line. Name the file .json.',
    ),
  ),
  badInstallationsFile(
    'one.jsonl',
    '{"installationId":"1","refreshToken":"a b"}\n',
    'installations-file[0].refreshToken: must not have spaces, line breaks or non-ASCII characters. Copy it again.',
  ),
];
