import type { Checked } from '../../shared/problem.ts';

/** How a list is written: in an input, or in a file. */
export type ListFormat = 'yaml' | 'json' | 'jsonl';

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
    case 'yaml':
      return parseYaml(content, input, holdsSecrets);
  }
}

/** Far more than a list needs. A YAML alias may even contain itself. */
const DEPTH_LIMIT = 20;
const TOO_DEEP = 'is nested too deeply for a list. Write each entry as text or as a mapping.';

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
}

function parseJson(text: string, input: string, holdsSecrets: boolean): Checked<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    return unreadable(input, 'JSON', error, holdsSecrets);
  }
}

function parseJsonLines(text: string, input: string, holdsSecrets: boolean): Checked<unknown> {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line, input: `${input} line ${index + 1}` }));
  const results = lines
    .filter(({ line }) => line.trim() !== '')
    .map((at) => parseJson(at.line, at.input, holdsSecrets));
  const problems = results.flatMap((result) => (result.ok ? [] : result.problems));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: results.map((result) => (result.ok ? result.value : undefined)) };
}

/** Loaded when it is needed: most uses have one title, or a file of JSON. */
async function parseYaml(text: string, input: string, holdsSecrets: boolean): Promise<Checked<unknown>> {
  const tabAt = text.split('\n').findIndex((line) => /^ *\t/.test(line));
  if (tabAt >= 0 && !/^\s*[[{]/.test(text)) {
    return problem(
      input,
      `line ${tabAt + 1} is indented with a tab. YAML allows only spaces there: replace it.`,
    );
  }
  const yaml = await import('./yaml-parser.ts');
  try {
    // Whole numbers stay exact, so that a message about one shows what was written.
    return {
      ok: true,
      value: yaml.parse(withoutCommonIndent(text), { intAsBigInt: true, logLevel: 'error' }) as unknown,
    };
  } catch (error) {
    return unreadable(input, 'YAML', error, holdsSecrets);
  }
}

/**
 * The output of a step is often indented as a whole, and trimmed where it was handed on, so that its
 * first line has lost what the others still have. YAML would read the rest as one long text.
 */
function withoutCommonIndent(text: string): string {
  const lines = text.replace(/^(?: *\n)+/, '').split('\n');
  const [first = '', ...others] = lines;
  const isTrimmedList = first.startsWith('- ') && isListAtItsLeast(others);
  const indent = leastIndent(isTrimmedList ? others : lines);
  const cut = (line: string) => line.slice(Math.min(indent, line.search(/\S|$/)));
  return lines.map(cut).join('\n');
}

function leastIndent(lines: readonly string[]): number {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  return Math.min(...indents);
}

/** Whether all lines are indented, and those that are indented least begin an entry. */
function isListAtItsLeast(lines: readonly string[]): boolean {
  const filled = lines.filter((line) => line.trim() !== '');
  const indent = leastIndent(filled);
  const outermost = filled.filter((line) => line.search(/\S/) === indent);
  return (
    indent > 0 && Number.isFinite(indent) && outermost.every((line) => line.trimStart().startsWith('- '))
  );
}

/** What to do about the errors of the YAML parser whose own words are for programmers, by its code. */
const YAML_REMEDIES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'Begin each entry with a "- " of its own, and give it each key once.',
  MULTIPLE_DOCS: 'Remove the line "---": one list is one document.',
};
const YAML_REMEDY = 'Put texts in quotes: a colon, a #, a * or a bracket means something in YAML.';

function unreadable(
  input: string,
  format: 'JSON' | 'YAML',
  error: unknown,
  holdsSecrets: boolean,
): Checked<never> {
  const { message, code } = error as Error & { code?: string };
  const remedy =
    format === 'YAML' ? (YAML_REMEDIES[code ?? ''] ?? YAML_REMEDY) : 'Check it with a JSON formatter.';
  return problem(
    input,
    `is not valid ${format}${holdsSecrets ? whereOf(message) : `: ${detailOf(message, format)}`}. ${remedy}`,
  );
}

/** The parsers quote the text that they cannot read. Where it holds secrets, only the position is kept. */
function whereOf(message: string): string {
  const [, line, column] = /\bline (\d+),? column (\d+)/.exec(message) ?? [];
  return line === undefined ? '' : ` (line ${line}, column ${column})`;
}

/** YAML's message goes on with an excerpt of the text; JSON's may contain its line breaks. */
function detailOf(message: string, format: 'JSON' | 'YAML'): string {
  if (format === 'JSON') return message.replace(/ is not valid JSON$/, '').replace(/\s+/g, ' ');
  const [firstLine = ''] = message.split('\n');
  return firstLine.replace(/[:.]$/, '').replace('; please use YAML.parseAllDocuments()', '');
}

function problem(input: string, message: string): Checked<never> {
  return { ok: false, problems: [{ input, message }] };
}
