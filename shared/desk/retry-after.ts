/**
 * Milliseconds of a `Retry-After` header. Zoho sends seconds; an HTTP date would need a wall clock
 * to be held against and counts as absent, like anything else that is no number.
 */
export function retryAfterMs(header: string | undefined): number | undefined {
  return header !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) * 1_000 : undefined;
}
