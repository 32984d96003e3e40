// Keeps the list of portals that have your extension installed, in any Node.js 20 or newer, without a package.
//
//   RECEIVER_KEY=<a long random text> node receive-installs.mjs
//
// Name https://<your server>/<RECEIVER_KEY> as onInstall, onUpdate and onUninstall in plugin-manifest.json, and as
// the address that the extension's trigger function posts to. Whoever knows the key can read and change the list.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const { RECEIVER_KEY: key = '', PORT: port = '8080', LIST_FILE: file = 'portals.json' } = process.env;
if (key.length < 32)
  throw new Error('RECEIVER_KEY must have at least 32 characters. Try: openssl rand -hex 32');
const portals = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};

/** onInstall brings orgId and securityContext; the trigger function brings them as scopeId, with serviceAppId. */
function keep({ event, orgId, scopeId, serviceAppId, securityContext }) {
  const portal = String(orgId ?? scopeId);
  if (!/^\d+$/.test(portal)) throw new Error('neither orgId nor scopeId is a number');
  if (typeof serviceAppId === 'number' && !Number.isSafeInteger(serviceAppId))
    throw new Error('serviceAppId has more digits than a JSON number keeps: send it in quotes');
  if (event === 'onUninstall') delete portals[portal];
  else {
    const installationId = serviceAppId === undefined ? undefined : String(serviceAppId);
    const known = Object.entries({ orgId: portal, installationId, securityContext });
    portals[portal] = { ...portals[portal], ...Object.fromEntries(known.filter(([, value]) => value)) };
  }
  writeFileSync(`${file}.new`, JSON.stringify(portals), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

const server = createServer(async (request, response) => {
  const complete = Object.values(portals).filter((one) => one.installationId && one.securityContext);
  try {
    if (request.url === `/${key}` && request.method === 'POST') keep(JSON.parse(await text(request)));
    else if (request.url !== `/${key}/installations.jsonl`) return response.writeHead(404).end();
    response.end(request.method === 'GET' ? complete.map((one) => `${JSON.stringify(one)}\n`).join('') : '');
  } catch (error) {
    response.writeHead(400).end(`${error.message}\n`);
  }
});
server.listen(Number(port), () => console.log(`Listening on port ${server.address().port}.`));
