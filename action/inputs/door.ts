import type { VendorKey } from '../../shared/zoho/invoke/invoke-request.ts';
import type { OAuthClient } from '../../shared/zoho/portal.ts';
import type { InputValues } from './input-values.ts';

/** How logs get into an installation. */
export type Door =
  | { readonly kind: 'oauth-client'; readonly client: OAuthClient }
  | { readonly kind: 'access-token'; readonly accessToken: string }
  | { readonly kind: 'invoke'; readonly key: VendorKey; readonly securityContext: string };

/** Credentials that an entry of a list may have. They win over the inputs. */
export interface OwnCredentials {
  readonly refreshToken?: string | undefined;
  readonly securityContext?: string | undefined;
}

/**
 * The door to one installation, from its own credentials and the inputs.
 * @returns undefined when they do not open one; the checks of the credentials and of the list say why
 */
export function doorOf(inputs: InputValues, own: OwnCredentials = {}): Door | undefined {
  const securityContext = own.securityContext ?? (own.refreshToken ? '' : inputs['security-context']);
  if (securityContext !== '') return vendorsDoor(inputs, securityContext);
  const refreshToken = own.refreshToken ?? inputs['refresh-token'];
  const { 'client-id': clientId, 'client-secret': clientSecret, 'access-token': accessToken } = inputs;
  if (own.refreshToken === undefined && accessToken !== '') return { kind: 'access-token', accessToken };
  if (clientId === '' || clientSecret === '' || refreshToken === '') return undefined;
  return { kind: 'oauth-client', client: { clientId, clientSecret, refreshToken } };
}

function vendorsDoor(inputs: InputValues, securityContext: string): Door | undefined {
  const { 'extension-secret': extensionSecret, 'connection-link-name': connectionLinkName } = inputs;
  if (extensionSecret === '') return undefined;
  return { kind: 'invoke', key: { extensionSecret, connectionLinkName }, securityContext };
}
