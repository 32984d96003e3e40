import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const N8N_VERSION = '2.41.1';

/** Where the application stands, outside the repository: some three gigabytes, installed once. */
export const CACHE = join(
  process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  'zoho-desk-extension-log',
);

/** Installs n8n unless it is there, and returns the path of its command. */
export function installApp(): string {
  const folder = join(CACHE, `n8n-app-${N8N_VERSION}`);
  const command = join(folder, 'node_modules/n8n/bin/n8n');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(command)) {
    console.log(`Installing n8n ${N8N_VERSION} into ${folder}: some five minutes, once.`);
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    npm(folder, 'install', `n8n@${N8N_VERSION}`, '--ignore-scripts');
  }
  if (!existsSync(join(folder, 'node_modules/sqlite3/build/Release/node_sqlite3.node'))) buildSqlite(folder);
  return command;
}

/** The database driver is the one native module that n8n cannot start without. */
function buildSqlite(folder: string): void {
  console.log('Building sqlite3: some two minutes, once.');
  // Node's own package has the headers, so that nothing but the npm registry is needed.
  const node = `node-${process.platform}-${process.arch}`;
  const headers = join(folder, 'headers');
  mkdirSync(headers, { recursive: true });
  writeFileSync(join(headers, 'package.json'), '{"private":true}');
  npm(headers, 'install', `${node}@${process.versions.node}`, '--ignore-scripts');
  process.env['npm_config_nodedir'] = join(headers, 'node_modules', node);
  npm(folder, 'rebuild', 'sqlite3');
}

/** Runs npm in a folder; its output is shown when it fails. */
export function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', [...args, '--no-audit', '--no-fund'], { cwd, encoding: 'utf8' });
}
