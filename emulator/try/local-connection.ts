import { connectionInputs } from '../runner/connection-inputs.ts';
import type { Emulator } from '../start-emulator.ts';

/** Inputs under `with:`, by name. */
type Inputs = Readonly<Record<string, string>>;

/** What a workflow gives, in two parts: its own inputs, and the connection, which is the local Desk's here. */
export interface LocalInputs {
  readonly own: Inputs;
  readonly connection: Inputs;
}

/**
 * Puts the local Desk's connection in the place of the workflow's, whatever that was: a real id or secret
 * opens nothing here. An input that the workflow leaves out stays out, so that the Action can say so.
 */
export function localInputs(given: Inputs, desk: Emulator): LocalInputs {
  const local = localConnection(given, desk);
  const own = Object.entries(given).filter(([name]) => !(name in local));
  const connection = Object.entries(local).filter(([name]) => name in given);
  if ('installations-file' in given) connection.push(['installations', local['installations'] ?? '']);
  return {
    own: Object.fromEntries(own),
    connection: {
      ...Object.fromEntries(connection.filter(([name]) => name !== 'installations-file')),
      'desk-url': desk.url,
      'accounts-url': desk.url,
    },
  };
}

/** The local value of every input that makes up a connection. */
function localConnection(given: Inputs, desk: Emulator): Inputs {
  const { credentials, portals } = desk;
  const list = JSON.stringify(localInstallations(portals, 'extension-secret' in given));
  return {
    ...connectionInputs(desk),
    'data-center': 'us',
    'access-token': 'access-token' in given ? desk.issueAccessToken() : '',
    'extension-secret': credentials.extensionSecret,
    'security-context': portals[0]?.installations[0]?.securityContext ?? '',
    'connection-link-name': credentials.connectionLinkName,
    installations: list,
    'installations-file': list,
  };
}

function localInstallations(portals: Emulator['portals'], isVendors: boolean): object[] {
  return portals.map(({ orgId, name, refreshToken, installations: [first] }) => ({
    installationId: first?.installationId,
    orgId,
    name,
    ...(isVendors ? { securityContext: first?.securityContext } : { refreshToken }),
  }));
}
