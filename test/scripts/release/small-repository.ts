import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** A repository with the files that a release reads and writes, and nothing else. */
export class SmallRepository {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  static async create(): Promise<SmallRepository> {
    const repository = new SmallRepository(await mkdtemp(join(tmpdir(), 'release of a copy-')));
    const version = '1.1.0';
    await repository.write({
      'package.json': json({ name: 'root', version }),
      'n8n-node/package.json': json({ name: 'node', version }),
      'package-lock.json': json({
        version,
        packages: { '': { version }, 'n8n-node': { version }, 'node_modules/got': { version } },
      }),
      'action/version.ts': `export const VERSION = '${version}';\n`,
      'README.md': '- uses: zoho-desk-extension-log/zoho-desk-extension-log@v1\n',
      'CHANGELOG.md':
        '# Changelog\n\n## Unreleased\n\n- Logs arrive.\n\n## 1.1.0 - 2026-10-01\n\n- It starts.\n',
      'dist/index.js': 'old\n',
    });
    await repository.git('init', '--quiet', '--initial-branch=main');
    await repository.commit();
    return repository;
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      const path = join(this.root, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  }

  async commit(): Promise<void> {
    await this.git('add', '--all');
    const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
    await this.git(...author, 'commit', '--quiet', '--message', 'A state');
  }

  async git(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)('git', args, { cwd: this.root });
    return stdout;
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
