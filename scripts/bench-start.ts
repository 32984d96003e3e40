import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { LocalJob } from '../emulator/runner/local-job.ts';

/**
 * How long the Action takes to its first request, beside a bare `fetch` started the same way in the
 * same run, taking turns. What counts is the ratio: the milliseconds are those of the machine.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    action: { type: 'string', multiple: true, default: [] },
  },
});
const rounds = Number(values.rounds);

let seen: (atMs: number) => void = () => undefined;
const server = createServer((request, response) => {
  seen(performance.now());
  request.resume();
  response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_client"}');
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** Milliseconds from starting a process to the first request that it sends. */
async function firstRequestMs(start: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  const arrived = new Promise<number>((resolve) => (seen = resolve));
  const [at] = await Promise.all([arrived, start()]);
  return at - startedAt;
}

async function bareFetch(): Promise<void> {
  await once(spawn(process.execPath, ['-e', `fetch('${url}').then((answer) => answer.text())`]), 'close');
}

/** @param entry the bundle to start, by default the one that action.yml names */
async function action(job: LocalJob, entry?: string): Promise<void> {
  if (entry !== undefined) process.env['ACTION_ENTRY'] = entry;
  else delete process.env['ACTION_ENTRY'];
  await job.run({
    with: {
      'org-id': '1',
      'installation-id': '2',
      'client-id': 'client',
      'client-secret': 'f0e1d2c3b4a5968778695a4b3c2d1e0f',
      'refresh-token': '1000.00112233445566778899aabbccddeeff.ffeeddccbbaa99887766554433221100',
      title: 'Deployed',
      'desk-url': url,
      'accounts-url': url,
    },
  });
}

const job = await LocalJob.start();
const started: Record<string, () => Promise<void>> = {
  'bare fetch': bareFetch,
  action: async () => action(job),
};
for (const entry of values.action) started[entry] = async () => action(job, entry);
const times: Record<string, number[]> = {};
for (let round = 0; round < rounds; round += 1) {
  for (const [name, start] of Object.entries(started)) (times[name] ??= []).push(await firstRequestMs(start));
}
await job.end();
server.close();

// Each beside the bare fetch of its own round: what else the machine does comes and goes.
const bare = times['bare fetch'] ?? [];
for (const [name, ms] of Object.entries(times)) {
  const ratios = ms.map((one, round) => one / (bare[round] ?? NaN));
  const [from, middle, to] = [0.25, 0.5, 0.75].map((share) => quantile(ratios, share).toFixed(2));
  console.log(
    `${name}: ${quantile(ms, 0.5).toFixed(0)} ms to the first request, ${middle} × bare fetch (middle half: ${from} to ${to})`,
  );
}

/** @param share from 0 (the least) to 1 */
function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
