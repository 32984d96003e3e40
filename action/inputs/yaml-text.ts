import { parseDocument, visit, type Document, type YAMLError } from 'yaml';

/** What a YAML text says, or why it cannot be read and what to do: a sentence that follows the input's name. */
export type ParsedYaml =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** What to do about the errors of the parser whose own words are for programmers, by its code. */
const REMEDIES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'Begin each entry with its own "- ", and give it each key once.',
  MULTIPLE_DOCS: 'Remove the line "---": one list is one document.',
};
const REMEDY = 'Put texts in quotes: a colon, a #, a * or a bracket means something in YAML.';

/**
 * Reads YAML. A list whose every line is indented, as a step's output often is, is read like any other.
 * @param text with `\n` as its only line break
 * @param holdsSecrets no message quotes the text
 */
export function parseYaml(text: string, holdsSecrets: boolean): ParsedYaml {
  const source = withoutCommonIndent(text);
  // Whole numbers stay exact, so that a message about one shows what was written.
  const document = parseDocument(source, { intAsBigInt: true, logLevel: 'error' });
  const tabLine = lineWithTab(text);
  if (tabLine !== undefined && (document.errors.length > 0 || joinsLinesAtTab(document, source))) {
    const message = `is indented with a tab in line ${tabLine}. YAML takes only spaces there. Replace the tab with spaces.`;
    return { ok: false, message };
  }
  const [error] = document.errors;
  if (error !== undefined) return { ok: false, message: messageOf(error, holdsSecrets) };
  try {
    return { ok: true, value: document.toJS() as unknown };
  } catch (broken) {
    return { ok: false, message: messageOf(broken as Error, holdsSecrets) };
  }
}

/** The number of the first line whose indentation has a tab. */
function lineWithTab(text: string): number | undefined {
  const at = text.split('\n').findIndex((line) => /^ *\t\s*\S/.test(line));
  return at === -1 ? undefined : at + 1;
}

/** A line that begins with a tab may be read as more of the text before it: two entries would become one. */
function joinsLinesAtTab(document: Document, source: string): boolean {
  let joins = false;
  visit(document, {
    Scalar(_key, { type, range }) {
      const [start, end] = range ?? [0, 0];
      joins ||= type === 'PLAIN' && /\n *\t/.test(source.slice(start, end));
    },
  });
  return joins;
}

/**
 * The output of a step is often indented as a whole, and trimmed where it was handed on, so that its
 * first line has lost what the others still have. YAML would read the rest as one long text.
 */
function withoutCommonIndent(text: string): string {
  const lines = text.split('\n');
  const firstAt = lines.findIndex((line) => line.trim() !== '');
  const others = lines.slice(firstAt + 1);
  const isTrimmedList = lines[firstAt]?.startsWith('- ') === true && isListAtItsLeast(others);
  const indent = leastIndent(isTrimmedList ? others : lines);
  const cut = (line: string) => line.slice(Math.min(indent, line.search(/[^ ]|$/)));
  return lines.map(cut).join('\n');
}

/** Spaces that every line begins with; lines without text do not count. */
function leastIndent(lines: readonly string[]): number {
  const filled = lines.filter((line) => line.trim() !== '');
  return filled.reduce((least, line) => Math.min(least, line.search(/[^ ]/)), Infinity);
}

/** Whether all lines are indented, and those that are indented least begin an entry. */
function isListAtItsLeast(lines: readonly string[]): boolean {
  const filled = lines.filter((line) => line.trim() !== '');
  const indent = leastIndent(filled);
  const outermost = filled.filter((line) => line.search(/[^ ]/) === indent);
  return (
    indent > 0 && Number.isFinite(indent) && outermost.every((line) => line.slice(indent).startsWith('- '))
  );
}

/** The parser's message goes on with an excerpt of the text, and quotes it. */
function messageOf(
  error: Error & Partial<Pick<YAMLError, 'code' | 'linePos'>>,
  holdsSecrets: boolean,
): string {
  const remedy = REMEDIES[error.code ?? ''] ?? REMEDY;
  return `is not valid YAML${holdsSecrets ? positionOf(error) : `: ${firstLineOf(error)}`}. ${remedy}`;
}

function positionOf({ linePos }: Partial<Pick<YAMLError, 'linePos'>>): string {
  const [start] = linePos ?? [];
  return start === undefined ? '' : ` at line ${start.line}, column ${start.col}`;
}

function firstLineOf({ message }: Error): string {
  const [firstLine = ''] = message.split('\n');
  return firstLine.replace(/[:.]$/, '').replace('; please use YAML.parseAllDocuments()', '');
}
