import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'n8n-node');

function run(...args: string[]): string {
  return execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
}

interface Manifest {
  name: string;
  private?: boolean;
  dependencies?: object;
  keywords: string[];
  peerDependencies: object;
  n8n: { nodes: string[]; credentials: string[] };
}

const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

beforeAll(() => {
  run('n8n-node/build.mts');
});

describe('The package', () => {
  test('can be published as a community node', () => {
    expect(manifest.name).toBe('n8n-nodes-zoho-desk-extension-log');
    expect(manifest.private).toBeUndefined();
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.keywords).toContain('n8n-community-node-package');
    expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
  });

  test('holds what n8n needs and nothing else', () => {
    const printed = execFileSync('npm', ['pack', '--dry-run', '--json'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [{ files, size }] = JSON.parse(printed.slice(printed.indexOf('['))) as [
      { files: { path: string }[]; size: number },
    ];
    expect(files.map(({ path }) => path).sort()).toEqual([
      'LICENSE',
      'README.md',
      'dist/credentials/ZohoDeskExtensionInvokeApi.credentials.js',
      'dist/credentials/ZohoDeskExtensionLogOAuth2Api.credentials.js',
      'dist/icons/extensionLog.dark.svg',
      'dist/icons/extensionLog.svg',
      'dist/nodes/ZohoDeskExtensionLog/ZohoDeskExtensionLog.node.js',
      'dist/nodes/ZohoDeskExtensionLog/ZohoDeskExtensionLog.node.json',
      'package.json',
    ]);
    expect(
      [...manifest.n8n.nodes, ...manifest.n8n.credentials].every((path) =>
        files.some((file) => file.path === path),
      ),
    ).toBe(true);
    expect(size).toBeLessThan(100_000);
  });

  test('needs nothing but n8n-workflow and Node’s crypto', () => {
    for (const path of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) {
      const bundle = readFileSync(join(folder, path), 'utf8');
      const required = [...bundle.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name);
      const allowed = ['n8n-workflow', 'crypto'];
      expect(required.filter((name = '') => !allowed.includes(name))).toEqual([]);
      expect(bundle).not.toMatch(/\bimport\(/);
    }
  });
});

describe('n8n’s rules for community nodes', () => {
  /** Every rule as an error, in the configuration for n8n Cloud: n8n's own "strict". */
  test('hold for the sources and package.json', () => {
    expect(run('test/n8n/community-rules.ts', 'sources')).toBe('clean\n');
  });

  test('hold for what is published', () => {
    expect(run('test/n8n/community-rules.ts', 'dist')).toBe('clean\n');
  });
});
