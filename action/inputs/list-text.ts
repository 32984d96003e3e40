import type { Checked } from '../../shared/problem.ts';

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
  if (content.trim() === '') return problem(input, 'is empty. Write a list of logs, or leave the input out.');
  const parsed = await parse(content, format, input);
  return parsed.ok && isDeeperThan(parsed.value, DEPTH_LIMIT) ? problem(input, TOO_DEEP) : parsed;
}

async function parse(content: string, format: LogsFormat, input: string): Promise<Checked<unknown>> {
  switch (format) {
    case 'json':
      return parseJson(content, input);
    case 'jsonl':
      return parseJsonLines(content, input);
    case 'yaml':
      return parseYaml(content, input);
  }
}

/** Far more than a list of entries needs; an alias of YAML may even stand inside of what it stands for. */
const DEPTH_LIMIT = 20;
const TOO_DEEP = 'is nested too deeply for a list of logs. An entry is text, or a mapping with a title.';

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
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
  const yaml = await import('yaml');
  try {
    // Whole numbers stay exact, so that a message about one shows what was written.
    return { ok: true, value: yaml.parse(text, { intAsBigInt: true, logLevel: 'error' }) as unknown };
  } catch (error) {
    return unreadable(input, 'YAML', error);
  }
}

/** What to do about the errors of the YAML parser whose own words are for programmers, by its code. */
const YAML_REMEDIES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'Begin each entry with a "- " of its own, and give it each key once.',
  MULTIPLE_DOCS: 'Take the line "---" out: one list is one document.',
};
const YAML_REMEDY = 'Put texts in quotes: a colon, a #, a * or a bracket means something in YAML.';

function unreadable(input: string, format: 'JSON' | 'YAML', error: unknown): Checked<never> {
  const { message, code } = error as Error & { code?: string };
  const remedy =
    format === 'YAML' ? (YAML_REMEDIES[code ?? ''] ?? YAML_REMEDY) : 'Check it with a JSON formatter.';
  return problem(input, `is not valid ${format}: ${detailOf(message, format)}. ${remedy}`);
}

/** YAML's message goes on with a picture of the place; JSON's may have line breaks of the text in it. */
function detailOf(message: string, format: 'JSON' | 'YAML'): string {
  if (format === 'JSON') return message.replace(/ is not valid JSON$/, '').replace(/\s+/g, ' ');
  const [firstLine = ''] = message.split('\n');
  return firstLine.replace(/[:.]$/, '').replace('; please use YAML.parseAllDocuments()', '');
}

function problem(input: string, message: string): Checked<never> {
  return { ok: false, problems: [{ input, message }] };
}
