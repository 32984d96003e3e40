/**
 * Milliseconds of a `Retry-After` header. Zoho sends seconds. An HTTP date would have to be compared
 * with a wall clock; like anything else that is not a number it names no delay, and the pause is ours
 * to choose. Whether the header is there at all is for the caller to ask.
 */
export function retryAfterMs(header: string | undefined): number | undefined {
  return header !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) * 1_000 : undefined;
}
