import type { Desk } from '../desk/desk.ts';

/** Shell commands that fetch a token and send a first log to this emulator, ready to paste. */
export function firstLogCommands({ url, credentials }: Pick<Desk, 'url' | 'credentials'>): string {
  const form = [
    'grant_type=refresh_token',
    `client_id=${credentials.clientId}`,
    `client_secret=${credentials.clientSecret}`,
    `refresh_token=${credentials.refreshToken}`,
  ];
  const log = {
    title: 'Hello from the command line',
    description: 'Send another one with the same reference: it becomes a sub-log of this one.',
    installationId: credentials.installationId,
    reference: 'hello-1',
  };
  return `TOKEN=$(curl -s ${url}/oauth/v2/token \\
${form.map((pair) => `  --data-urlencode ${quoted(pair)}`).join(' \\\n')} |
  sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

curl -s ${url}/api/v1/extensionLogs \\
  -H "Authorization: Zoho-oauthtoken $TOKEN" \\
  -H ${quoted(`orgId: ${credentials.orgId}`)} \\
  -H 'Content-Type: application/json' \\
  -d ${quoted(JSON.stringify(log, null, 2).replaceAll('\n', '\n  '))}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
