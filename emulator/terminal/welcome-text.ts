import type { Emulator } from '../start-emulator.ts';

type Served = Pick<Emulator, 'url' | 'credentials' | 'portals'>;

/**
 * What the terminal shows at the start: where everything is, and inputs to paste under the Action's `with:`.
 * @param installationsFile where the list of installations was written, if it was
 */
export function welcomeText(served: Served, installationsFile?: string): string {
  const { url, credentials, portals } = served;
  const hasList = portals.length > 1 || installationsFile !== undefined;
  return `Local Zoho Desk is running; nothing leaves this computer.

  Page          ${url}/
  Desk URL      ${url}
  Accounts URL  ${url}

  Inputs of the Action for one portal:

        with:
${linesOf(portalInputs(served))}

  In place of the OAuth client, as the extension's vendor:

${linesOf(vendorInputs(served))}
${hasList ? listText(served, installationsFile) : ''}
  Further installations: ${credentials.furtherInstallationIds.join(', ')}
  Code of the self client, which can be exchanged once: ${credentials.authorizationCode}

  Ctrl+C ends it.
`;
}

function portalInputs({ url, credentials }: Served): Record<string, string> {
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

function vendorInputs({ credentials, portals }: Served): Record<string, string> {
  const [installation] = portals[0]?.installations ?? [];
  return {
    'extension-secret': JSON.stringify(credentials.extensionSecret),
    'security-context': JSON.stringify(installation?.securityContext),
    'connection-link-name': credentials.connectionLinkName,
  };
}

function listText({ url, credentials, portals }: Served, installationsFile?: string): string {
  const whole =
    portals.length === 1 ? 'a list of installations' : `all ${portals.length.toLocaleString('en')} portals`;
  const where =
    installationsFile === undefined
      ? `The list, ready for that file: ${url}/__emulator/installations.jsonl`
      : `The list is in ${installationsFile}`;
  return `
  Inputs of the Action for ${whole}:

        with:
${linesOf({
  'installations-file': installationsFile ?? 'installations.jsonl',
  'extension-secret': JSON.stringify(credentials.extensionSecret),
  'connection-link-name': credentials.connectionLinkName,
  'desk-url': url,
})}

  ${where}
`;
}

function linesOf(inputs: Record<string, string>): string {
  return Object.entries(inputs)
    .map(([name, value]) => `          ${name}: ${value}`)
    .join('\n');
}
