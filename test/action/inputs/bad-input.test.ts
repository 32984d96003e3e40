import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RANDOM_SECRETS } from '../desk-and-job.ts';
import { BAD_CREDENTIALS } from './bad-credentials.ts';
import { BAD_INSTALLATIONS } from './bad-installations.ts';
import { BAD_FILES, BAD_INSTALLATION_FILES } from './bad-list-files.ts';
import { BAD_LOGS } from './bad-logs.ts';
import type { BadInput } from './bad-input-row.ts';
import { BAD_IN_MANY_WAYS, BAD_SETTINGS } from './bad-settings.ts';
import { checkStep, VENDOR_SECRETS } from './checking.ts';

const before = process.cwd();
let workspace: string;

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'bad input '));
  await Promise.all([...BAD_FILES, ...BAD_INSTALLATION_FILES].map(({ write }) => write(workspace)));
  process.chdir(workspace);
});

afterAll(async () => {
  process.chdir(before);
  await rm(workspace, { recursive: true });
});

describe.each([
  ['where and how to log', BAD_SETTINGS],
  ['credentials', BAD_CREDENTIALS],
  ['what to log', BAD_LOGS],
  ['a logs file', BAD_FILES],
  ['installations', BAD_INSTALLATIONS],
  ['an installations file', BAD_INSTALLATION_FILES],
  ['all of it', [BAD_IN_MANY_WAYS]],
] as const)('bad input: %s', (_what, rows: readonly BadInput[]) => {
  test.each(rows.map((row) => [shown(row), row] as const))('%s', async (_name, { given, said }) => {
    const { problems } = await checkStep({ title: 'Release', ...given });
    expect(problems).toEqual(said);
    const text = problems.join('\n');
    for (const secret of Object.values({ ...RANDOM_SECRETS, ...VENDOR_SECRETS }))
      expect(text).not.toContain(secret.slice(0, 8));
    expect(text).not.toMatch(/ at .*:\d+:\d+|hunter2/);
  });
});

test('bad input: no reference, outside a run of GitHub Actions', async () => {
  const { problems } = await checkStep({ title: 'Release' }, {});
  expect(problems).toEqual(['reference: is missing, and there is no run to make one of. Give a reference.']);
});

function shown({ given }: BadInput): string {
  const text = JSON.stringify(given);
  return text.length > 70 ? `${text.slice(0, 70)}…` : text;
}
