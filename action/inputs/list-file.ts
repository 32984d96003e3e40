import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { shownValue, type Checked } from '../../shared/problem.ts';
import { parseListText, type ListFormat } from './list-text.ts';

const FORMATS: Readonly<Record<string, ListFormat>> = {
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.json': 'json',
  '.jsonl': 'jsonl',
};

/** A hundred thousand logs take a quarter of it; a larger file is probably another one. */
const FILE_BYTES_LIMIT = 100 * 1_048_576;

/**
 * Reads the list in a file; a relative path starts at the workspace, where the Action runs.
 * @param input the name of the input that holds the path, for the messages
 * @param options `holdsSecrets`: no message quotes the file
 */
export async function readListFile(
  path: string,
  input: string,
  options: { readonly holdsSecrets?: boolean } = {},
): Promise<Checked<unknown>> {
  const problem = (message: string): Checked<never> => ({
    ok: false,
    problems: [{ input, value: shownValue(path), message }],
  });
  const format = FORMATS[extname(path).toLowerCase()];
  if (format === undefined) {
    return problem(`must end in one of ${Object.keys(FORMATS).join(', ')}. Rename it to match its content.`);
  }
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    return problem(
      'does not exist. Check the path, which starts at the workspace, and that an earlier step made the file.',
    );
  }
  if (!found.isFile()) return problem('is not a file. Name the file itself.');
  if (found.size > FILE_BYTES_LIMIT) {
    return problem(
      `is larger than ${FILE_BYTES_LIMIT / 1_048_576} MiB. Check that it is the right file, or split it.`,
    );
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
    return await parseListText(text, format, `${input} ${shownValue(path)}`, options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return problem('is not UTF-8 text. Save it as UTF-8; in PowerShell, with Out-File -Encoding utf8.');
    }
    const code = String((error as NodeJS.ErrnoException).code);
    return problem(`cannot be read: ${code}. Check its permissions.`);
  }
}
