import { afterEach, expect } from '@jest/globals';
import { createServer, type RequestListener } from 'node:http';
import { type Server as HttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createGotTransport } from '../../shared/got-transport.ts';
import { type HttpRequest, type HttpResult } from '../../shared/ports.ts';

export const TOKEN = '1000.a-token-that-nobody-may-see';
export const BODY = '{"title":"a body that nobody may see"}';
export const NEVER = new AbortController().signal;

export const cleanUp: (() => void)[] = [];
afterEach(() => cleanUp.splice(0).forEach((undo) => undo()));

export function transport(env: NodeJS.ProcessEnv = {}) {
  const made = createGotTransport('the-agent/1.2.3', env);
  cleanUp.push(() => made.close());
  return made;
}

export async function send(
  url: string,
  over: Partial<HttpRequest> = {},
  signal = NEVER,
  by = transport(),
): Promise<HttpResult> {
  const headers = { authorization: `Zoho-oauthtoken ${TOKEN}`, 'content-type': 'application/json' };
  const result = await by.send({ url, headers, body: BODY, timeoutMs: 5_000, ...over }, signal);
  // Whatever happened: nothing that was sent stands in the reason.
  if (result.kind !== 'answered')
    expect(result.reason).not.toMatch(/token-that|body that|authorization|1000\./);
  return result;
}

export async function listening<T extends Server | HttpsServer>(server: T): Promise<T & { port: number }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  cleanUp.push(() => {
    server.close();
    sockets.forEach((socket) => socket.destroy());
  });
  return Object.assign(server, { port: (server.address() as AddressInfo).port });
}

export const web = async (answer: RequestListener) => listening(createServer(answer));
export const http = ({ port }: { port: number }) => `http://127.0.0.1:${port}/api/v1/extensionLogs`;
export const https = ({ port }: { port: number }) => `https://127.0.0.1:${port}/api/v1/extensionLogs`;

/** A server that does not speak HTTP: it does with each connection what the test says. */
export const onConnection = async (act: (socket: Socket) => void) => listening(createTcpServer(act));

export async function freePort(): Promise<{ port: number }> {
  const server = await onConnection(() => {});
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  return server;
}
