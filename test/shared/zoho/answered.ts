import type { HttpResult } from '../../../shared/ports.ts';

/** An answer over HTTP, whose body is sent as JSON unless it is a text. */
export function answered(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Extract<HttpResult, { kind: 'answered' }> {
  return {
    kind: 'answered',
    status,
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

export const unredacted = (text: string) => text;
