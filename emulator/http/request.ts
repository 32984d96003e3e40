import type { IncomingMessage } from 'node:http';

/** A request as it arrived. `status` is null when the connection was reset, stalled or given up by the client. */
export interface SeenRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  status: number | null;
  /** Milliseconds of the emulator's clock. */
  arrivedAt: number;
  /** The portal's id as the request itself names it: in a header, the query, or by its refresh token. */
  orgId: string | null;
  recordedLogId: string | null;
}

/** A request whose body was read to its end, as the routes answer it. */
export interface Request {
  method: string;
  url: URL;
  headers: Record<string, string>;
  /** Undefined when it is larger than the cap or not UTF-8. */
  body: string | undefined;
  tooLarge: boolean;
}

/** The largest body that Desk takes; the service's own cap is unknown. */
const MOST_BODY_BYTES = 1024 * 1024;

/** Reads a request to its end, keeping no more than the cap. Rejects when the client goes away. */
export async function readRequest(message: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MOST_BODY_BYTES) chunks.push(chunk);
  }
  const tooLarge = size > MOST_BODY_BYTES;
  return {
    method: message.method ?? '',
    url: urlOf(message),
    headers: headersOf(message),
    body: tooLarge ? undefined : decode(Buffer.concat(chunks)),
    tooLarge,
  };
}

/** The URL of a request. Its origin is a placeholder: only path and query count. */
export function urlOf(message: IncomingMessage): URL {
  const path = (message.url ?? '/').replace(/^\/{2,}/, '/');
  return URL.parse(path, 'http://localhost') ?? new URL('http://localhost/');
}

/** The headers of a request by lower-case name. */
export function headersOf(message: IncomingMessage): Record<string, string> {
  const entries = Object.entries(message.headers);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
