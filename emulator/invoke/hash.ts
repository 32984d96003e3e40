import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The fields that the HASH covers, in its order. `securityContext` is not among them.
 * Source: https://www.zoho.com/desk/extensions/guide/platform-rest-apis.html
 */
const HASHED_FIELDS = [
  'requestURL',
  'requestType',
  'queryParams',
  'postBody',
  'headers',
  'connectionLinkName',
] as const;

/**
 * The HASH of a call: lower-case hex of an HMAC-SHA256 over `name=value` pairs joined by `&`, the values as they
 * are before any URL encoding, empty ones left out.
 */
export function hashOf(fields: URLSearchParams, extensionSecret: string): string {
  const pairs = HASHED_FIELDS.map((name) => [name, fields.get(name) ?? ''] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`);
  return createHmac('sha256', extensionSecret).update(pairs.join('&')).digest('hex');
}

/** Whether a HASH header is the one that the fields have. */
export function isHashOf(
  hash: string | undefined,
  fields: URLSearchParams,
  extensionSecret: string,
): boolean {
  const given = Buffer.from(hash ?? '');
  const wanted = Buffer.from(hashOf(fields, extensionSecret));
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
