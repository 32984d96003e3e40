import { glob, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const NOT_OURS = new Set(['node_modules', '.cache', '.git', 'coverage', 'dist']);

/** A Markdown file of the repository; its path begins at the root and has slashes on every system. */
export interface MarkdownFile {
  readonly path: string;
  readonly text: string;
}

export async function markdownFiles(): Promise<MarkdownFile[]> {
  const files: MarkdownFile[] = [];
  for await (const path of glob('**/*.md', { cwd: ROOT, exclude: (name) => NOT_OURS.has(name) })) {
    files.push({ path: path.split(sep).join('/'), text: await readFile(join(ROOT, path), 'utf8') });
  }
  return files.sort((one, other) => one.path.localeCompare(other.path));
}

/** Where the links and pictures of a text lead, as they are written. Code is no link. */
export function linksIn(text: string): string[] {
  const prose = withoutCode(text);
  const patterns = [
    // [text](target "title") and ![text](target)
    /\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g,
    // [name]: target
    /^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)>?/gm,
    /\b(?:href|src|srcset)="([^"\s]+)"/g,
  ];
  return patterns.flatMap((pattern) => [...prose.matchAll(pattern)].map(([, target = '']) => target));
}

/**
 * The anchors that GitHub gives a text: those of its headings, and those written as HTML.
 * https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links
 */
export function anchorsIn(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutFences(text).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const slug = slugOf(heading);
    let anchor = slug;
    for (let number = 1; anchors.has(anchor); number += 1) anchor = `${slug}-${number}`;
    anchors.add(anchor);
  }
  for (const [, id = ''] of text.matchAll(/<\w+[^>]*\b(?:id|name)="([^"]+)"/g)) anchors.add(id);
  return anchors;
}

function slugOf(heading: string): string {
  return heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]+>/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

function withoutFences(text: string): string {
  return text.replace(/^( *)(```+|~~~+)[^\n]*\n[\s\S]*?^\1\2\s*$/gm, '');
}

function withoutCode(text: string): string {
  return withoutFences(text).replace(/(`+)[^`][\s\S]*?\1/g, '');
}
