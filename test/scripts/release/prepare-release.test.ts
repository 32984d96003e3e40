import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { obstaclesTo, prepareRelease, type Repository } from '../../../scripts/release/prepare-release.ts';
import { SmallRepository } from './small-repository.ts';

let repository: SmallRepository;
let ready: Repository;

beforeEach(async () => {
  repository = await SmallRepository.create();
  ready = {
    root: repository.root,
    staleFiles: async () => Promise.resolve([]),
    build: async () =>
      repository.write({ 'dist/index.js': `built with ${await textOf('action/version.ts')}` }),
  };
});

afterEach(() => repository.remove());

async function textOf(file: string): Promise<string> {
  return readFile(join(repository.root, file), 'utf8');
}

describe('a release is refused', () => {
  test.each(['', 'v1.2.0', '1.2', '1.2.0-beta.1', '01.2.0', 'next'])(
    'when its version is %j',
    async (version) => {
      expect(await obstaclesTo(version, ready)).toEqual([
        `"${version}" must be a version of three numbers, such as 1.2.0: npm run release -- 1.2.0`,
      ]);
    },
  );

  test.each(['1.1.0', '1.0.9', '0.9.0'])(
    'when %s is not greater than the current version',
    async (version) => {
      expect(await obstaclesTo(version, ready)).toContain(
        `${version} must be greater than the current version, 1.1.0.`,
      );
    },
  );

  test('when a file has changes, or is not committed', async () => {
    await repository.write({ 'README.md': 'changed\n', 'new.txt': 'new\n' });
    const [obstacle] = await obstaclesTo('1.2.0', ready);
    expect(obstacle).toMatch(
      /^The working tree has changes\. Commit or remove them:\n M README\.md\n\?\? new\.txt$/,
    );
  });

  test('when the changelog has nothing under Unreleased', async () => {
    await repository.write({
      'CHANGELOG.md': '# Changelog\n\n## Unreleased\n\n## 1.1.0 - 2026-10-01\n\n- It starts.\n',
    });
    await repository.commit();
    expect(await obstaclesTo('1.2.0', ready)).toEqual([
      'CHANGELOG.md has nothing under "## Unreleased". Say there what has changed for users.',
    ]);
  });

  test('when its tag exists', async () => {
    await repository.git('tag', 'v1.2.0');
    expect(await obstaclesTo('1.2.0', ready)).toEqual(['The tag v1.2.0 exists. Choose a greater version.']);
  });

  test('when dist/ is stale', async () => {
    const stale = { ...ready, staleFiles: async () => Promise.resolve(['index.js', 'old-chunk.js']) };
    expect(await obstaclesTo('1.2.0', stale)).toEqual([
      'dist/ is not what the sources build (index.js, old-chunk.js). Run npm run build and commit it.',
    ]);
  });

  test('when a place has another version than the others', async () => {
    await repository.write({ 'action/version.ts': "export const VERSION = '1.0.0';\n" });
    await repository.commit();
    expect(await obstaclesTo('1.2.0', ready)).toEqual([
      'action/version.ts says version 1.0.0 and package.json 1.1.0. Make them the same.',
    ]);
  });

  test('when the documents still name another major version', async () => {
    expect(await obstaclesTo('2.0.0', ready)).toEqual([
      'README.md uses the Action @v1. Documents and examples must say @v2.',
    ]);
  });

  test('with every reason at once', async () => {
    await repository.write({ 'CHANGELOG.md': '# Changelog\n' });
    expect(await obstaclesTo('1.1.0', ready)).toHaveLength(3);
  });
});

describe('a release that is ready', () => {
  test('has nothing in its way', async () => {
    expect(await obstaclesTo('1.2.0', ready)).toEqual([]);
    expect(await obstaclesTo('1.10.0', ready)).toEqual([]);
  });

  test('has its version everywhere, a dated changelog, and a dist/ built from them', async () => {
    await prepareRelease('1.2.0', '2026-11-25', ready);

    expect(JSON.parse(await textOf('package.json'))).toMatchObject({ version: '1.2.0' });
    expect(JSON.parse(await textOf('n8n-node/package.json'))).toMatchObject({ version: '1.2.0' });
    expect(JSON.parse(await textOf('package-lock.json'))).toEqual({
      version: '1.2.0',
      packages: {
        '': { version: '1.2.0' },
        'n8n-node': { version: '1.2.0' },
        'node_modules/got': { version: '1.1.0' },
      },
    });
    expect(await textOf('CHANGELOG.md')).toBe(
      '# Changelog\n\n## Unreleased\n\n## 1.2.0 - 2026-11-25\n\n- Logs arrive.\n\n## 1.1.0 - 2026-10-01\n\n- It starts.\n',
    );
    expect(await textOf('dist/index.js')).toBe("built with export const VERSION = '1.2.0';\n");
  });
});
