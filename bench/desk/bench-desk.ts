import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A Desk that does nothing but answer late, refuse what is too many and count: the local Desk remembers
 * each request, and would be measured too. It runs in a process of its own.
 */
export interface DeskSettings {
  readonly latencyMs: number;
  /** Calls that a portal takes at a time; no limit without it. */
  readonly limit?: number;
  /** Another limit, from the moment that so many logs are recorded. */
  readonly thenLimit?: { readonly limit: number; readonly afterRecorded: number };
  /** One portal in so many is dead. */
  readonly deadPortal?: { readonly every: number; readonly how: 'resets' | 'is silent' };
}

/** What it has counted since it was given its settings. */
export interface DeskCounts {
  readonly recorded: number;
  readonly distinct: number;
  readonly requests: number;
  readonly refused: number;
  readonly mostInFlight: number;
  readonly mostToAPortal: number;
  /** Milliseconds from the first request to the last answer to a portal that lives. */
  readonly tookMs: number;
}

/** What its parent process asks it: to begin anew, or for its counts. */
export type DeskQuestion = { readonly settings: DeskSettings } | 'count';

const TOO_MANY =
  '{"errorCode":"TOO_MANY_REQUESTS","message":"The maximum number of Concurrent API Calls that can be made has been exceeded."}';

let settings: DeskSettings = { latencyMs: 20 };
let counts = newCounts();

function newCounts() {
  return {
    inFlight: new Map<string, number>(),
    inAll: 0,
    titles: new Set<string>(),
    recorded: 0,
    requests: 0,
    refused: 0,
    mostInFlight: 0,
    mostToAPortal: 0,
    firstAt: 0,
    lastAt: 0,
  };
}

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (piece: string) => (body += piece));
  request.on('end', () => answer(request, body, response));
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.on('message', (question: DeskQuestion) => {
  if (question === 'count') {
    process.send?.(countsSoFar());
    return;
  }
  ({ settings } = question);
  counts = newCounts();
  process.send?.('ready');
});
process.once('disconnect', () => process.exit());

function answer(request: IncomingMessage, body: string, response: ServerResponse): void {
  const { url = '', headers } = request;
  if (url.startsWith('/oauth/')) return end(response, 200, '{"access_token":"1000.bench","expires_in":3600}');
  const isInvoked = url.startsWith('/api/v1/invoke');
  const portal = isInvoked ? url.slice(url.indexOf('orgId=') + 6) : String(headers['orgid']);
  const now = counts;
  now.firstAt ||= performance.now();
  now.requests += 1;
  const inFlight = (now.inFlight.get(portal) ?? 0) + 1;
  const { every, how } = settings.deadPortal ?? {};
  const isDead = every !== undefined && Number(portal) % every === 0;
  if (isDead && how === 'resets') {
    request.socket.destroy();
    return;
  }
  if (inFlight > limitNow()) {
    now.refused += 1;
    return end(response, 429, TOO_MANY);
  }
  now.inFlight.set(portal, inFlight);
  now.inAll += 1;
  now.mostInFlight = Math.max(now.mostInFlight, now.inAll);
  now.mostToAPortal = Math.max(now.mostToAPortal, inFlight);
  const leave = () => {
    now.inFlight.set(portal, (now.inFlight.get(portal) ?? 1) - 1);
    now.inAll -= 1;
  };
  if (isDead) {
    response.once('close', leave);
    return;
  }
  setTimeout(() => {
    leave();
    now.recorded += 1;
    now.titles.add(portal + (isInvoked ? new URLSearchParams(body).get('postBody') : body));
    now.lastAt = performance.now();
    const log = `{"logId":"${now.recorded}"}`;
    end(
      response,
      200,
      isInvoked ? `{"response":${JSON.stringify(`{"statusMessage":${log},"statusCode":200}`)}}` : log,
    );
  }, settings.latencyMs);
}

function limitNow(): number {
  const { limit = Infinity, thenLimit } = settings;
  return thenLimit !== undefined && counts.recorded >= thenLimit.afterRecorded ? thenLimit.limit : limit;
}

function end(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}

function countsSoFar(): DeskCounts {
  const { titles, firstAt, lastAt, recorded, requests, refused, mostInFlight, mostToAPortal } = counts;
  const tookMs = lastAt - firstAt;
  return { recorded, distinct: titles.size, requests, refused, mostInFlight, mostToAPortal, tookMs };
}
