import type { Switches } from '../desk/switches.ts';
import { deskError, type Answer } from '../http/answers.ts';
import { InFlight } from './in-flight.ts';

/**
 * Credits a day, credits a day per user, and concurrent calls of each edition.
 * Source: https://desk.zoho.com/DeskAPIDocument, API Limits
 */
const EDITIONS: Record<Switches['edition'], { credits: number; perUser: number; concurrent: number }> = {
  free: { credits: 5_000, perUser: 0, concurrent: 5 },
  express: { credits: 25_000, perUser: 100, concurrent: 10 },
  standard: { credits: 50_000, perUser: 250, concurrent: 10 },
  professional: { credits: 75_000, perUser: 500, concurrent: 15 },
  enterprise: { credits: 100_000, perUser: 1_000, concurrent: 25 },
};

const DAY_MS = 24 * 60 * 60 * 1000;

/** Counts a portal's calls in flight and its credits of the day, which start anew at midnight UTC. */
export class PortalLimits {
  readonly #calls = new InFlight();
  #day = 0;
  #used = 0;

  /** Takes one call and one credit and returns what gives the call back, or the 429 that refuses it. */
  take(switches: Switches, now: number): Answer | (() => void) {
    if (this.#calls.now() >= (switches.concurrentCalls ?? EDITIONS[switches.edition].concurrent))
      return deskError('TOO_MANY_REQUESTS');
    if (this.remaining(switches, now) === 0)
      return deskError('THRESHOLD_EXCEEDED', { headers: { 'retry-after': String(secondsToMidnight(now)) } });
    this.#used += 1;
    return this.#calls.enter();
  }

  /** Credits left today. */
  remaining(switches: Switches, now: number): number {
    const day = Math.floor(now / DAY_MS);
    if (day !== this.#day) {
      this.#day = day;
      this.#used = 0;
    }
    return Math.max(0, creditsPerDay(switches) - this.#used);
  }

  /** The headers that tell a client where it stands. */
  headers(switches: Switches, now: number): Record<string, string> {
    return {
      'x-rate-limit-request-weight-v3': '1',
      'x-rate-limit-remaining-v3': String(this.remaining(switches, now)),
    };
  }

  /** Gives all calls and the day's credits back. */
  reset(): void {
    this.#calls.reset();
    this.#used = 0;
  }
}

/** Whole seconds until the next midnight UTC, which is when credits start anew. */
export function secondsToMidnight(now: number): number {
  return Math.ceil((DAY_MS - (now % DAY_MS)) / 1000);
}

function creditsPerDay(switches: Switches): number {
  const { credits, perUser } = EDITIONS[switches.edition];
  return switches.creditsPerDay ?? credits + perUser * switches.users;
}
