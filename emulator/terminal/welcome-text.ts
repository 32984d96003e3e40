import type { Emulator } from '../start-emulator.ts';

type Served = Pick<Emulator, 'url' | 'credentials' | 'portals'>;

/**
 * What the terminal shows at the start: where everything is, and inputs to paste under the Action's `with:`.
 * @param installationsFile where the list of installations was written, if it was
 */
export function welcomeText(served: Served, installationsFile?: string): string {
  const { url, credentials, portals } = served;
  return `Local Zoho Desk is running; nothing leaves this computer.

  Page          ${url}/
  Desk URL      ${url}
  Accounts URL  ${url}

  Inputs of the Action for one portal:

${inputsText(onePortalInputs(served))}

  Further installations: ${credentials.furtherInstallationIds.join(', ')}
  Code of the self client, good for one exchange: ${credentials.authorizationCode}
${portals.length > 1 || installationsFile !== undefined ? manyPortalsText(served, installationsFile) : ''}
  Ctrl+C ends it.
`;
}

function onePortalInputs({ url, credentials }: Served): Record<string, string> {
  return {
    'data-center': 'us',
    'org-id': JSON.stringify(credentials.orgId),
    'installation-id': JSON.stringify(credentials.installationId),
    'client-id': JSON.stringify(credentials.clientId),
    'client-secret': JSON.stringify(credentials.clientSecret),
    'refresh-token': JSON.stringify(credentials.refreshToken),
    'desk-url': url,
    'accounts-url': url,
  };
}

function manyPortalsText({ url, credentials, portals }: Served, installationsFile?: string): string {
  const inputs = {
    'installations-file': installationsFile ?? 'installations.jsonl',
    'extension-secret': JSON.stringify(credentials.extensionSecret),
    'connection-link-name': credentials.connectionLinkName,
    'desk-url': url,
  };
  const file =
    installationsFile === undefined
      ? `Their installations, ready for a file: ${url}/__emulator/installations.jsonl`
      : `Their installations are in ${installationsFile}`;
  return `
  Inputs of the Action for ${portals.length === 1 ? 'the vendor of the extension' : `all ${portals.length.toLocaleString('en')} portals`}:

${inputsText(inputs)}

  ${file}
`;
}

function inputsText(inputs: Record<string, string>): string {
  const lines = Object.entries(inputs).map(([name, value]) => `          ${name}: ${value}`);
  return `        with:\n${lines.join('\n')}`;
}
