import type { Checked } from '../../shared/problem.ts';

/** How a list is written: in an input, or in a file. */
export type ListFormat = 'yaml' | 'json' | 'jsonl';

/** Far more than a list needs. A YAML alias may even contain itself. */
const DEPTH_LIMIT = 20;
const JSON_LINES =
  'is JSON Lines, with one entry a line. Make it a JSON array, or put it into a .jsonl file and name that.';
const JSON_ARRAY = 'is one JSON array, and a .jsonl file has one entry a line. Name the file .json.';
const TOO_DEEP = 'is nested too deeply for a list. Write each entry as text or as a mapping.';

/**
 * Reads a list as YAML (of which JSON is a part), JSON or JSON Lines. What is in the list is not
 * checked here.
 * @param input the name of the input, for the messages
 * @param options `holdsSecrets`: no message quotes the text
 */
export async function parseListText(
  text: string,
  format: ListFormat,
  input: string,
  { holdsSecrets = false }: { readonly holdsSecrets?: boolean } = {},
): Promise<Checked<unknown>> {
  const content = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (content.trim() === '') return problem(input, 'is empty. Write a list, or leave the input out.');
  const parsed = await parse(content, format, input, holdsSecrets);
  if (!parsed.ok && format !== 'jsonl' && isJsonLines(content)) return problem(input, JSON_LINES);
  return parsed.ok && isDeeperThan(parsed.value, DEPTH_LIMIT) ? problem(input, TOO_DEEP) : parsed;
}

async function parse(
  content: string,
  format: ListFormat,
  input: string,
  holdsSecrets: boolean,
): Promise<Checked<unknown>> {
  switch (format) {
    case 'json':
      return parseJson(content, input, holdsSecrets);
    case 'jsonl':
      return parseJsonLines(content, input, holdsSecrets);
    case 'yaml': {
      // Loaded when it is needed: most uses have one title, or a file of JSON.
      const { parseYaml } = await import('./yaml-text.ts');
      const parsed = parseYaml(content, holdsSecrets);
      return parsed.ok ? parsed : problem(input, parsed.message);
    }
  }
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
}

function parseJson(text: string, input: string, holdsSecrets: boolean): Checked<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    const { message } = error as SyntaxError;
    const what = holdsSecrets ? positionIn(message, !text.includes('\n')) : `: ${withoutLineBreaks(message)}`;
    return problem(input, `is not valid JSON${what}. Check it with a JSON formatter.`);
  }
}

function parseJsonLines(text: string, input: string, holdsSecrets: boolean): Checked<unknown> {
  if (/^\s*\[/.test(text) && isJson(text)) return problem(input, JSON_ARRAY);
  const lines = text.split('\n').map((line, index) => ({ line, input: `${input} line ${index + 1}` }));
  const results = lines
    .filter(({ line }) => line.trim() !== '')
    .map((at) => parseJson(at.line, at.input, holdsSecrets));
  const problems = results.flatMap((result) => (result.ok ? [] : result.problems));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: results.map((result) => (result.ok ? result.value : undefined)) };
}

/** A list that a .jsonl file had, handed on as it was. */
function isJsonLines(text: string): boolean {
  return text.split('\n').every((line) => line.trim() === '' || isJson(line));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The parser quotes the text that it cannot read. Where that may be a secret, only the position is kept. */
function positionIn(message: string, isOneLine: boolean): string {
  const [, line, column] = /\bline (\d+) column (\d+)/.exec(message) ?? [];
  if (line === undefined) return '';
  return isOneLine ? ` at column ${column}` : ` at line ${line}, column ${column}`;
}

function withoutLineBreaks(message: string): string {
  return message.replace(/ is not valid JSON$/, '').replace(/\s+/g, ' ');
}

function problem(input: string, message: string): Checked<never> {
  return { ok: false, problems: [{ input, message }] };
}
