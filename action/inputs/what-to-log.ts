import * as z from 'zod/mini';
import { readEntries, readEntry, type EntryDefaults } from '../../shared/entries/read-entries.ts';
import type { Entry } from '../../shared/entries/entry.ts';
import { check, type Checked, type Problem } from '../../shared/problem.ts';
import type { InputValues } from './input-values.ts';
import { readListFile } from './list-file.ts';
import { parseListText } from './list-text.ts';

const COLLECT = ['job', 'run'] as const;
export type Collect = (typeof COLLECT)[number];

/** What the inputs ask to log: entries of the user's own, or what GitHub knows of the run. */
export type WhatToLog =
  | { readonly kind: 'entries'; readonly entries: readonly Entry[] }
  | { readonly kind: 'collection'; readonly collect: Collect };

/** What `collect` asks for, `run` where nothing else says what to log; undefined where something does. */
export function collects({ collect, title, logs, 'logs-file': logsFile }: InputValues): string | undefined {
  return collect || ([title, logs, logsFile].every((input) => input === '') ? 'run' : undefined);
}

/**
 * Reads what to log: `title` and `description` make one log, and the parent where there is a list in
 * `logs` or `logs-file` or a collection. Entries come in the order in which Desk is to have them.
 */
export async function readWhatToLog(
  inputs: InputValues,
  defaults: EntryDefaults,
): Promise<Checked<WhatToLog>> {
  const { title, description } = inputs;
  const parent =
    title === '' ? undefined : readEntry({ title, ...(description !== '' && { description }) }, '', defaults);
  const listed = await readListed(inputs, defaults);
  const collect = readCollect(inputs);
  const problems = [
    ...combinationProblems(inputs),
    ...[parent, listed, collect].flatMap((checked) =>
      checked === undefined || checked.ok ? [] : checked.problems,
    ),
  ];
  if (problems.length > 0) return { ok: false, problems };
  if (collect?.ok) return { ok: true, value: { kind: 'collection', collect: collect.value } };
  const entries = [
    ...(parent?.ok ? [{ ...parent.value, isParent: listed !== undefined }] : []),
    ...(listed?.ok ? listed.value : []),
  ];
  return { ok: true, value: { kind: 'entries', entries } };
}

function combinationProblems(inputs: InputValues): Problem[] {
  const { title, description, logs, 'logs-file': logsFile, collect, 'github-token': githubToken } = inputs;
  const listInputs = [logs !== '' && 'logs', logsFile !== '' && 'logs-file'].filter((name) => name !== false);
  const problems: Problem[] = [];
  if (listInputs.length > 1) {
    problems.push({ input: 'logs', message: 'cannot be combined with logs-file. Give one of the two.' });
  }
  if (collect !== '' && listInputs.length > 0) {
    const message = `cannot be combined with ${listInputs.join(' and ')}. Leave one out: both say what to log.`;
    problems.push({ input: 'collect', message });
  }
  if (title === '' && description !== '') {
    problems.push({ input: 'description', message: 'needs a title. Give title too, or leave it out.' });
  }
  if (collects(inputs) !== undefined && githubToken === '') {
    const message =
      'is missing, and the run cannot be read without it. Leave the input out to use the token of the job, ' +
      'or say what to log with title, logs or logs-file.';
    problems.push({ input: 'github-token', message });
  }
  return problems;
}

function readCollect(inputs: InputValues): Checked<Collect> | undefined {
  const collect = collects(inputs);
  const rule = `must be one of ${COLLECT.join(', ')}. Write one of them, or leave the input out.`;
  const schema = z.enum(COLLECT, rule);
  return collect === undefined ? undefined : check(schema, collect, 'collect');
}

async function readListed(
  inputs: InputValues,
  defaults: EntryDefaults,
): Promise<Checked<Entry[]> | undefined> {
  const [input, list] =
    inputs.logs !== ''
      ? ['logs', await parseListText(inputs.logs, 'yaml', 'logs')]
      : [
          'logs-file',
          inputs['logs-file'] === '' ? undefined : await readListFile(inputs['logs-file'], 'logs-file'),
        ];
  return list?.ok ? readEntries(list.value, input, defaults) : list;
}
