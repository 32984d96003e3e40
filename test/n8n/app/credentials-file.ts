import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Credentials } from '../../../emulator/start-emulator.ts';

/** The credentials that the example flows name. */
export const OAUTH_CREDENTIAL_ID = 'zohoDeskExample1';
export const INVOKE_CREDENTIAL_ID = 'zohoDeskExample2';

/** A local Desk, and an access token of it. */
export interface LocalDesk {
  readonly url: string;
  readonly credentials: Credentials;
  readonly accessToken: string;
}

/** Writes both credentials of the examples, for the local Desk, as `n8n import:credentials` reads them. */
export function writeCredentials(folder: string, { url, credentials, accessToken }: LocalDesk): string {
  const { orgId, clientId, clientSecret, refreshToken, extensionSecret, connectionLinkName } = credentials;
  const oAuth = {
    id: OAUTH_CREDENTIAL_ID,
    name: 'Zoho Desk Extension Log account',
    type: 'zohoDeskExtensionLogOAuth2Api',
    data: {
      dataCenter: 'custom',
      accountsUrl: url,
      deskUrl: url,
      orgId,
      clientId,
      clientSecret,
      oauthTokenData: { access_token: accessToken, refresh_token: refreshToken, token_type: 'Bearer' },
    },
  };
  const invoke = {
    id: INVOKE_CREDENTIAL_ID,
    name: 'Zoho Desk Extension Invoke account',
    type: 'zohoDeskExtensionInvokeApi',
    data: { dataCenter: 'custom', deskUrl: url, extensionSecret, connectionLinkName },
  };
  const file = join(folder, 'credentials.json');
  writeFileSync(file, JSON.stringify([oAuth, invoke]));
  return file;
}
