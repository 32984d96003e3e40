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

/** A list of logs is small; a larger file is taken for another one. */
const FILE_BYTES_LIMIT = 10 * 1_048_576;

/** Reads the list in a logs file; a relative path is of the workspace, where the Action runs. */
export async function readListFile(path: string): Promise<Checked<unknown>> {
  const format = FORMATS[extname(path).toLowerCase()];
  if (format === undefined) {
    return problem(
      path,
      `must end in one of ${Object.keys(FORMATS).join(', ')}. Rename it to what it holds.`,
    );
  }
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    return problem(
      path,
      'is not there. Check the path, which is relative to the workspace, and that an earlier step made it.',
    );
  }
  if (!found.isFile()) return problem(path, 'is not a file. Name the file itself.');
  if (found.size > FILE_BYTES_LIMIT) {
    return problem(
      path,
      `is larger than ${FILE_BYTES_LIMIT / 1_048_576} MiB. Check that it is a list of logs.`,
    );
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
    return await parseListText(text, format, `logs-file ${shownValue(path)}`);
  } catch (error) {
    if (error instanceof TypeError) {
      return problem(
        path,
        'is not UTF-8 text. Save it as UTF-8; in PowerShell, with Out-File -Encoding utf8.',
      );
    }
    return problem(
      path,
      `cannot be read: ${String((error as NodeJS.ErrnoException).code)}. Check its permissions.`,
    );
  }
}

function problem(path: string, message: string): Checked<never> {
  return { ok: false, problems: [{ input: 'logs-file', value: shownValue(path), message }] };
}
