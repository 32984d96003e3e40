import { expect, test } from '@jest/globals';
import { createGzip } from 'node:zlib';
import { ANSWER_BYTES_LIMIT } from '../../shared/ports.ts';
import { http, onConnection, send, transport, web } from './loopback-servers.ts';

/** A server that answers whatever is asked with these bytes. */
const saying = async (...lines: string[]) =>
  onConnection((socket) => socket.once('data', () => socket.end(lines.join('\r\n'))));

test.each<[string, string[]]>([
  ['a status line cut in half', ['HTTP/1.1 20']],
  ['a status that is not a number', ['HTTP/1.1 twohundred OK', '', '']],
  ['a header without a colon', ['HTTP/1.1 200 OK', 'content-length 2', '', '{}']],
  ['a control character in a header', ['HTTP/1.1 200 OK', 'x: a\u0000b', '', '{}']],
  ['a chunk whose size is not a number', ['HTTP/1.1 200 OK', 'transfer-encoding: chunked', '', 'zz', '{}']],
  ['a chunk cut off', ['HTTP/1.1 200 OK', 'transfer-encoding: chunked', '', 'ff', '{"logId":']],
  ['two lengths', ['HTTP/1.1 200 OK', 'content-length: 2', 'content-length: 3', '', '{}']],
  ['a header of 20 KB', ['HTTP/1.1 200 OK', `x: ${'y'.repeat(20_000)}`, 'content-length: 2', '', '{}']],
  [
    'an answer in another protocol',
    ['HTTP/1.1 101 Switching Protocols', 'upgrade: x', 'connection: upgrade', '', ''],
  ],
  ['an interim answer and then nothing', ['HTTP/1.1 103 Early Hints', '', '']],
  ['nothing at all', []],
])('%s: the answer is lost, not the delivery', async (_, lines) => {
  const server = await saying(...lines);
  expect(await send(http(server), { timeoutMs: 2_000 })).toMatchObject({ kind: 'lost' });
});

/** A connection that a server switches to another protocol is over for HTTP, whoever closes it. */
const SWITCHED = 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n';
const NO_TIME_TO_WAIT = { timeoutMs: 600_000 };

test('an answer that switches protocols is lost at once, and nothing waits for its time to run out', async () => {
  const server = await onConnection((socket) => socket.once('data', () => socket.write(SWITCHED)));
  expect(await send(http(server), NO_TIME_TO_WAIT)).toEqual({
    kind: 'lost',
    reason: `127.0.0.1:${server.port} ended the connection or took none (SWITCHED_PROTOCOLS)`,
  });
});

test('it rejects what a client reads for itself in the same way', async () => {
  const server = await onConnection((socket) => socket.once('data', () => socket.write(SWITCHED)));
  await expect(transport().fetch(http(server), {})).rejects.toThrow('SWITCHED_PROTOCOLS');
});

test.each<[string, string, Record<string, string>]>([
  ['an address that is none', 'nowhere', {}],
  ['a protocol that it does not speak', 'ftp://127.0.0.1/', {}],
  ['a header with a line break', 'http://127.0.0.1:1/', { orgid: '1\r\nx: y' }],
  ['a header name with a space', 'http://127.0.0.1:1/', { 'org id': '1' }],
])('%s cannot be sent, and that is a result too', async (_, url, headers) => {
  expect(await send(url, { headers })).toMatchObject({ kind: 'unreached' });
});

test('broken gzip comes as the bytes that it is: whoever reads it finds no log', async () => {
  const server = await web((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]));
  });
  expect(await send(http(server))).toMatchObject({ kind: 'answered', status: 200 });
});

test('a body of 5 MB is not read to its end', async () => {
  const server = await web((_, response) => {
    response.writeHead(200, { 'content-length': 5 * ANSWER_BYTES_LIMIT });
    response.end(Buffer.alloc(5 * ANSWER_BYTES_LIMIT, '{'));
  });
  expect(await send(http(server))).toEqual({
    kind: 'lost',
    reason: `the answer was larger than ${ANSWER_BYTES_LIMIT} bytes`,
  });
});

test('a small gzip body that would unpack to 5 MB is never unpacked', async () => {
  const server = await web((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    const gzip = createGzip();
    gzip.pipe(response);
    gzip.end(Buffer.alloc(5 * ANSWER_BYTES_LIMIT));
  });
  const result = await send(http(server));
  expect(result.kind === 'answered' && result.body.length).toBeLessThan(ANSWER_BYTES_LIMIT);
});
