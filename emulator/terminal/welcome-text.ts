import type { Emulator } from '../start-emulator.ts';

/** What the terminal shows at the start: where everything is, and inputs to paste under the Action's `with:`. */
export function welcomeText({ url, credentials }: Pick<Emulator, 'url' | 'credentials'>): string {
  const inputs = {
    'data-center': 'us',
    'org-id': JSON.stringify(credentials.orgId),
    'installation-id': JSON.stringify(credentials.installationId),
    'client-id': JSON.stringify(credentials.clientId),
    'client-secret': JSON.stringify(credentials.clientSecret),
    'refresh-token': JSON.stringify(credentials.refreshToken),
    'desk-url': url,
    'accounts-url': url,
  };
  const lines = Object.entries(inputs).map(([name, value]) => `          ${name}: ${value}`);
  return `Local Zoho Desk is running; nothing leaves this computer.

  Page          ${url}/
  Desk URL      ${url}
  Accounts URL  ${url}

  Inputs of the Action:

        with:
${lines.join('\n')}

  Further installations: ${credentials.furtherInstallationIds.join(', ')}
  Code of the self client, good for one exchange: ${credentials.authorizationCode}

  Ctrl+C ends it.
`;
}
