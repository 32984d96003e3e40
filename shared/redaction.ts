import { GramIndex } from './gram-index.ts';
import type { Secrets } from './ports.ts';

/** What stands in a text where a secret was. */
const MASK = '***';

/**
 * A secret is recognised by any run of this many of its characters, so that one cut short, or a
 * piece of one in a service's message, is found too. Shorter runs would match ordinary words.
 */
const PIECE_LENGTH = 8;

/**
 * So many secrets are indexed at every character. A list of thousands is indexed at every fourth,
 * which finds each run of eleven characters, takes a quarter of the memory, and looks alike otherwise.
 */
const FULLY_INDEXED = 200;
const COARSE_STRIDE = 4;

/** Secrets whose pieces are kept ready, because a text seemed to hold one. */
const PIECES_KEPT = 100;

/**
 * Remembers secrets and takes them out of texts: whole, in pieces of eight characters or more, in
 * capitals or small letters, and as URL, JSON, HTML, hex or base64 text would carry them. A text is
 * compared only with the secrets that it can hold, so that thousands of them cost little.
 */
export function createSecrets(onLearn: (secret: string) => void = () => {}): Secrets {
  const learnt = new Set<string>();
  const inOrder: string[] = [];
  let indexed = 0;
  const index = new GramIndex(PIECE_LENGTH);
  const shortForms = new Set<string>();
  const piecesBySecret = new Map<number, ReadonlySet<string>>();

  function piecesOf(number: number): ReadonlySet<string> {
    const known = piecesBySecret.get(number);
    if (known !== undefined) return known;
    const pieces = allPiecesOf(inOrder[number] ?? '');
    if (piecesBySecret.size >= PIECES_KEPT) piecesBySecret.clear();
    piecesBySecret.set(number, pieces);
    return pieces;
  }

  /** Done when there is a text to redact, which is after the first request: it takes some milliseconds. */
  function indexLearnt(): void {
    for (; indexed < inOrder.length; indexed += 1) {
      const stride = indexed < FULLY_INDEXED ? 1 : COARSE_STRIDE;
      for (const form of formsOf(inOrder[indexed] ?? '')) {
        if (form.length < PIECE_LENGTH) shortForms.add(form);
        else index.add(form, stride, indexed);
      }
    }
  }

  return {
    learn(secret) {
      if (secret === '' || learnt.has(secret)) return;
      learnt.add(secret);
      inOrder.push(secret);
      onLearn(secret);
    },
    redact(text) {
      indexLearnt();
      const candidates = [...index.ownersIn(text)].map(piecesOf);
      let redacted = candidates.length === 0 ? text : withoutPieces(text, candidates);
      for (const form of shortForms) redacted = redacted.replaceAll(form, MASK);
      return redacted;
    },
  };
}

function allPiecesOf(secret: string): ReadonlySet<string> {
  const pieces = new Set<string>();
  for (const form of formsOf(secret)) {
    for (let at = 0; at + PIECE_LENGTH <= form.length; at += 1) pieces.add(form.slice(at, at + PIECE_LENGTH));
  }
  return pieces;
}

/** Every run of the text that is covered by pieces becomes one mask. */
function withoutPieces(text: string, candidates: readonly ReadonlySet<string>[]): string {
  let redacted = '';
  let keptFrom = 0;
  let maskedUpTo = 0;
  for (let at = 0; at + PIECE_LENGTH <= text.length; at += 1) {
    const gram = text.slice(at, at + PIECE_LENGTH);
    if (!candidates.some((pieces) => pieces.has(gram))) continue;
    if (at > maskedUpTo || maskedUpTo === 0) redacted += text.slice(keptFrom, at) + MASK;
    maskedUpTo = at + PIECE_LENGTH;
    keptFrom = maskedUpTo;
  }
  return redacted + text.slice(keptFrom);
}

/** The ways in which a text may carry a secret. What base64 makes of one or two characters is found in any text, and left out. */
function formsOf(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const html = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  const forms = new Set([
    secret,
    // Zoho's tokens are hex, which a log may show in either case.
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
  return [...forms].filter((form) => form.length >= secret.length);
}

/** Base64 of a text depends on where in it the secret begins: three shifts cover every position. */
function base64Forms(bytes: Uint8Array): string[] {
  const forms: string[] = [];
  for (const shift of [0, 1, 2]) {
    const base64 = btoa(String.fromCharCode(...new Uint8Array(shift), ...bytes));
    // The characters at both ends also depend on their neighbours: only those in between are the secret's.
    const inner = base64.replace(/=+$/, '').slice(shift === 0 ? 0 : shift + 1, shift === 0 ? undefined : -1);
    forms.push(inner, inner.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return forms;
}
