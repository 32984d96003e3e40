import { readEntries, readEntry, type EntryDefaults } from '../shared/entries.ts';
import type { Entry } from '../shared/extension-log.ts';
import type { Checked, Problem } from '../shared/problem.ts';
import type { InputValues } from './input-values.ts';
import { readLogsFile } from './logs-file.ts';
import { parseLogsText } from './logs-text.ts';

/**
 * What to log: `title` and `description` make one log, and the parent where there is a list in
 * `logs` or `logs-file`. The entries come in the order in which Desk is to have them.
 */
export async function readEntriesInput(
  inputs: InputValues,
  defaults: EntryDefaults,
): Promise<Checked<Entry[]>> {
  const problems = combinationProblems(inputs);
  const { title, description } = inputs;
  const parent =
    title === '' ? undefined : readEntry({ title, ...(description !== '' && { description }) }, '', defaults);
  const listed = await readListed(inputs, defaults);
  if (parent && !parent.ok) problems.push(...parent.problems);
  if (listed && !listed.ok) problems.push(...listed.problems);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: [...(parent?.ok ? [parent.value] : []), ...(listed?.ok ? listed.value : [])] };
}

function combinationProblems({ title, description, logs, 'logs-file': logsFile }: InputValues): Problem[] {
  const problems: Problem[] = [];
  if (logs !== '' && logsFile !== '') {
    problems.push({ input: 'logs', message: 'cannot stand beside logs-file. Give one of the two.' });
  }
  if (title === '' && description !== '') {
    problems.push({ input: 'description', message: 'needs a title to belong to. Give title, too.' });
  }
  if (title === '' && description === '' && logs === '' && logsFile === '') {
    const message =
      'is missing, and so is every other input that says what to log. Give title, logs or logs-file.';
    problems.push({ input: 'title', message });
  }
  return problems;
}

async function readListed(
  inputs: InputValues,
  defaults: EntryDefaults,
): Promise<Checked<Entry[]> | undefined> {
  const [input, list] =
    inputs.logs !== ''
      ? ['logs', await parseLogsText(inputs.logs, 'yaml', 'logs')]
      : ['logs-file', inputs['logs-file'] === '' ? undefined : await readLogsFile(inputs['logs-file'])];
  return list?.ok ? readEntries(list.value, input, defaults) : list;
}
