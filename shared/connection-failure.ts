import type { HttpResult } from './ports.ts';

/** The name was not found, or nobody took the connection: the request cannot have been processed. */
const UNREACHED_CODES: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_NODATA',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ERR_PROXY_TUNNEL',
]);

/** The certificate was refused during the handshake. Asking again would be answered the same. */
const UNTRUSTED_CODE =
  /^(CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA|ERR_SSL_|EPROTO)/;

/**
 * What a request that got no answer came to, by Node's error code.
 * @param connected whether the connection was made, so that something may have been sent
 */
export function connectionFailure(
  code: string,
  reason: string,
  connected: boolean,
): Exclude<HttpResult, { kind: 'answered' }> {
  if (UNTRUSTED_CODE.test(code)) return { kind: 'unreached', reason, permanent: true };
  if (UNREACHED_CODES.has(code) || !connected) return { kind: 'unreached', reason, permanent: false };
  return { kind: 'lost', reason };
}
