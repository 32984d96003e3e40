import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from './answers.ts';

/** Sends as much of an answer as reaches the client. A client that has gone away is not an error. */
export function sendAnswer(answer: Answer, response: ServerResponse): void {
  if (response.destroyed) return;
  switch (answer.reaches) {
    case 'whole':
      response.writeHead(answer.status, {
        ...answer.headers,
        'content-length': Buffer.byteLength(answer.body),
      });
      response.end(answer.body);
      return;
    case 'cutShort':
      response.writeHead(answer.status, {
        ...answer.headers,
        'content-length': Buffer.byteLength(answer.body),
      });
      response.write(answer.body.slice(0, answer.body.length >> 1));
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'never':
      return;
  }
}

/** Waits so long, or less when the client goes away. */
export async function waitUnlessGone(ms: number, response: ServerResponse): Promise<void> {
  if (ms === 0 || response.destroyed) return;
  const gone = new AbortController();
  const stop = () => gone.abort();
  response.once('close', stop);
  await delay(ms, undefined, { signal: gone.signal }).catch(() => undefined);
  response.off('close', stop);
}
