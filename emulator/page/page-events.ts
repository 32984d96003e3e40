import type { ServerResponse } from 'node:http';

/** The open pages. Each learns of every log and change through Server-Sent Events. */
export class PageEvents {
  readonly #responses = new Set<ServerResponse>();

  /** Keeps this response open and writes every event to it until the client goes away. */
  join(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 1000\n\n');
    this.#responses.add(response);
    response.once('close', () => this.#responses.delete(response));
  }

  /** Tells every page: `log` when one was recorded, `change` when anything else on the page may have changed. */
  tell(event: 'log' | 'change', data: object): void {
    for (const response of this.#responses)
      response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}
