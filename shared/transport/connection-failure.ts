import type { HttpResult } from '../ports.ts';

/**
 * The name was not found, or no server took the connection: the request cannot have been processed. An
 * unreachable network or host is not among them: it can also break a connection that was already made.
 */
const UNREACHED_CODES: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_NODATA',
  'ECONNREFUSED',
  'EADDRNOTAVAIL',
  'ERR_PROXY_TUNNEL',
]);

/** The name server does not know the name, or gave no answer. */
const NAME_CODES: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA']);

/** Why a host gave no answer, in words, by Node's error code. */
export function connectionReason(host: string, code: string): string {
  const happened = NAME_CODES.has(code) ? 'was not found' : 'ended the connection or took none';
  return `${host} ${happened} (${code})`;
}

/** A certificate was refused, the server's or ours. Asking again would be answered the same. */
const UNTRUSTED_CODE =
  /^(CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA)|_ALERT_.*CERTIFICATE/;
/** Encryption failed: in the handshake it would fail again, later the answer alone is broken. */
const ENCRYPTION_CODE = /^(ERR_SSL_|EPROTO)/;

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
  if (UNREACHED_CODES.has(code) || !connected) {
    return { kind: 'unreached', reason, permanent: ENCRYPTION_CODE.test(code) };
  }
  return { kind: 'lost', reason };
}
