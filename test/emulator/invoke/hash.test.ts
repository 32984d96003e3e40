import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { hashOf } from '../../../emulator/invoke/hash.ts';

const SECRET = 'local-secret';

/** The same sum by another program. */
function byOpenssl(text: string): string {
  const answer = execFileSync('openssl', ['dgst', '-sha256', '-hmac', SECRET, '-hex'], { input: text });
  return /[0-9a-f]{64}/.exec(answer.toString())?.[0] ?? '';
}

test.each([
  [
    'the documented order, whatever the order of the form',
    { connectionLinkName: 'c', headers: '{}', postBody: 'b', requestType: 'POST', requestURL: 'https://x' },
    'requestURL=https://x&requestType=POST&postBody=b&headers={}&connectionLinkName=c',
  ],
  [
    'queryParams before postBody',
    { postBody: 'b', queryParams: '{"q":1}' },
    'queryParams={"q":1}&postBody=b',
  ],
  ['no empty value', { requestURL: 'u', queryParams: '', postBody: 'b' }, 'requestURL=u&postBody=b'],
  ['never the securityContext', { securityContext: 's', requestURL: 'u' }, 'requestURL=u'],
  [
    'values as they are before URL encoding',
    { postBody: '{"title":"Größe 📦 & 漢字 = 100 %"}\n+ %20' },
    'postBody={"title":"Größe 📦 & 漢字 = 100 %"}\n+ %20',
  ],
])('the HASH covers %s', (_, fields, signed) => {
  const sent = new URLSearchParams(new URLSearchParams(fields).toString());
  expect(hashOf(sent, SECRET)).toBe(byOpenssl(signed));
});
