/**
 * Whether a text can be a client id, a client secret, a code or a token: visible ASCII characters alone. Each
 * is sent as it is, a token in a header, and a copied one often brings a space or a line break along.
 */
export function isCredential(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

/** What is wrong with a text that cannot be one, and what to do. */
export const CREDENTIAL_RULE = 'must not have spaces, line breaks or non-ASCII characters. Copy it again.';
