import { expect, test } from '@jest/globals';
import { connectionFailure } from '../../../shared/transport/connection-failure.ts';

const NEVER_SENT = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EADDRNOTAVAIL', 'ERR_PROXY_TUNNEL'];
const EITHER = [
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  '',
];
const UNTRUSTED = [
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
];
const ENCRYPTION = ['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'];

const told = (code: string, connected: boolean) => {
  const result = connectionFailure(code, 'why', connected);
  expect(result.reason).toBe('why');
  return result.kind === 'lost' ? 'lost' : result.permanent ? 'never' : 'not now';
};

test.each(NEVER_SENT)('%s alone says that nothing was sent', (code) => {
  expect([told(code, true), told(code, false)]).toEqual(['not now', 'not now']);
});

test.each(EITHER)('%s may come after the request was sent', (code) => {
  expect([told(code, true), told(code, false)]).toEqual(['lost', 'not now']);
});

test.each(UNTRUSTED)('%s is about a certificate, and would happen again', (code) => {
  expect([told(code, true), told(code, false)]).toEqual(['never', 'never']);
});

test.each(ENCRYPTION)('%s fails the handshake, or breaks an answer', (code) => {
  expect([told(code, true), told(code, false)]).toEqual(['lost', 'never']);
});
