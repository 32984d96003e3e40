import { PaceWindow } from '../../../../shared/delivery/pace/pace-window.ts';
import { EventQueue } from './event-queue.ts';

/** A portal, and who sends to it. Times are milliseconds. */
export interface Scene {
  /** Calls that the portal has room for at a time, apart from those of others. */
  readonly limit: number | ((at: number) => number);
  readonly senders?: number;
  readonly concurrency?: number;
  readonly logsEach: number;
  readonly latencyMs?: number;
  /** How much faster or slower than that an answer may be, as a share of it. */
  readonly spread?: number;
  /** Each sender starts so much later than the one before. */
  readonly apartMs?: number;
  readonly seed?: number;
}

export interface Course {
  /** How long it took, in times of what it takes when the limit is always full. */
  readonly timesIdeal: number;
  /** The share of requests that were refused. */
  readonly refused: number;
  /** Jain's index of what the senders had recorded when the first of them was done: 1 is equal shares. */
  readonly fairness: number;
  readonly recorded: number;
  /** Of one sender. */
  readonly mostInFlight: number;
  /** How much of the limit was used in a span of time. */
  readonly used: (from: number, to: number) => number;
}

/** There and back; what an answer takes beside Desk's own work. */
const NETWORK_MS = 0.5;

/** Lets senders, each with a window of its own, send all their logs to one portal that refuses at once what is too many. */
export function simulatePace(scene: Scene): Course {
  const {
    limit,
    senders = 1,
    concurrency = 100,
    logsEach,
    latencyMs = 20,
    spread = 0.1,
    apartMs = 0,
  } = scene;
  const limitAt = typeof limit === 'number' ? () => limit : limit;
  const random = randomFrom(scene.seed ?? 1);
  const events = new EventQueue();
  const answers: { readonly at: number; readonly sender: number }[] = [];
  const onTheNetwork = (run: () => void) => events.after((NETWORK_MS / 2) * (0.5 + random()), run);
  let [requests, refusals, processed, mostInFlight] = [0, 0, 0, 0];

  function startSender(sender: number): void {
    const window = new PaceWindow(random);
    window.setMost(concurrency);
    let [left, inFlight, wakesAt] = [logsEach, 0, 0];
    function sendAll(): void {
      while (left > 0 && window.hasRoom(events.now)) send();
      const closedMs = window.closedForMs(events.now);
      if (left === 0 || closedMs === 0 || wakesAt > events.now) return;
      wakesAt = events.now + closedMs;
      events.after(closedMs, sendAll);
    }
    function send(): void {
      const flight = window.send(events.now);
      left -= 1;
      requests += 1;
      inFlight += 1;
      mostInFlight = Math.max(mostInFlight, inFlight);
      const answer = (isTaken: boolean) =>
        onTheNetwork(() => {
          inFlight -= 1;
          window.ended(flight, isTaken ? 'taken' : 'refused', events.now);
          if (isTaken) answers.push({ at: events.now, sender });
          else left += 1;
          sendAll();
        });
      onTheNetwork(() => {
        if (processed >= limitAt(events.now)) {
          refusals += 1;
          answer(false);
          return;
        }
        processed += 1;
        events.after(latencyMs * (1 - spread + 2 * spread * random()), () => {
          processed -= 1;
          answer(true);
        });
      });
    }
    sendAll();
  }
  for (let sender = 0; sender < senders; sender += 1)
    events.after(sender * apartMs, () => startSender(sender));
  events.run();

  const answerMs = latencyMs + NETWORK_MS;
  const roomUntil = (at: number) => Math.min(limitAt(at), concurrency * senders) / answerMs;
  return {
    timesIdeal: events.now / idealMs(logsEach * senders, roomUntil),
    refused: refusals / requests,
    fairness: jain(sharesWhenTheFirstIsDone(answers, senders, logsEach)),
    recorded: answers.length,
    mostInFlight,
    used: (from, to) => {
      const count = answers.filter(({ at }) => at > from && at <= to).length;
      return count / (roomUntil(from) * (to - from));
    },
  };
}

/** Milliseconds in which so many logs are recorded at a rate of so many for each millisecond. */
function idealMs(logs: number, rateAt: (at: number) => number): number {
  const stepMs = 1;
  let at = 0;
  for (let left = logs; left > 0; at += stepMs) left -= rateAt(at) * stepMs;
  return at;
}

function sharesWhenTheFirstIsDone(
  answers: readonly { readonly sender: number }[],
  senders: number,
  logsEach: number,
): number[] {
  const shares = Array.from({ length: senders }, () => 0);
  for (const { sender } of answers) {
    shares[sender] = (shares[sender] ?? 0) + 1;
    if (shares[sender] === logsEach) break;
  }
  return shares;
}

/** https://en.wikipedia.org/wiki/Fairness_measure */
function jain(shares: readonly number[]): number {
  const sum = shares.reduce((total, share) => total + share, 0);
  const squares = shares.reduce((total, share) => total + share ** 2, 0);
  return sum ** 2 / (shares.length * squares);
}

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
