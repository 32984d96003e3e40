import { expect, test } from '@jest/globals';
import { readVersions } from '../../scripts/release/version-places.ts';
import { ROOT } from './markdown.ts';

test('the version is the same wherever it stands', async () => {
  const versions = await readVersions(ROOT);
  expect([...versions.keys()]).toEqual(expect.arrayContaining(['package.json', 'action/version.ts']));
  expect(new Set(versions.values()).size).toBe(1);
});
