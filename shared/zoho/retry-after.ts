/**
 * Milliseconds of a `Retry-After` header. Zoho sends seconds; an HTTP date would need a wall clock
 * to be held against and names no delay, like anything else that is no number: the pause is then ours
 * to choose. That the header is there says enough by itself, and is for the caller to ask.
 */
export function retryAfterMs(header: string | undefined): number | undefined {
  return header !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) * 1_000 : undefined;
}
