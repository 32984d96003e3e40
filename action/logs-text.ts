import type { Checked } from '../shared/problem.ts';

/** How the text of `logs` or of a logs file is written. */
export type LogsFormat = 'yaml' | 'json' | 'jsonl';

/**
 * Reads a list as YAML (of which JSON is a part), JSON or JSON lines. What is in the list is not
 * looked at here.
 * @param input the name of the input, for the messages
 */
export async function parseLogsText(
  text: string,
  format: LogsFormat,
  input: string,
): Promise<Checked<unknown>> {
  const content = text.replace(/^\uFEFF/, '');
  switch (format) {
    case 'json':
      return parseJson(content, input);
    case 'jsonl':
      return parseJsonLines(content, input);
    case 'yaml':
      return parseYaml(content, input);
  }
}

function parseJson(text: string, input: string): Checked<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    return unreadable(input, 'JSON', error);
  }
}

function parseJsonLines(text: string, input: string): Checked<unknown> {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line, input: `${input} line ${index + 1}` }));
  const results = lines.filter(({ line }) => line.trim() !== '').map((at) => parseJson(at.line, at.input));
  const problems = results.flatMap((result) => (result.ok ? [] : result.problems));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: results.map((result) => (result.ok ? result.value : undefined)) };
}

/** Loaded when it is needed: most uses have one title, or a file of JSON. */
async function parseYaml(text: string, input: string): Promise<Checked<unknown>> {
  const { parse } = await import('yaml');
  try {
    // Whole numbers stay exact, so that a message about one shows what was written.
    return { ok: true, value: parse(text, { intAsBigInt: true, logLevel: 'error' }) as unknown };
  } catch (error) {
    return unreadable(input, 'YAML', error);
  }
}

function unreadable(input: string, format: string, error: unknown): Checked<never> {
  const [detail = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  const remedy = 'Put a text that has a colon, a # or a bracket in quotes.';
  const message = `is not valid ${format}: ${detail.replace(/[:.]$/, '')}. ${format === 'YAML' ? remedy : 'Check it with a JSON formatter.'}`;
  return { ok: false, problems: [{ input, message }] };
}
