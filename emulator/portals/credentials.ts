/** What a client must know to write a log, as an administrator or the extension's vendor would hand it over. */
export interface Credentials {
  orgId: string;
  installationId: string;
  /** More installations of the same portal, to try a delivery that serves several. */
  furtherInstallationIds: string[];
  clientId: string;
  clientSecret: string;
  refreshToken: string;
  /** The self client's generated code: exchanged once, it gives the refresh token above. */
  authorizationCode: string;
  /** The `secret` of the extension's plugin-manifest.json, with which its vendor signs calls of the Invoke API. */
  extensionSecret: string;
  /** The extension's own connector, whose scopes include *Add a Log*'s. */
  connectionLinkName: string;
}

/**
 * The one scope that *Add a Log* asks for.
 * Source: https://help.zoho.com/portal/en/kb/desk, article "Extension Log APIs".
 */
export const LOG_SCOPE = 'Desk.extensions.CREATE';

/** Fixed and plainly fake: they can stand in a README and open nothing. */
export const LOCAL_CREDENTIALS: Credentials = {
  orgId: '60001234567',
  installationId: '4000000000123001',
  furtherInstallationIds: ['4000000000123002', '4000000000123003'],
  clientId: '1000.LOCALCLIENT',
  clientSecret: 'f4ce10ca1de5d3adb33fca11ab1e5ca1ab1e77',
  refreshToken: '1000.10ca1dbadf00df33d1dea1b0a7ca7e.5eedcafeba5eba11decade5caff01d',
  authorizationCode: '1000.10ca1dc0de51c8e0d2.f00dfeedc0de',
  extensionSecret: '10ca1de5c.5ec2e7c0ffee5eed@f00dcafe5ca1ab1e',
  connectionLinkName: 'desk_connection',
};
