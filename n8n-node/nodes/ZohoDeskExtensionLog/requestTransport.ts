import type { IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';
import { connectionFailure, connectionReason } from '../../../shared/transport/connection-failure.ts';
import {
  ANSWER_BYTES_LIMIT,
  type HttpHeaders,
  type HttpRequest,
  type HttpResult,
  type Transport,
} from '../../../shared/ports.ts';

/** n8n's own request helper as the transport, so that n8n's proxy, TLS and network settings apply. */
export function requestTransport(context: IExecuteFunctions): Transport {
  async function send(request: HttpRequest, signal: AbortSignal): Promise<HttpResult> {
    if (signal.aborted) {
      return { kind: 'unreached', reason: 'it was cancelled before it was sent', permanent: false };
    }
    const timeout = AbortSignal.timeout(Math.ceil(request.timeoutMs));
    try {
      const response = (await context.helpers.httpRequest({
        method: 'POST',
        url: request.url,
        headers: { ...request.headers },
        body: request.body,
        // Read piece by piece, because the helper has no limit of its own.
        encoding: 'stream',
        returnFullResponse: true,
        ignoreHttpStatusErrors: true,
        disableFollowRedirect: true,
        abortSignal: AbortSignal.any([signal, timeout]),
      })) as IN8nHttpFullResponse;
      const body = await readText(response.body as unknown as AsyncIterable<Uint8Array>);
      if (body === undefined) {
        return { kind: 'lost', reason: `the answer was larger than ${ANSWER_BYTES_LIMIT} bytes` };
      }
      return { kind: 'answered', status: response.statusCode, headers: inLowerCase(response.headers), body };
    } catch (error) {
      const { host } = new URL(request.url);
      if (signal.aborted) return failure(error, `the request to ${host} was cancelled`);
      if (timeout.aborted) return failure(error, `no answer from ${host} in time`);
      return failure(error, connectionReason(host, codeOf(error)));
    }
  }
  return { send };
}

/** Undefined when there is more than an answer may have. Leaving the loop closes the connection. */
async function readText(body: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > ANSWER_BYTES_LIMIT) return undefined;
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}

function inLowerCase(headers: IN8nHttpFullResponse['headers']): HttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      typeof value === 'string' ? value : undefined,
    ]),
  );
}

/** What the helper's error says about the connection. It also carries the headers and the body: nothing else of it may leave this file. */
interface HelperError {
  readonly code?: unknown;
  readonly cause?: { readonly syscall?: unknown };
  readonly request?: {
    readonly socket?: { readonly encrypted?: boolean; readonly bytesRead?: number } | null;
  };
}

function failure(error: unknown, reason: string): HttpResult {
  return connectionFailure(codeOf(error), reason, wasConnected(error ?? {}));
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as HelperError;
  return typeof code === 'string' ? code : 'unknown';
}

/** When in doubt the request counts as sent, because sending it again might make a copy. */
function wasConnected({ cause, request }: HelperError): boolean {
  if (cause?.syscall === 'connect') return false;
  if (request === undefined) return true;
  const { socket } = request;
  // A proxy that opened no tunnel leaves no socket; a TLS handshake that was never answered read nothing.
  return socket !== undefined && socket !== null && !(socket.encrypted === true && socket.bytesRead === 0);
}
