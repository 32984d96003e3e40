import { Agent as HttpAgent, type ClientRequest } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import got, { RequestError, TimeoutError, type Progress } from 'got';
import { connectionFailure, connectionReason } from './transport/connection-failure.ts';
import {
  ANSWER_BYTES_LIMIT,
  type HttpHeaders,
  type HttpRequest,
  type HttpResult,
  type Transport,
} from './ports.ts';

/**
 * Idle connections are closed before any server closes them. A server that closes one while a request
 * is being written to it loses the answer, and a lost answer takes one of a part's ten slots.
 */
const IDLE_CONNECTION_MS = 4_000;

/** How long one answer to `fetch` may take. */
const FETCH_TIMEOUT_MS = 15_000;
const NEVER = new AbortController().signal;

/** The Action's way to the network. */
export interface GotTransport extends Transport {
  /** For a client that brings its own requests, such as GitHub's. Rejects when there is no answer. */
  readonly fetch: (url: string, init: FetchInit) => Promise<Response>;
  readonly close: () => void;
}

/** As much of the standard's as a client that only reads uses. */
export interface FetchInit {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Keeps connections alive, and honours HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
export function createGotTransport(userAgent: string, env: NodeJS.ProcessEnv): GotTransport {
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
      void pending.on('request', failWhenSwitched);
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

  async function fetch(url: string, { headers = {}, signal = NEVER }: FetchInit): Promise<Response> {
    try {
      const pending = client(url, {
        method: 'GET',
        headers,
        timeout: { request: FETCH_TIMEOUT_MS },
        signal,
      });
      void pending.on('request', failWhenSwitched);
      const answer = await pending;
      return new Response(answer.body, {
        status: answer.statusCode,
        headers: definedHeaders(answer.headers),
      });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      // Not the got error itself: it carries the headers, and the token with them.
      throw new Error(reasonOf(error, signal));
    }
  }

  return {
    send,
    fetch,
    close() {
      agent.http.destroy();
      agent.https.destroy();
    },
  };
}

/**
 * An answer 101 switches to another protocol. Node then closes the connection and tells nobody: got would
 * wait until its timer fires, and that timer keeps no process alive
 * (https://nodejs.org/api/http.html#event-upgrade_1).
 */
function failWhenSwitched(sent: ClientRequest): void {
  sent.once('upgrade', (_answer, socket) => {
    socket.destroy();
    sent.emit('error', Object.assign(new Error('switched protocols'), { code: 'SWITCHED_PROTOCOLS' }));
  });
}

/**
 * A got error carries the address, the headers and the body, so nothing of it leaves this file but
 * its code and whether the connection had been made.
 */
function failure(error: unknown, signal: AbortSignal): HttpResult {
  // Not an error of the network, but it may have come after the request was sent.
  if (!(error instanceof RequestError)) return { kind: 'lost', reason: 'the request failed unexpectedly' };
  return connectionFailure(error.code, reasonOf(error, signal), wasConnected(error));
}

function reasonOf(error: RequestError, signal: AbortSignal): string {
  const host = error.options.url instanceof URL ? error.options.url.host : 'the server';
  const isLate = error instanceof TimeoutError || (signal.aborted && isTimeLimit(signal.reason));
  if (isLate) return `no answer from ${host} in time`;
  if (signal.aborted) return `the request to ${host} was cancelled`;
  if (error.code === 'ERR_PROXY_TUNNEL') {
    return `the proxy that HTTPS_PROXY names did not connect to ${host} (${error.code})`;
  }
  return connectionReason(host, error.code);
}

/** What `AbortSignal.timeout` aborts with. */
function isTimeLimit(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
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

function definedHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(singleHeaders(headers)).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}
