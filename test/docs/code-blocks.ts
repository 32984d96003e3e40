/** A fenced block of a Markdown text. */
export interface CodeBlock {
  readonly language: string;
  /** Without the indentation of the fence. */
  readonly code: string;
  /** Where the fence is, counted from 1. */
  readonly line: number;
}

const FENCED = /^( *)```(\w+)[^\n]*\n([\s\S]*?)^\1```\s*$/gm;

/** The blocks that name a language. One without is a drawing, or what a program prints. */
export function codeBlocksIn(text: string): CodeBlock[] {
  return [...text.matchAll(FENCED)].map(({ index, 1: indent = '', 2: language = '', 3: code = '' }) => ({
    language,
    code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    line: text.slice(0, index).split('\n').length,
  }));
}

/** The commands of a shell block, one a line. */
export function commandsIn({ code }: CodeBlock): string[] {
  return code
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/^\$ /, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
