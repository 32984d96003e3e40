import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSecrets } from '../../shared/redaction.ts';

const printable = (min: number, max: number) =>
  fc.string({
    unit: fc.constantFrom(...Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at))),
    minLength: min,
    maxLength: max,
  });
const asZohoMakes = fc
  .tuple(fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 }))
  .map(([hex]) => `1000.${hex}.${hex.split('').reverse().join('')}`);
// A secret with the mask in it, or of one letter alone, could be read into what redaction itself writes.
const aSecret = fc.oneof(printable(8, 80), asZohoMakes).filter((secret) => !secret.includes('**'));
const aPiece = aSecret.chain((secret) =>
  fc.record({
    secret: fc.constant(secret),
    from: fc.nat(secret.length - 8),
    more: fc.nat(secret.length),
  }),
);

function redacting(...secrets: string[]): (text: string) => string {
  const { learn, redact } = createSecrets();
  secrets.forEach(learn);
  return redact;
}

/** What of the text is a run of eight or more of the needle's characters. */
function leaks(text: string, needle: string): string[] {
  const runs = Array.from({ length: Math.max(0, needle.length - 7) }, (_, at) => needle.slice(at, at + 8));
  return runs.filter((run) => text.includes(run));
}

const html = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const ENCODINGS: [string, (text: string) => string][] = [
  ['as it is', (text) => text],
  ['in capitals', (text) => text.toUpperCase()],
  ['in small letters', (text) => text.toLowerCase()],
  ['in an address', encodeURIComponent],
  ['in a form', (text) => new URLSearchParams({ a: text }).toString().slice(2)],
  ['in JSON', (text) => JSON.stringify(text).slice(1, -1)],
  ['in HTML', html],
  ['in HTML with its apostrophes', (text) => html(text).replaceAll("'", '&#39;')],
  ['in hex', (text) => Buffer.from(text).toString('hex')],
  ['in capital hex', (text) => Buffer.from(text).toString('hex').toUpperCase()],
];

describe('any secret', () => {
  test.each(ENCODINGS)('%s, whole or in pieces', (_, encode) => {
    fc.assert(
      fc.property(aPiece, fc.string(), fc.string(), ({ secret, from, more }, before, after) => {
        const redact = redacting(secret);
        const piece = secret.slice(from, from + 8 + more);
        for (const told of [secret, piece]) {
          const redacted = redact(`${before} ${encode(told)} ${after}`);
          expect(leaks(redacted, encode(told))).toEqual([]);
        }
      }),
    );
  });

  test.each(['base64', 'base64url'] as const)('in %s, with anything around it', (encoding) => {
    fc.assert(
      fc.property(aSecret, fc.string(), fc.string(), (secret, before, after) => {
        const encoded = Buffer.from(`${before}${secret}${after}`).toString(encoding);
        const redacted = redacting(secret)(`Basic ${encoded}`);
        // Every byte that is wholly the secret's is encoded in the characters that were masked.
        const first = Math.ceil((Buffer.byteLength(before) * 4) / 3 + 1);
        const last = Math.floor((Buffer.byteLength(before + secret) * 4) / 3 - 1);
        expect(leaks(redacted, encoded.slice(first, last))).toEqual([]);
        expect(redacted).toContain('***');
      }),
    );
  });

  test('at the very start, at the end, twice, and beside another', () => {
    const redact = redacting('first-secret', 'other-secret');
    expect(redact('first-secret')).toBe('***');
    expect(redact('first-secretother-secret')).toBe('***');
    expect(redact('first-secret first-secret')).toBe('*** ***');
    expect(redact('a first-secret, b other-secret.')).toBe('a ***, b ***.');
  });

  test('cut short in its middle by what quotes it', () => {
    expect(redacting('1000.abcdef0123456789')('{"token":"1000.abcdef0…"}')).toBe('{"token":"***…"}');
  });
});

describe('any text without a piece of a secret', () => {
  test('stays as it is', () => {
    fc.assert(
      fc.property(asZohoMakes, fc.lorem({ mode: 'sentences' }), (secret, text) => {
        expect(redacting(secret)(text)).toBe(text);
      }),
    );
  });

  test('stays as it is beside one that is masked', () => {
    fc.assert(
      fc.property(asZohoMakes, fc.lorem(), fc.lorem(), (secret, before, after) => {
        expect(redacting(secret)(`${before} ${secret} ${after}`)).toBe(`${before} *** ${after}`);
      }),
    );
  });

  test.each(['x', 'x1', 'x1!'])('stays legible when the secret is only %s', (secret) => {
    const text = 'Desk answered 403 SCOPE_MISMATCH "The OAuth Token does not contain the scope".';
    expect(redacting(secret)(text)).toBe(text);
    expect(redacting(secret)(`The key is ${secret}.`)).toBe('The key is ***.');
  });
});

test('a secret of fewer than eight characters is masked whole', () => {
  expect(redacting('hunter2')('hunter2, hunter22, hunter')).toBe('***, ***2, hunter');
});

test('each secret is passed on once to whoever masks it elsewhere; the empty one never', () => {
  const told: string[] = [];
  const { learn, redact } = createSecrets((secret) => told.push(secret));
  for (const secret of ['one-secret', '', 'two-secret', 'one-secret']) learn(secret);
  expect(told).toEqual(['one-secret', 'two-secret']);
  expect(redact('')).toBe('');
});
