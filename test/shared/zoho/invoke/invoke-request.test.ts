import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { hashOf, invokeRequest } from '../../../../shared/zoho/invoke/invoke-request.ts';
import { portalIn } from '../../../../shared/zoho/portal.ts';

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');
const PORTAL = portalIn('eu', '60001234567');
const KEY = { extensionSecret: 'manifest-secret', connectionLinkName: 'desk_logs' };
const CONTEXT = 'edbsn9b8&context=of+an installation/é';
const LOG = {
  title: 'Deployed',
  description: 'Version 7',
  installationId: '4000000000123001',
  reference: 'run',
};

/** What openssl makes of a text that stands in a file, as `openssl dgst -sha256 -hmac` prints it. */
function hashByOpenssl(key: string, text: string): string {
  const printed = execFileSync('openssl', ['dgst', '-sha256', '-hmac', key], {
    input: text,
    encoding: 'utf8',
  });
  return printed.trim().split(' ').at(-1) ?? '';
}

describe('the HASH', () => {
  // Each text is written out by hand, in the order that Zoho documents.
  test.each([
    [
      'every field',
      {
        requestURL: 'https://desk.zoho.eu/api/v1/extensionLogs',
        requestType: 'POST',
        queryParams: '{"a":"b"}',
        postBody: '{"title":"T"}',
        headers: '{"orgId":"1"}',
        connectionLinkName: 'desk_logs',
      },
      'requestURL=https://desk.zoho.eu/api/v1/extensionLogs&requestType=POST&queryParams={"a":"b"}&postBody={"title":"T"}&headers={"orgId":"1"}&connectionLinkName=desk_logs',
    ],
    [
      'fields in another order',
      { headers: '{}', requestType: 'POST', requestURL: 'https://a' },
      'requestURL=https://a&requestType=POST&headers={}',
    ],
    [
      'empty fields, which are left out',
      { requestURL: 'https://a', requestType: 'POST', queryParams: '', postBody: '', connectionLinkName: '' },
      'requestURL=https://a&requestType=POST',
    ],
    [
      '& and = as they are',
      { requestURL: 'https://a?b=c&d=e', requestType: 'POST', postBody: '{"title":"a & b = c"}' },
      'requestURL=https://a?b=c&d=e&requestType=POST&postBody={"title":"a & b = c"}',
    ],
    [
      'Unicode, as UTF-8 and not encoded',
      { requestURL: 'https://a', requestType: 'POST', postBody: '{"title":"größer 🚀 %C3%A9"}' },
      'requestURL=https://a&requestType=POST&postBody={"title":"größer 🚀 %C3%A9"}',
    ],
    [
      'line breaks',
      { requestURL: 'https://a', requestType: 'POST', postBody: 'one\ntwo\r\nthree\n' },
      'requestURL=https://a&requestType=POST&postBody=one\ntwo\r\nthree\n',
    ],
    ['no field at all', {}, ''],
  ])('of %s is what openssl computes', (_, fields, text) => {
    for (const secret of ['manifest-secret', 'größer & 🚀']) {
      const hash = hashOf(fields, secret, hmac);
      expect(hash).toBe(hashByOpenssl(secret, text));
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test('agrees with a vector of RFC 4231, so that the comparison itself is sound', () => {
    expect(hashByOpenssl('Jefe', 'what do ya want for nothing?')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });
});

describe('the call', () => {
  const { request, hash } = invokeRequest(LOG, PORTAL, KEY, CONTEXT, 900, hmac);
  const form = new URLSearchParams(request.body);

  test('is the documented one', () => {
    expect([request.url, request.timeoutMs]).toEqual([
      'https://desk.zoho.eu/api/v1/invoke?orgId=60001234567',
      900,
    ]);
    expect(request.headers).toEqual({
      HASH: hash,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    });
    expect(Object.fromEntries(form)).toEqual({
      securityContext: CONTEXT,
      requestURL: 'https://desk.zoho.eu/api/v1/extensionLogs',
      requestType: 'POST',
      postBody:
        '{"reference":"run","title":"Deployed","description":"Version 7","installationId":"4000000000123001"}',
      headers: '{"orgId":"60001234567","Content-Type":"application/json"}',
      connectionLinkName: 'desk_logs',
    });
  });

  test('is signed over what the form carries, the security context left out', () => {
    const names = ['requestURL', 'requestType', 'postBody', 'headers', 'connectionLinkName'];
    const text = names.map((name) => `${name}=${form.get(name)}`).join('&');
    expect(hash).toBe(hashByOpenssl(KEY.extensionSecret, text));
    const other = invokeRequest(LOG, PORTAL, KEY, 'another context', 900, hmac);
    expect(other.hash).toBe(hash);
  });

  test('without a connector names none and signs none', () => {
    const key = { extensionSecret: KEY.extensionSecret };
    const bare = invokeRequest({ ...LOG, reference: undefined }, PORTAL, key, CONTEXT, 900, hmac);
    const bareForm = new URLSearchParams(bare.request.body);
    expect([...bareForm.keys()]).not.toContain('connectionLinkName');
    expect(JSON.parse(bareForm.get('postBody') ?? '')).not.toHaveProperty('reference');
    const text = ['requestURL', 'requestType', 'postBody', 'headers']
      .map((name) => `${name}=${bareForm.get(name)}`)
      .join('&');
    expect(bare.hash).toBe(hashByOpenssl(KEY.extensionSecret, text));
  });

  test('never carries the secret itself', () => {
    expect(JSON.stringify(request)).not.toContain(KEY.extensionSecret);
  });
});
