import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { READ_ADVICE_ROWS, type ReadAdviceRow } from '../../action/github/read-failure.ts';
import { ADVICE_ROWS, type AdviceRow } from '../../shared/zoho/error-advice.ts';

const document = await readFile(new URL('../../docs/troubleshooting.md', import.meta.url), 'utf8');

/** The headings of the fourth level below one of the third. */
function headingsUnder(title: string): string[] {
  const [, rest = ''] = document.split(`\n### ${title}\n`);
  const [section = ''] = rest.split(/\n#{1,3} /);
  return [...section.matchAll(/^#### (.+)$/gm)].map(([, heading = '']) => heading);
}

/** What a heading has to name so that a reader with the row's answer before them finds it. */
function namesOf(row: AdviceRow): string[] {
  const { status = [], statusFrom, errorCode, fieldName, html, namesFields } = row;
  const names = [
    ...[status].flat().map(String),
    ...(statusFrom === undefined ? [] : [`${statusFrom}\` and above`]),
    ...(errorCode === undefined ? [] : [errorCode]),
    ...(fieldName === undefined ? [] : [fieldName]),
    ...(html === true ? ['web page'] : []),
    ...(namesFields === false ? ['without a field'] : []),
  ];
  return names.length > 0 ? names : ['Any other answer'];
}

/** Gives each row the shortest heading that names all of it. Rows that name more come first: a heading explains one row. */
function explainedBy(
  rows: readonly string[][],
  headings: readonly string[],
): Map<string[], string | undefined> {
  const left = new Set(headings.toSorted((one, other) => one.length - other.length));
  return new Map(
    rows
      .toSorted((one, other) => other.length - one.length)
      .map((names) => {
        const heading = [...left].find((candidate) => names.every((name) => candidate.includes(name)));
        if (heading !== undefined) left.delete(heading);
        return [names, heading];
      }),
  );
}

function readNamesOf({ status, says }: ReadAdviceRow): string[] {
  return [String(status), ...(says === undefined ? [] : [says.source])];
}

describe.each([
  ['Desk answered', ADVICE_ROWS.desk.map(namesOf)],
  ['Zoho did not issue an access token', ADVICE_ROWS.token.map(namesOf)],
  ['GitHub answered', READ_ADVICE_ROWS.map(readNamesOf)],
])('troubleshooting, by text: %s', (title, rows) => {
  const headings = headingsUnder(title);
  const explained = explainedBy(rows, headings);

  test.each(rows.map((names) => [names.join(' '), names] as const))('explains %s', (_row, names) => {
    expect(explained.get(names)).toBeDefined();
  });

  test('explains nothing that no advice row stands for', () => {
    const used = new Set(explained.values());
    expect(headings.filter((heading) => !used.has(heading))).toEqual([]);
  });
});

describe("troubleshooting, by text: Desk's Invoke API answered", () => {
  const headings = headingsUnder("Desk's Invoke API answered");

  test('explains the missing scope, and what the secret, the connector or the installation may have caused', () => {
    expect(ADVICE_ROWS.invoke.map(({ errorCode }) => errorCode)).toEqual(['SCOPE_MISMATCH', undefined]);
    expect(headings).toEqual([
      '`403 SCOPE_MISMATCH` of the Invoke API',
      '`400`, `401`, `403` of the Invoke API',
    ]);
  });
});
