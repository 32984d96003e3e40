import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, type Emulator } from '../../../emulator/start-emulator.ts';
import { INVOKE_CREDENTIAL_ID, OAUTH_CREDENTIAL_ID, writeCredentials } from './credentials-file.ts';
import { connect } from './connect.ts';
import { Editor } from './editor.ts';
import { CACHE } from './install-app.ts';
import { freePort, N8nApp } from './n8n-app.ts';
import { packNode } from './pack-node.ts';
import { takePictures } from './pictures.ts';
import { scan } from './scan.ts';

/*
 * `npm run test:n8n-app`: the packed node in the real n8n, against a local Desk. n8n's scanner reads
 * the tarball; the credentials are imported, and one is connected once more; the examples are executed,
 * one of them through its webhook; and pictures of the editor are taken.
 */

const root = join(import.meta.dirname, '../../..');
const examples = join(root, 'examples/n8n');
/** Examples that need nothing but the credential. */
const WRITE_AT_ONCE = ['log-each-item.json', 'log-a-group-from-one-item.json', 'log-a-failure.json'];
const KEEP = 'keep-each-installation.json';
const pictures = process.argv[2] ?? join(CACHE, 'pictures');

const folder = mkdtempSync(join(tmpdir(), 'n8n-app-'));
const desk = await startEmulator({ portals: 4 });
const port = await freePort();
// n8n calls itself localhost in the redirect URL.
const url = `http://localhost:${port}`;
const app = new N8nApp(folder, port, await freePort());
let editor: Editor | undefined;
try {
  const tarball = await packNode(folder);
  console.log(`Packed: ${statSync(tarball).size} bytes`);
  await scan(tarball, join(root, 'n8n-node'));
  app.installNode(tarball);
  // A token that has expired: the first run refreshes it.
  const accessToken = desk.issueAccessToken({ expiresInSeconds: 0 });
  await app.importFile('credentials', writeCredentials(folder, { ...desk, accessToken }));
  for (const name of readdirSync(examples)) await app.importFile('workflow', join(examples, name));
  for (const name of WRITE_AT_ONCE) await executeExample(name);
  await app.publish(idOf(KEEP));
  await app.start(url);
  editor = await Editor.open(url);
  await connect(editor.context, url, OAUTH_CREDENTIAL_ID);
  await editor.execute(idOf(KEEP), 'When clicking Execute');
  await keepInstallations();
  const before = counted(desk);
  await takePictures(
    editor,
    pictures,
    { each: idOf('log-each-item.json'), everyone: idOf('log-for-every-customer.json') },
    { oAuth: OAUTH_CREDENTIAL_ID, invoke: INVOKE_CREDENTIAL_ID },
    `${desk.url}/?portal=${desk.credentials.orgId}`,
  );
  const reached = new Set(
    desk
      .logs()
      .slice(before.logs)
      .filter(({ reference }) => reference === 'release-2.4.0')
      .map(({ orgId }) => orgId),
  );
  console.log(`log-for-every-customer.json: ${reached.size} of ${desk.portals.length} portals`);
  if (reached.size !== desk.portals.length) process.exitCode = 1;
  console.log(`Pictures: ${pictures}`);
} finally {
  await editor?.close();
  await app.stop();
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
}

/** What Desk and the extension's trigger function would send to the webhook of the example. */
async function keepInstallations(): Promise<void> {
  const { nodes } = JSON.parse(readFileSync(join(examples, KEEP), 'utf8')) as {
    nodes: { type: string; parameters: { path?: string } }[];
  };
  const path = nodes.find(({ type }) => type === 'n8n-nodes-base.webhook')?.parameters.path;
  for (const { orgId, installations } of desk.portals) {
    const { securityContext, installationId } = installations[0] ?? {};
    for (const body of [
      { event: 'onInstall', orgId, securityContext },
      { scopeId: orgId, serviceAppId: installationId },
    ]) {
      const answer = await fetch(`${url}/webhook/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`The webhook answered ${answer.status}: ${await answer.text()}`);
    }
  }
}

async function executeExample(name: string): Promise<void> {
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
