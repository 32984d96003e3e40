import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import {
  dataCenterSchema,
  orgIdSchema,
  originSchema,
  portalIn,
  type OAuthClient,
  type Portal,
} from '../../../shared/zoho/portal.ts';
import type { Secrets } from '../../../shared/ports.ts';
import { check, type Checked } from '../../../shared/problem.ts';
import { fieldText, problemsIn } from './credentialFields.ts';

/** The credential's name in n8n. */
export const CREDENTIAL_NAME = 'zohoDeskExtensionLogOAuth2Api';

/** A credential that was connected: where its logs go, and what its tokens are made with. */
export interface OAuthCredential {
  readonly portal: Portal;
  readonly client: OAuthClient;
  readonly accessToken: string;
}

/**
 * Reads the credential as n8n holds it now, another execution's fresh token included. What is secret
 * in it is learnt before anything is said about it.
 */
export async function readOAuthCredential(
  context: IExecuteFunctions,
  secrets: Secrets,
): Promise<Checked<OAuthCredential>> {
  const fields = await context.getCredentials(CREDENTIAL_NAME);
  const { access_token: accessToken, refresh_token: refreshToken } = tokenData(fields);
  [accessToken, refreshToken, fieldText(fields['clientSecret'])].forEach(secrets.learn);
  const portal = readPortal(fields);
  if (!portal.ok) return portal;
  if (accessToken === '') {
    const message = 'is not connected to a Zoho account. Open it and connect it.';
    return { ok: false, problems: [{ input: 'Credential', message }] };
  }
  const client = {
    clientId: fieldText(fields['clientId']),
    clientSecret: fieldText(fields['clientSecret']),
    refreshToken,
  };
  return { ok: true, value: { portal: portal.value, client, accessToken } };
}

/** What n8n keeps of the token endpoint's answer; empty where there is none. */
function tokenData(fields: ICredentialDataDecryptedObject): { access_token: string; refresh_token: string } {
  const given = fields['oauthTokenData'];
  const data: Record<string, unknown> = typeof given === 'object' && given !== null ? { ...given } : {};
  return { access_token: fieldText(data['access_token']), refresh_token: fieldText(data['refresh_token']) };
}

function readPortal(fields: ICredentialDataDecryptedObject): Checked<Portal> {
  const orgId = check(orgIdSchema, fieldText(fields['orgId']).trim(), 'Organization ID');
  if (fields['dataCenter'] !== 'custom') {
    const dataCenter = check(dataCenterSchema, fields['dataCenter'], 'Data Center');
    if (!orgId.ok || !dataCenter.ok) return { ok: false, problems: problemsIn(orgId, dataCenter) };
    return { ok: true, value: portalIn(dataCenter.value, orgId.value) };
  }
  const accountsUrl = check(originSchema, fields['accountsUrl'], 'Accounts URL');
  const deskUrl = check(originSchema, fields['deskUrl'], 'Desk URL');
  if (!orgId.ok || !accountsUrl.ok || !deskUrl.ok) {
    return { ok: false, problems: problemsIn(orgId, accountsUrl, deskUrl) };
  }
  return { ok: true, value: { accountsUrl: accountsUrl.value, deskUrl: deskUrl.value, orgId: orgId.value } };
}
