import type { BenchDesk } from '../desk/desk-process.ts';
import type { DeskSettings } from '../desk/bench-desk.ts';
import { percent, times, type Scene, type Section } from '../scene.ts';
import { logsOf, sendFromCore, sendFromPool } from '../senders/core-sender.ts';

const LATENCY_MS = 20;
const ROUNDS = 3;

interface Case {
  readonly name: string;
  readonly limit: number;
  /** Another limit, from the moment that so many are recorded. */
  readonly then?: { readonly limit: number; readonly afterRecorded: number };
  readonly jobs?: number;
  readonly concurrency: number;
  readonly logsEach: number;
  readonly groupsOf?: number;
}

const CASES: readonly Case[] = [
  { name: 'limit 25, concurrency 100', limit: 25, concurrency: 100, logsEach: 4_000 },
  { name: 'limit 25, concurrency 25', limit: 25, concurrency: 25, logsEach: 4_000 },
  { name: 'limit 10, concurrency 50', limit: 10, concurrency: 50, logsEach: 2_000 },
  {
    name: 'limit 5, concurrency 25, groups of ten',
    limit: 5,
    concurrency: 25,
    logsEach: 1_000,
    groupsOf: 10,
  },
  { name: 'limit 1, concurrency 25', limit: 1, concurrency: 25, logsEach: 300 },
  {
    name: 'limit falls from 25 to 5 half way',
    limit: 25,
    then: { limit: 5, afterRecorded: 1_000 },
    concurrency: 50,
    logsEach: 2_000,
  },
  {
    name: 'limit rises from 5 to 25 half way',
    limit: 5,
    then: { limit: 25, afterRecorded: 1_000 },
    concurrency: 50,
    logsEach: 4_000,
  },
  { name: 'two jobs share a limit of 10', limit: 10, jobs: 2, concurrency: 50, logsEach: 1_500 },
  { name: 'four jobs share a limit of 25', limit: 25, jobs: 4, concurrency: 50, logsEach: 1_500 },
];

/** What was measured at one limit. */
export interface PaceFigures {
  readonly timesIdeal: number;
  /** NaN where there is no pool to compare with. */
  readonly timesPool: number;
  readonly refused: number;
  readonly fairness: number;
  readonly mostInFlight: number;
  readonly complete: boolean;
}

/** The Action's core at portals that allow few calls at a time. */
export const pace: Scene = {
  name: 'pace',
  async measure(desk): Promise<Section> {
    const rows = [];
    for (const one of CASES) rows.push({ name: one.name, ...(await best(desk, one)) });
    return {
      title: 'Pace: the Action at a portal’s limit',
      text: [
        `A portal takes 5 to 25 calls at a time, says in no answer how many, and refuses what is more. The desk answers after ${LATENCY_MS} ms. *Ideal* is the time in which it would have recorded everything with its limit always full. A *pool* sends the same requests with the same got and knows the limit, in turns with the Action: no client on this machine is faster. *Refused* is the share of requests that were answered 429. *Fairness* is Jain’s index of what the jobs had recorded when the first of them was done: 1 is equal shares. The best of ${ROUNDS} rounds, because whatever else the machine does only adds to a round.`,
      ],
      columns: [
        'scene',
        '× ideal',
        '× pool',
        'refused',
        'fairness',
        'most in flight',
        'each log exactly once',
      ],
      rows: rows.map(paceRow),
      plots: [
        {
          name: 'pace',
          title: 'Time taken, in times of the ideal',
          unit: '×',
          bars: rows.map(({ name, timesIdeal }) => ({ label: name, value: timesIdeal })),
          goal: 1,
        },
      ],
    };
  },
};

/** The row of a case in the table. */
export function paceRow({
  name,
  timesIdeal,
  timesPool,
  refused,
  fairness,
  mostInFlight,
  complete,
}: PaceFigures & { readonly name: string }): string[] {
  const shares = Number.isNaN(fairness) ? '' : fairness.toFixed(2);
  const ofPool = Number.isNaN(timesPool) ? '' : times(timesPool);
  return [
    name,
    times(timesIdeal),
    ofPool,
    percent(refused),
    shares,
    String(mostInFlight),
    complete ? 'yes' : 'NO',
  ];
}

/** The fastest round, beside the fastest of the pool. */
async function best(desk: BenchDesk, one: Case): Promise<PaceFigures> {
  const rounds: PaceFigures[] = [];
  const poolMs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    if (one.then === undefined) poolMs.push(await poolTook(desk, one));
    rounds.push(await run(desk, one));
  }
  const [fastest] = rounds.sort((first, second) => first.timesIdeal - second.timesIdeal);
  if (fastest === undefined) throw new Error('no round was run');
  const timesPool = (fastest.timesIdeal * idealMs(one)) / Math.min(...poolMs);
  const complete = rounds.every((figures) => figures.complete);
  return { ...fastest, timesPool: poolMs.length === 0 ? NaN : timesPool, complete };
}

async function poolTook(desk: BenchDesk, { limit, jobs = 1, concurrency, logsEach }: Case): Promise<number> {
  await desk.become({ latencyMs: LATENCY_MS });
  await sendFromPool(desk.url, jobs * logsEach, Math.min(limit, jobs * concurrency));
  return (await desk.count()).tookMs;
}

async function run(desk: BenchDesk, one: Case): Promise<PaceFigures> {
  const { limit, then, jobs = 1, concurrency, logsEach, groupsOf } = one;
  const settings: DeskSettings = { latencyMs: LATENCY_MS, limit, ...(then && { thenLimit: then }) };
  await desk.become(settings);
  const senders = Array.from({ length: jobs }, (_, job) =>
    sendFromCore(desk.url, logsOf(logsEach, groupsOf, `Job ${job + 1}, log`), concurrency),
  );
  await Promise.race(senders.map(({ done }) => done));
  const shares = senders.map(({ recorded }) => recorded());
  await Promise.all(senders.map(({ done }) => done));
  const { recorded, distinct, requests, refused, mostInFlight, tookMs } = await desk.count();
  const logs = jobs * logsEach;
  return {
    timesIdeal: tookMs / idealMs(one),
    timesPool: NaN,
    refused: refused / requests,
    fairness: jobs === 1 ? NaN : jain(shares),
    mostInFlight,
    complete: recorded === logs && distinct === logs,
  };
}

function idealMs({ limit, then, jobs = 1, concurrency, logsEach }: Case): number {
  const logs = jobs * logsEach;
  const first = then === undefined ? logs : then.afterRecorded;
  const msFor = (count: number, places: number) =>
    (count * LATENCY_MS) / Math.min(places, jobs * concurrency);
  return msFor(first, limit) + (then === undefined ? 0 : msFor(logs - first, then.limit));
}

/** https://en.wikipedia.org/wiki/Fairness_measure */
function jain(shares: readonly number[]): number {
  const sum = shares.reduce((total, share) => total + share, 0);
  return sum ** 2 / (shares.length * shares.reduce((total, share) => total + share ** 2, 0));
}
