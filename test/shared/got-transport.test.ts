import { describe, expect, test } from '@jest/globals';
import { ANSWER_BYTES_LIMIT } from '../../shared/ports.ts';
import {
  BODY,
  TOKEN,
  NEVER,
  transport,
  send,
  web,
  http,
  https,
  onConnection,
  freePort,
} from './loopback-servers.ts';

describe('an answer', () => {
  test('of any status comes as it is, header names in lower case', async () => {
    const server = await web((_, response) => {
      response.writeHead(422, { 'X-Rate-Limit-Remaining-v3': '7', 'Set-Cookie': ['a=1', 'b=2'] });
      response.end('{"errorCode":"INVALID_DATA"}');
    });
    expect(await send(http(server))).toMatchObject({
      kind: 'answered',
      status: 422,
      headers: { 'x-rate-limit-remaining-v3': '7', 'set-cookie': 'a=1, b=2' },
      body: '{"errorCode":"INVALID_DATA"}',
    });
  });

  test('follows exactly one POST with our headers and body', async () => {
    const heard: unknown[] = [];
    const server = await web((message, response) => {
      const { method, url, headers } = message;
      heard.push(
        message
          .toArray()
          .then((body) => [method, url, headers['user-agent'], headers['content-type'], body.join('')]),
      );
      response.writeHead(500).end();
    });
    await send(http(server));
    expect(await Promise.all(heard)).toEqual([
      ['POST', '/api/v1/extensionLogs', 'the-agent/1.2.3', 'application/json', BODY],
    ]);
  });

  test.each([301, 302, 303, 307, 308])(
    '%d is an answer like any other, and is not followed',
    async (status) => {
      let visits = 0;
      const elsewhere = await web((_, response) => {
        visits += 1;
        response.end();
      });
      const server = await web((_, response) => {
        response.writeHead(status, { location: http(elsewhere) }).end();
      });
      expect(await send(http(server))).toMatchObject({ kind: 'answered', status });
      expect(visits).toBe(0);
    },
  );

  test('within the limit is read to its end, whatever it is', async () => {
    const body = 'é'.repeat(ANSWER_BYTES_LIMIT / 2);
    const server = await web((_, response) => response.end(body));
    expect(await send(http(server))).toMatchObject({ kind: 'answered', body });
  });
});

test('requests one after another share a connection', async () => {
  const server = await web((_, response) => response.end('{}'));
  let connections = 0;
  server.on('connection', () => (connections += 1));
  const by = transport();
  for (let at = 0; at < 5; at += 1) await send(http(server), {}, NEVER, by);
  expect(connections).toBe(1);
});

describe('never reached', () => {
  test('a port where nothing listens', async () => {
    const unused = await freePort();
    expect(await send(http(unused))).toEqual({
      kind: 'unreached',
      reason: `127.0.0.1:${unused.port} ended the connection or took none (ECONNREFUSED)`,
      permanent: false,
    });
  });

  test('a name that does not exist', async () => {
    const result = await send('http://zoho-desk.invalid/');
    expect(result).toMatchObject({ kind: 'unreached', permanent: false });
    expect(result).toHaveProperty(
      'reason',
      expect.stringMatching(/^zoho-desk\.invalid was not found \((ENOTFOUND|EAI_AGAIN)\)$/),
    );
  });

  test('a server that is silent before the connection is encrypted', async () => {
    const silent = await onConnection(() => {});
    expect(await send(https(silent), { timeoutMs: 100 })).toEqual({
      kind: 'unreached',
      reason: `no answer from 127.0.0.1:${silent.port} in time`,
      permanent: false,
    });
  });

  test('a server that hangs up before the connection is encrypted', async () => {
    const abrupt = await onConnection((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await send(https(abrupt))).toMatchObject({ kind: 'unreached', permanent: false });
  });

  test('a run that was cancelled before', async () => {
    const server = await web((_, response) => response.end('{}'));
    let visits = 0;
    server.on('request', () => (visits += 1));
    expect(await send(http(server), {}, AbortSignal.abort())).toMatchObject({ kind: 'unreached' });
    expect(visits).toBe(0);
  });

  test.each([
    ['an invalid address', 'nowhere', {}],
    ['a header that cannot be sent', 'http://127.0.0.1:1/', { authorization: `${TOKEN}\n` }],
  ])('%s is a result, not an exception', async (_, url, headers) => {
    expect(await send(url, { headers })).toMatchObject({ kind: 'unreached' });
  });
});

describe('lost', () => {
  test('a reset after the request was sent', async () => {
    const server = await web((message) =>
      message.resume().once('end', () => message.socket.resetAndDestroy()),
    );
    expect(await send(http(server))).toEqual({
      kind: 'lost',
      reason: `127.0.0.1:${server.port} ended the connection or took none (ECONNRESET)`,
    });
  });

  test('silence after the request was sent', async () => {
    const server = await web(() => {});
    expect(await send(http(server), { timeoutMs: 1_000 })).toEqual({
      kind: 'lost',
      reason: `no answer from 127.0.0.1:${server.port} in time`,
    });
  });

  test('an answer that stops in its middle', async () => {
    const server = await web((_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{"logId":');
    });
    expect(await send(http(server), { timeoutMs: 1_000 })).toMatchObject({ kind: 'lost' });
  });

  test('an answer cut off in its middle', async () => {
    const server = await web((_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{"logId":', () => response.destroy());
    });
    expect(await send(http(server))).toMatchObject({ kind: 'lost' });
  });

  test('an answer that is not HTTP', async () => {
    const server = await onConnection((socket) => socket.once('data', () => socket.end('SSH-2.0-x\r\n')));
    expect(await send(http(server))).toMatchObject({ kind: 'lost' });
  });

  test('an endless answer is not read to its end', async () => {
    let written = 0;
    const server = await web((_, response) => {
      const chunk = Buffer.alloc(65_536, 'x');
      const more = () => {
        do written += chunk.length;
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    });
    expect(await send(http(server))).toEqual({
      kind: 'lost',
      reason: `the answer was larger than ${ANSWER_BYTES_LIMIT} bytes`,
    });
    expect(written).toBeLessThan(20 * ANSWER_BYTES_LIMIT);
  });

  test('a request whose run is cancelled while it waits is lost at once', async () => {
    const cancel = new AbortController();
    const server = await web(() => cancel.abort());
    expect(await send(http(server), { timeoutMs: 60_000 }, cancel.signal)).toEqual({
      kind: 'lost',
      reason: `the request to 127.0.0.1:${server.port} was cancelled`,
    });
  });
});
