import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { createFetchTransport } from '../../connect/machine/fetch-transport.ts';
import { ANSWER_BYTES_LIMIT } from '../../shared/ports.ts';

const NEVER = new AbortController().signal;
let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(answer: RequestListener): Promise<string> {
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const send = async (url: string, { timeoutMs = 10_000, signal = NEVER, env = {} } = {}) =>
  createFetchTransport('a-test', env).send({ url, headers: { orgId: '7' }, body: 'ü', timeoutMs }, signal);

test('sends what it is given, and gives back status, headers and text', async () => {
  const url = await serve((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const orgid = String(request.headers['orgid']);
      const agent = request.headers['user-agent'] ?? '';
      response
        .writeHead(429, { 'retry-after': '7' })
        .end(`${request.method ?? ''} ${orgid} ${agent} ${body}`);
    });
  });
  expect(await send(url)).toMatchObject({
    kind: 'answered',
    status: 429,
    headers: { 'retry-after': '7' },
    body: 'POST 7 a-test ü',
  });
});

test('an answer without a body is one', async () => {
  const url = await serve((_, response) => response.writeHead(204).end());
  expect(await send(url)).toMatchObject({ kind: 'answered', status: 204, body: '' });
});

test('a redirect is an answer, and is not followed', async () => {
  const paths: string[] = [];
  const url = await serve((request, response) => {
    paths.push(request.url ?? '');
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  expect([await send(url), paths]).toMatchObject([{ kind: 'answered', status: 302 }, ['/']]);
});

test('no answer in time, and a broken one: the request may have been processed', async () => {
  const silent = await serve(() => undefined);
  expect(await send(silent, { timeoutMs: 50 })).toEqual({
    kind: 'lost',
    reason: `no answer from ${new URL(silent).host} in time`,
  });
  server?.closeAllConnections();
  server?.close();
  const broken = await serve((request) => request.socket.destroy());
  expect(await send(broken)).toMatchObject({
    kind: 'lost',
    reason: expect.stringMatching(/ended the connection/),
  });
});

test('an answer that is too large is not read to its end', async () => {
  const url = await serve((_, response) => response.end('x'.repeat(ANSWER_BYTES_LIMIT + 1)));
  expect(await send(url)).toEqual({
    kind: 'lost',
    reason: `the answer was larger than ${ANSWER_BYTES_LIMIT} bytes`,
  });
});

test('no server there: nothing can have been processed; a proxy that Node does not use is named', async () => {
  const url = await serve(() => undefined);
  server?.close();
  expect(await send(url)).toMatchObject({ kind: 'unreached', permanent: false });
  const env = { HTTPS_PROXY: 'http://proxy.example:3128' };
  expect(await send(url, { env })).toMatchObject({ reason: expect.stringContaining('NODE_USE_ENV_PROXY=1') });
});

test('a cancelled request is not sent, or ends', async () => {
  const url = await serve(() => undefined);
  expect(await send(url, { signal: AbortSignal.abort() })).toMatchObject({ kind: 'unreached' });
  const cancelling = new AbortController();
  server?.once('request', () => cancelling.abort());
  expect(await send(url, { signal: cancelling.signal })).toMatchObject({
    kind: 'lost',
    reason: expect.stringContaining('was cancelled'),
  });
});

test('a port that fetch never asks is no bug of ours', async () => {
  expect(await send('http://127.0.0.1:9')).toEqual({
    kind: 'unreached',
    reason: 'fetch does not ask 127.0.0.1:9',
    permanent: false,
  });
});
