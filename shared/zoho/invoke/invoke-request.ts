import type { WireLog } from '../../delivery/recorder.ts';
import type { HttpRequest } from '../../ports.ts';
import { ADD_LOG_PATH } from '../add-log-recorder.ts';
import type { Portal } from '../portal.ts';

/** What a vendor signs its calls with. Both come from the extension's plugin-manifest.json. */
export interface VendorKey {
  /** The manifest's `secret`. */
  readonly extensionSecret: string;
  /** The extension's own connector, whose scopes include `Desk.extensions.CREATE`. */
  readonly connectionLinkName?: string | undefined;
}

/** HMAC-SHA256 of a UTF-8 text as lower-case hex. */
export type Hmac = (key: string, text: string) => string;

/** The call for one log, and the HASH in it, which is a secret. */
export interface InvokeRequest {
  readonly request: HttpRequest;
  readonly hash: string;
}

/**
 * The fields that the HASH covers, in Zoho's order. The securityContext is never among them.
 * Source: https://www.zoho.com/desk/extensions/guide/platform-rest-apis.html.
 */
const SIGNED_FIELDS = [
  'requestURL',
  'requestType',
  'queryParams',
  'postBody',
  'headers',
  'connectionLinkName',
] as const;

type InvokeFields = { readonly [Name in (typeof SIGNED_FIELDS)[number]]: string };

/** Builds the call of the Invoke API that adds one log. */
export function invokeRequest(
  { title, description, installationId, reference }: WireLog,
  { deskUrl, orgId }: Pick<Portal, 'deskUrl' | 'orgId'>,
  { extensionSecret, connectionLinkName = '' }: VendorKey,
  securityContext: string,
  timeoutMs: number,
  hmac: Hmac,
): InvokeRequest {
  const fields: InvokeFields = {
    requestURL: `${deskUrl}${ADD_LOG_PATH}`,
    requestType: 'POST',
    queryParams: '',
    postBody: JSON.stringify({ reference, title, description, installationId }),
    headers: JSON.stringify({ orgId, 'Content-Type': 'application/json' }),
    connectionLinkName,
  };
  const hash = hashOf(fields, extensionSecret, hmac);
  const form = new URLSearchParams({ securityContext });
  for (const name of SIGNED_FIELDS) if (fields[name] !== '') form.append(name, fields[name]);
  const request = {
    url: `${deskUrl}/api/v1/invoke?orgId=${encodeURIComponent(orgId)}`,
    headers: {
      HASH: hash,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: form.toString(),
    timeoutMs,
  };
  return { request, hash };
}

/** Signs `name=value` pairs joined by `&`: the values as they are, not URL-encoded, and without empty ones. */
export function hashOf(fields: Partial<InvokeFields>, extensionSecret: string, hmac: Hmac): string {
  const signed = SIGNED_FIELDS.flatMap((name) => (fields[name] ? [`${name}=${fields[name]}`] : []));
  return hmac(extensionSecret, signed.join('&'));
}
