import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import got, { RequestError, TimeoutError, type Progress } from 'got';
import { connectionFailure } from './connection-failure.ts';
import {
  ANSWER_BYTES_LIMIT,
  type HttpHeaders,
  type HttpRequest,
  type HttpResult,
  type Transport,
} from './ports.ts';

/**
 * Idle connections are closed before any server closes them: one that is closed while we write into
 * it loses an answer, and a lost answer takes one of a part's ten places.
 */
const IDLE_CONNECTION_MS = 4_000;

/** The Action's transport. It keeps connections alive, and honours HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
export function createGotTransport(userAgent: string, env: NodeJS.ProcessEnv): Transport & { close(): void } {
  const options = { keepAlive: true, timeout: IDLE_CONNECTION_MS, proxyEnv: env };
  const agent = { http: new HttpAgent(options), https: new HttpsAgent(options) };
  const client = got.extend({
    agent,
    headers: { 'user-agent': userAgent },
    method: 'POST',
    // The core decides what is sent again, and a redirect would carry the token elsewhere.
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
    decompress: false,
    responseType: 'text',
  });

  async function send(request: HttpRequest, signal: AbortSignal): Promise<HttpResult> {
    if (signal.aborted)
      return { kind: 'unreached', reason: 'it was cancelled before it was sent', permanent: false };
    const tooLarge = new AbortController();
    try {
      const pending = client(request.url, {
        headers: request.headers,
        body: request.body,
        timeout: { request: request.timeoutMs },
        signal: AbortSignal.any([signal, tooLarge.signal]),
      });
      void pending.on('downloadProgress', ({ transferred }: Progress) => {
        if (transferred > ANSWER_BYTES_LIMIT) tooLarge.abort();
      });
      const { statusCode, headers, body } = await pending;
      return { kind: 'answered', status: statusCode, headers: singleHeaders(headers), body };
    } catch (error) {
      if (tooLarge.signal.aborted) {
        return { kind: 'lost', reason: `the answer was larger than ${ANSWER_BYTES_LIMIT} bytes` };
      }
      return failure(error, signal);
    }
  }

  return {
    send,
    close() {
      agent.http.destroy();
      agent.https.destroy();
    },
  };
}

/**
 * A got error carries the address, the headers and the body, so nothing of it leaves this file but
 * its code and whether the connection had been made.
 */
function failure(error: unknown, signal: AbortSignal): HttpResult {
  if (!(error instanceof RequestError)) throw error;
  return connectionFailure(error.code, reasonOf(error, signal), wasConnected(error));
}

function reasonOf(error: RequestError, signal: AbortSignal): string {
  const host = error.options.url instanceof URL ? error.options.url.host : 'the server';
  if (signal.aborted) return `the request to ${host} was cancelled`;
  if (error instanceof TimeoutError) return `no answer from ${host} in time`;
  return `${host} ended the connection or took none (${error.code})`;
}

function wasConnected({ timings, options }: RequestError): boolean {
  if (timings?.upload !== undefined) return true;
  const encrypted = options.url instanceof URL && options.url.protocol === 'https:';
  return (encrypted ? timings?.secureConnect : timings?.connect) !== undefined;
}

function singleHeaders(headers: NodeJS.Dict<string | string[]>): HttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}
