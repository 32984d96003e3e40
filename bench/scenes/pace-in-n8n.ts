import { N8nEngine } from '../../test/n8n/engine/n8n-engine.ts';
import { barePool, ourNode } from '../n8n/bench-workflows.ts';
import type { BenchDesk } from '../desk/desk-process.ts';
import type { Scene, Section } from '../scene.ts';
import { inRounds, paceTable, ROUNDS, type Round } from './pace-figures.ts';

const LATENCY_MS = 20;

const CASES = [
  { name: 'limit 25, concurrency 25', limit: 25, concurrency: 25, executions: 1, items: 2_000 },
  { name: 'limit 10, concurrency 50', limit: 10, concurrency: 50, executions: 1, items: 2_000 },
  { name: 'limit 5, concurrency 25', limit: 5, concurrency: 25, executions: 1, items: 1_000 },
  { name: 'ten executions at once, limit 25', limit: 25, concurrency: 25, executions: 10, items: 200 },
];

/** The n8n node in n8n's own engine. */
export const paceInN8n: Scene = {
  name: 'pace-in-n8n',
  async measure(desk): Promise<Section> {
    const engine = await N8nEngine.start();
    const cases = [];
    for (const one of CASES) {
      const pool = () => poolTimesIdeal(engine, desk, one);
      cases.push(await inRounds(one.name, () => round(engine, desk, one), pool));
    }
    await engine.close();
    return {
      title: 'Pace: the n8n node at a portal’s limit',
      text: [
        `The same in n8n’s engine, with n8n’s own request helper, which takes more of the processor for each request than the Action does. The *pool* sends the same requests with that helper and knows the limit. Executions of one process share a portal’s window. The desk answers after ${LATENCY_MS} ms; the best of ${ROUNDS} rounds.`,
      ],
      ...paceTable('pace-in-n8n', cases),
    };
  },
};

type Case = Pick<(typeof CASES)[number], 'limit' | 'concurrency' | 'executions' | 'items'>;

function idealMs({ limit, concurrency, executions, items }: Case): number {
  return (executions * items * LATENCY_MS) / Math.min(limit, concurrency);
}

async function poolTimesIdeal(engine: N8nEngine, desk: BenchDesk, one: Case): Promise<number> {
  await desk.become({ latencyMs: LATENCY_MS });
  await engine.run(barePool(desk, one.executions * one.items, Math.min(one.limit, one.concurrency)));
  return (await desk.count()).tookMs / idealMs(one);
}

async function round(
  engine: N8nEngine,
  desk: BenchDesk,
  { limit, concurrency, executions, items }: Case,
): Promise<Round> {
  await desk.become({ latencyMs: LATENCY_MS, limit });
  const runs = Array.from({ length: executions }, async (_, execution) => {
    const result = await engine.run({
      ...ourNode(desk, items, concurrency),
      executionId: String(execution + 1),
    });
    if (result.status !== 'success') throw new Error(result.error?.message ?? result.status);
  });
  await Promise.all(runs);
  const { recorded, requests, refused, mostInFlight, tookMs } = await desk.count();
  const logs = executions * items;
  return {
    timesIdeal: tookMs / idealMs({ limit, concurrency, executions, items }),
    refused: refused / requests,
    fairness: NaN,
    mostInFlight,
    complete: recorded === logs,
  };
}
