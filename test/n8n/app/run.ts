import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, type Emulator } from '../../../emulator/start-emulator.ts';
import { buildNode } from '../../../n8n-node/build.mts';
import { CACHE, npm } from './install-app.ts';
import { freePort, N8nApp } from './n8n-app.ts';
import { takePictures } from './pictures.ts';
import { scan } from './scan.ts';

/*
 * `npm run test:n8n-app`: the packed node in the real n8n, against a local Desk. n8n's scanner reads
 * the tarball; the credential is imported, and connected once more; the examples are executed; and
 * pictures of the editor are taken.
 */

/** The credential that the examples name. */
const CREDENTIAL_ID = 'zohoDeskExample1';
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
  const tarball = await pack();
  await scan(tarball, join(root, 'n8n-node'));
  app.installNode(tarball);
  await app.importFile('credentials', credentialFile());
  for (const name of readdirSync(examples)) await executeExample(name);
  await app.start(url);
  await takePictures(
    url,
    pictures,
    {
      each: idOf('log-each-item.json'),
      group: idOf('log-a-group-from-one-item.json'),
    },
    CREDENTIAL_ID,
    desk.url,
  );
  console.log(`Pictures: ${pictures}`);
} finally {
  await app.stop();
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
}

async function pack(): Promise<string> {
  await buildNode();
  const printed = npm(join(root, 'n8n-node'), 'pack', '--json', '--pack-destination', folder);
  const [{ filename }] = JSON.parse(printed.slice(printed.indexOf('['))) as [{ filename: string }];
  const tarball = join(folder, filename);
  console.log(`Packed ${filename}: ${statSync(tarball).size} bytes`);
  return tarball;
}

/** The examples' credential, for the local Desk, with a token that has expired: the first run refreshes it. */
function credentialFile(): string {
  const { orgId, clientId, clientSecret, refreshToken } = desk.credentials;
  const file = join(folder, 'credential.json');
  const credential = {
    id: CREDENTIAL_ID,
    name: 'Zoho Desk Extension Log account',
    type: 'zohoDeskExtensionLogOAuth2Api',
    data: {
      dataCenter: 'custom',
      accountsUrl: desk.url,
      deskUrl: desk.url,
      orgId,
      clientId,
      clientSecret,
      oauthTokenData: {
        access_token: desk.issueAccessToken({ expiresInSeconds: 0 }),
        refresh_token: refreshToken,
        token_type: 'Bearer',
      },
    },
  };
  writeFileSync(file, JSON.stringify([credential]));
  return file;
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
