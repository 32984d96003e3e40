import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalJob } from '../../emulator/runner/local-job.ts';
import { times, type Scene, type Section } from '../scene.ts';

const ROUNDS = 31;

/** From process start to the first request, beside a bare `fetch`. */
export const start: Scene = {
  name: 'start',
  async measure(): Promise<Section> {
    const arrivals = await FirstRequests.listen();
    const job = await LocalJob.start();
    const ways: Record<string, (onStart: (process: ChildProcess) => void) => Promise<unknown>> = {
      'bare fetch': (onStart) => bareFetch(arrivals.url, onStart),
      'the Action': (onStart) => job.run({ with: inputsFor(arrivals.url) }, onStart),
    };
    const ms: Record<string, number[]> = {};
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, way] of Object.entries(ways)) (ms[name] ??= []).push(await arrivals.msTo(way));
    }
    await job.end();
    arrivals.close();
    return {
      title: 'Start: from process start to the first request',
      text: [
        `The built Action with one title, started as the runner does, beside a process that does nothing but call \`fetch\`, taking turns. The middle of ${ROUNDS} rounds; the ratio is that of each round, because what else the machine does comes and goes.`,
      ],
      columns: ['process', 'to the first request', '× bare fetch'],
      rows: Object.entries(ms).map(([name, own]) => {
        const ratios = own.map((one, round) => one / (ms['bare fetch']?.[round] ?? NaN));
        return [name, `${middleOf(own).toFixed(0)} ms`, times(middleOf(ratios))];
      }),
    };
  },
};

/** A server that refuses every request, and notes when the first of each process comes. */
class FirstRequests {
  readonly #server: Server;
  #arrived: (atMs: number) => void = () => undefined;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#arrived(performance.now());
      request.resume();
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_client"}');
    });
  }

  static async listen(): Promise<FirstRequests> {
    const requests = new FirstRequests();
    requests.#server.listen(0, '127.0.0.1');
    await once(requests.#server, 'listening');
    return requests;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Milliseconds from starting a process to the first request that it sends. */
  async msTo(way: (onStart: () => void) => Promise<unknown>): Promise<number> {
    let startedAt = NaN;
    const arrived = new Promise<number>((resolve) => (this.#arrived = resolve));
    const ended = way(() => (startedAt = performance.now()));
    const [at] = await Promise.all([arrived, ended]);
    return at - startedAt;
  }

  close(): void {
    this.#server.close();
  }
}

async function bareFetch(url: string, onStart: (process: ChildProcess) => void): Promise<void> {
  const fetching = spawn(process.execPath, ['-e', `fetch('${url}').then((answer) => answer.text())`]);
  onStart(fetching);
  await once(fetching, 'close');
}

function inputsFor(url: string): Record<string, string> {
  return {
    'org-id': '1',
    'installation-id': '2',
    'client-id': 'client',
    'client-secret': 'f0e1d2c3b4a5968778695a4b3c2d1e0f',
    'refresh-token': '1000.00112233445566778899aabbccddeeff.ffeeddccbbaa99887766554433221100',
    title: 'Deployed',
    'desk-url': url,
    'accounts-url': url,
  };
}

function middleOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
