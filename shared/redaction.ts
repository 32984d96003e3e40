import type { Secrets } from './ports.ts';

/** What stands in a text where a secret was. */
const MASK = '***';

/**
 * A secret is recognised by any run of this many of its characters, so that one cut short, or a
 * piece of one in a service's message, is found too. Shorter runs would match ordinary words.
 */
const PIECE_LENGTH = 8;

/**
 * Remembers secrets and takes them out of texts: whole, in pieces of eight characters or more, in
 * capitals or small letters, and as URL, JSON, HTML, hex or base64 text would carry them.
 */
export function createSecrets(onLearn: (secret: string) => void = () => {}): Secrets {
  const learnt = new Set<string>();
  const pieces = new Set<string>();
  const shortForms = new Set<string>();

  return {
    learn(secret) {
      if (secret === '' || learnt.has(secret)) return;
      learnt.add(secret);
      onLearn(secret);
      for (const form of formsOf(secret)) {
        // What base64 makes of one or two characters is found in any text.
        if (form.length < secret.length) continue;
        if (form.length < PIECE_LENGTH) shortForms.add(form);
        for (let at = 0; at + PIECE_LENGTH <= form.length; at += 1) {
          pieces.add(form.slice(at, at + PIECE_LENGTH));
        }
      }
    },
    redact(text) {
      let redacted = withoutPieces(text, pieces);
      for (const form of shortForms) redacted = redacted.replaceAll(form, MASK);
      return redacted;
    },
  };
}

/** Every run of the text that is covered by pieces becomes one mask. */
function withoutPieces(text: string, pieces: ReadonlySet<string>): string {
  let redacted = '';
  let keptFrom = 0;
  let maskedUpTo = 0;
  for (let at = 0; at + PIECE_LENGTH <= text.length; at += 1) {
    if (!pieces.has(text.slice(at, at + PIECE_LENGTH))) continue;
    if (at > maskedUpTo || maskedUpTo === 0) redacted += text.slice(keptFrom, at) + MASK;
    maskedUpTo = at + PIECE_LENGTH;
    keptFrom = maskedUpTo;
  }
  return redacted + text.slice(keptFrom);
}

function formsOf(secret: string): Set<string> {
  const bytes = new TextEncoder().encode(secret);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const html = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  return new Set([
    secret,
    // Zoho's tokens are hex, which what logs them may show in either case.
    secret.toUpperCase(),
    secret.toLowerCase(),
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    html,
    html.replaceAll("'", '&#39;'),
    hex,
    hex.toUpperCase(),
    ...base64Forms(bytes),
  ]);
}

/** Base64 of a text depends on where in it the secret begins: three shifts cover every place. */
function base64Forms(bytes: Uint8Array): string[] {
  const forms: string[] = [];
  for (const shift of [0, 1, 2]) {
    const base64 = btoa(String.fromCharCode(...new Uint8Array(shift), ...bytes));
    // The characters at both ends also depend on the neighbours: only those in between are the secret's.
    const inner = base64.replace(/=+$/, '').slice(shift === 0 ? 0 : shift + 1, shift === 0 ? undefined : -1);
    forms.push(inner, inner.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return forms;
}
