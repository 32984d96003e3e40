import { stat } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path/posix';
import { expect, test } from '@jest/globals';
import { anchorsIn, linksIn, markdownFiles, ROOT, type MarkdownFile } from './markdown.ts';

const files = await markdownFiles();

/** What is wrong with a link of a file, as a sentence; undefined when it leads somewhere. */
async function faultOf(link: string, { path, text }: MarkdownFile): Promise<string | undefined> {
  if (/^[a-z][a-z+.-]*:/i.test(link)) return undefined;
  const [target = '', anchor] = decodeURIComponent(link).split('#');
  const place = target === '' ? path : normalize(join(dirname(path), target));
  if (place.startsWith('../')) return `${link} leaves the repository`;
  const exists = target === '' || (await stat(join(ROOT, place)).then(Boolean, () => false));
  if (!exists) return `${link} does not exist`;
  if (anchor === undefined) return undefined;
  const document = target === '' ? text : files.find((file) => file.path === place)?.text;
  if (document === undefined) return `${link} has an anchor, and is no Markdown file`;
  return anchorsIn(document).has(anchor) ? undefined : `${link} has no such heading`;
}

test.each(files.map(({ path }) => path))('every link and anchor in %s leads somewhere', async (path) => {
  const file = files.find((one) => one.path === path) as MarkdownFile;
  const faults = await Promise.all(linksIn(file.text).map(async (link) => faultOf(link, file)));
  expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
});

test('a link is found however it is written, and its fault named', async () => {
  const text = [
    '# A `title` & more',
    '[one](gone.md) and ![two](gone.png "Two")',
    '[three]: ../README.md',
    '<img src="gone.svg"> `[code](is-no-link.md)`',
    '[four](#no-heading) [five](#a-title--more) [six](https://example.org/gone)',
    '```md',
    '[seven](in-a-code-block.md)',
    '```',
  ].join('\n');
  const file = { path: 'docs/example.md', text };
  const faults = await Promise.all(linksIn(text).map(async (link) => faultOf(link, file)));
  expect(faults.filter((fault) => fault !== undefined).sort()).toEqual([
    '#no-heading has no such heading',
    'gone.md does not exist',
    'gone.png does not exist',
    'gone.svg does not exist',
  ]);
});

test('the second of two equal headings has its own anchor', () => {
  expect([...anchorsIn('## Inputs\n\n## Inputs\n\n## What’s `n8n`?\n')]).toEqual([
    'inputs',
    'inputs-1',
    'whats-n8n',
  ]);
});
