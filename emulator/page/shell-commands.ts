import type { Desk } from '../desk/desk.ts';

type Served = Pick<Desk, 'url' | 'credentials'>;

/** Commands for a POSIX shell that fetch a token and send a first log to this emulator, ready to paste. */
export function posixCommands({ url, credentials }: Served): string {
  const form = Object.entries(tokenForm(credentials)).map(([name, value]) => `${name}=${value}`);
  const log = JSON.stringify(firstLog(credentials), null, 2).replaceAll('\n', '\n  ');
  return `TOKEN=$(curl -s ${url}/oauth/v2/token \\
${form.map((pair) => `  --data-urlencode ${posixQuoted(pair)}`).join(' \\\n')} |
  sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

curl -s ${url}/api/v1/extensionLogs \\
  -H "Authorization: Zoho-oauthtoken $TOKEN" \\
  -H ${posixQuoted(`orgId: ${credentials.orgId}`)} \\
  -H 'Content-Type: application/json' \\
  -d ${posixQuoted(log)}`;
}

/** The same for PowerShell, which Windows has: 5.1 and 7. */
export function powerShellCommands({ url, credentials }: Served): string {
  const fields = (of: object): string =>
    Object.entries(of)
      .map(([name, value]) => `  ${name} = ${powerShellQuoted(String(value))}`)
      .join('\n');
  return `$token = (Invoke-RestMethod -Method Post ${powerShellQuoted(`${url}/oauth/v2/token`)} -Body @{
${fields(tokenForm(credentials))}
}).access_token

$log = @{
${fields(firstLog(credentials))}
} | ConvertTo-Json

Invoke-RestMethod -Method Post ${powerShellQuoted(`${url}/api/v1/extensionLogs`)} -Body $log \`
  -ContentType 'application/json' \`
  -Headers @{ Authorization = "Zoho-oauthtoken $token"; orgId = ${powerShellQuoted(credentials.orgId)} }`;
}

function tokenForm({ clientId, clientSecret, refreshToken }: Served['credentials']) {
  return {
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  };
}

function firstLog({ installationId }: Served['credentials']) {
  return {
    title: 'Hello from the command line',
    description: 'Send another one with the same reference: it becomes a sub-log of this one.',
    installationId,
    reference: 'hello-1',
  };
}

function posixQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function powerShellQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
