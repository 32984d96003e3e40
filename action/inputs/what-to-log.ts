import { oneOf } from '../../shared/delivery/delivery-options.ts';
import { readEntries, readEntry, type EntryDefaults } from '../../shared/entries/read-entries.ts';
import type { Entry } from '../../shared/entries/entry.ts';
import { check, type Checked, type Problem } from '../../shared/problem.ts';
import type { InputValues } from './input-values.ts';
import { readListFile } from './list-file.ts';
import { parseListText } from './list-text.ts';

const COLLECT = ['job', 'run'] as const;
/** What is collected: the job that the Action runs in, or every job of its run. */
export type Collect = (typeof COLLECT)[number];

/** What the inputs ask to log: the user's own entries, or what GitHub knows about the run. */
export type WhatToLog =
  | {
      readonly kind: 'entries';
      readonly entries: readonly Entry[];
      /** The input that the entry at an index came from, for the messages: `title`, `logs[2]`. */
      readonly inputOf: (index: number) => string;
    }
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
  const parents = parent?.ok ? [{ ...parent.value, isParent: listed !== undefined }] : [];
  const entries = [...parents, ...(listed?.ok ? listed.value : [])];
  const inputOf = (index: number) =>
    index < parents.length ? 'title' : `${listInputOf(inputs)}[${index - parents.length}]`;
  return { ok: true, value: { kind: 'entries', entries, inputOf } };
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
  return collect === undefined ? undefined : check(oneOf(COLLECT), collect, 'collect');
}

async function readListed(
  inputs: InputValues,
  defaults: EntryDefaults,
): Promise<Checked<Entry[]> | undefined> {
  const input = listInputOf(inputs);
  if (input === undefined) return undefined;
  const text = inputs[input];
  const list = input === 'logs' ? await parseListText(text, 'yaml', input) : await readListFile(text, input);
  return list.ok ? readEntries(list.value, input, defaults) : list;
}

/** The input that has the list, where there is one. */
function listInputOf(inputs: InputValues): 'logs' | 'logs-file' | undefined {
  return (['logs', 'logs-file'] as const).find((input) => inputs[input] !== '');
}
