import type { BenchDesk } from '../desk/desk-process.ts';
import type { DeskSettings } from '../desk/bench-desk.ts';
import type { Scene, Section } from '../scene.ts';
import { logsOf, sendFromCore, sendFromPool } from '../senders/core-sender.ts';
import { inRounds, paceTable, ROUNDS, type Round } from './pace-figures.ts';

const LATENCY_MS = 20;

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
  { name: 'four jobs share a limit of 5', limit: 5, jobs: 4, concurrency: 50, logsEach: 400 },
];

/** The Action's core at portals that allow few calls at a time. */
export const pace: Scene = {
  name: 'pace',
  async measure(desk): Promise<Section> {
    const cases = [];
    for (const one of CASES) {
      const pool = one.then === undefined ? () => poolTimesIdeal(desk, one) : undefined;
      cases.push(await inRounds(one.name, () => round(desk, one), pool));
    }
    return {
      title: 'Pace: the Action at a portal’s limit',
      text: [
        `A portal takes 5 to 25 calls at a time, says in no answer how many, and refuses what is more. The desk answers after ${LATENCY_MS} ms. *Ideal* is the time in which it would have recorded everything with its limit always full. A *pool* sends the same requests with the same got and knows the limit, in turns with the Action: no client on this machine is faster. *Refused* is the share of requests that were answered 429. *Fairness* is Jain’s index of what the jobs had recorded when the first of them was done: 1 is equal shares. Times are those of the best of ${ROUNDS} rounds, because whatever else the machine does only adds to a round; shares are the mean of all.`,
      ],
      ...paceTable('pace', cases),
    };
  },
};

async function poolTimesIdeal(desk: BenchDesk, one: Case): Promise<number> {
  const { limit, jobs = 1, concurrency, logsEach } = one;
  await desk.become({ latencyMs: LATENCY_MS });
  await sendFromPool(desk.url, jobs * logsEach, Math.min(limit, jobs * concurrency));
  return (await desk.count()).tookMs / idealMs(one);
}

async function round(desk: BenchDesk, one: Case): Promise<Round> {
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
