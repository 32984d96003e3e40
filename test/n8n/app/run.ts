import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, type Emulator } from '../../../emulator/start-emulator.ts';
import { OAUTH_CREDENTIAL_ID, writeCredentials } from './credentials-file.ts';
import { CACHE } from './install-app.ts';
import { freePort, N8nApp } from './n8n-app.ts';
import { packNode } from './pack-node.ts';
import { takePictures } from './pictures.ts';
import { scan } from './scan.ts';

/*
 * `npm run test:n8n-app`: the packed node in the real n8n, against a local Desk. n8n's scanner reads
 * the tarball; the credential is imported, and connected once more; the examples are executed; and
 * pictures of the editor are taken.
 */

const root = join(import.meta.dirname, '../../..');
const examples = join(root, 'examples/n8n');
const pictures = process.argv[2] ?? join(CACHE, 'pictures');

const folder = mkdtempSync(join(tmpdir(), 'n8n-app-'));
const desk = await startEmulator();
const port = await freePort();
// n8n calls itself localhost in the redirect URL.
const url = `http://localhost:${port}`;
const app = new N8nApp(folder, port, await freePort());
try {
  const tarball = await packNode(folder);
  console.log(`Packed: ${statSync(tarball).size} bytes`);
  await scan(tarball, join(root, 'n8n-node'));
  app.installNode(tarball);
  // A token that has expired: the first run refreshes it.
  const accessToken = desk.issueAccessToken({ expiresInSeconds: 0 });
  await app.importFile('credentials', writeCredentials(folder, { ...desk, accessToken }));
  for (const name of readdirSync(examples)) await executeExample(name);
  await app.start(url);
  await takePictures(
    url,
    pictures,
    {
      each: idOf('log-each-item.json'),
      group: idOf('log-a-group-from-one-item.json'),
    },
    OAUTH_CREDENTIAL_ID,
    desk.url,
  );
  console.log(`Pictures: ${pictures}`);
} finally {
  await app.stop();
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
}

async function executeExample(name: string): Promise<void> {
  await app.importFile('workflow', join(examples, name));
  const before = counted(desk);
  const printed = await app.execute(idOf(name));
  const { logs, tokens } = counted(desk);
  console.log(`${name}: ${logs - before.logs} logs, ${tokens - before.tokens} tokens`);
  if (!printed.includes('Execution was successful') || logs === before.logs) throw new Error(printed);
}

function counted(from: Emulator): { logs: number; tokens: number } {
  return {
    logs: from.logs().length,
    tokens: from.requests().filter(({ path }) => path.startsWith('/oauth/')).length,
  };
}

function idOf(name: string): string {
  return (JSON.parse(readFileSync(join(examples, name), 'utf8')) as { id: string }).id;
}
