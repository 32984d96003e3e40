import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy on loopback that passes plain requests on and lets no tunnel through. */
export interface LoopbackProxy {
  readonly host: string;
  /** `POST http://127.0.0.1:1/path` or `CONNECT host:443`, in order of arrival. */
  readonly asked: readonly string[];
  /** Proxy-Authorization headers, as they came. */
  readonly authorizations: readonly string[];
  close(): Promise<void>;
}

export async function startLoopbackProxy(): Promise<LoopbackProxy> {
  const asked: string[] = [];
  const authorizations: string[] = [];
  const server = createServer((message, response) => {
    asked.push(`${message.method} ${message.url}`);
    authorizations.push(message.headers['proxy-authorization'] ?? '');
    const { method = 'GET', headers } = message;
    const onward = request(message.url ?? '', { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    message.pipe(onward);
  });
  server.on('connect', (message, socket) => {
    asked.push(`CONNECT ${message.url}`);
    authorizations.push(message.headers['proxy-authorization'] ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    authorizations,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
