import { expect, test } from '@jest/globals';
import { freePort, http, NEVER, TOKEN, transport, web } from './loopback-servers.ts';

const headers = { authorization: `Bearer ${TOKEN}` };

test('a client that makes its own requests uses the same connections', async () => {
  const server = await web((message, response) => {
    response.writeHead(404, { 'X-Seen': `${message.method} ${message.headers.authorization}` });
    response.end(message.headers['user-agent']);
  });
  const answer = await transport().fetch(http(server), { headers });
  expect([answer.status, answer.headers.get('x-seen'), await answer.text()]).toEqual([
    404,
    `GET Bearer ${TOKEN}`,
    'the-agent/1.2.3',
  ]);
});

test('without an answer it rejects, with nothing of the request in the error', async () => {
  const unused = await freePort();
  const error: unknown = await transport()
    .fetch(http(unused), { headers, signal: NEVER })
    .catch((reason: unknown) => reason);
  expect(error).toEqual(
    new Error(`127.0.0.1:${unused.port} ended the connection or took none (ECONNREFUSED)`),
  );
  expect(Object.keys(error as object)).toEqual([]);
});

test('a run that is cancelled ends it at once', async () => {
  const cancel = new AbortController();
  const server = await web(() => cancel.abort());
  const reading = transport().fetch(http(server), { headers, signal: cancel.signal });
  await expect(reading).rejects.toThrow(`the request to 127.0.0.1:${server.port} was cancelled`);
});

test('a time limit that ends it is told as one, and not as a cancelled run', async () => {
  const limit = new AbortController();
  const server = await web(() => limit.abort(new DOMException('time is over', 'TimeoutError')));
  const reading = transport().fetch(http(server), { headers, signal: limit.signal });
  await expect(reading).rejects.toThrow(`no answer from 127.0.0.1:${server.port} in time`);
});
