import { BadInput } from '../bad-input.ts';

/** As late as the clock goes: a moment that any client can still read. */
const LATEST = Date.UTC(9999, 11, 31);

/** Real time plus an offset that only moves forward, so that expiry can be tried without waiting. */
export class Clock {
  #offset = 0;

  /** Milliseconds since 1970, UTC. */
  now(): number {
    return Date.now() + this.#offset;
  }

  /** Moves the clock forward by so many milliseconds. */
  advance(ms: number): void {
    if (!(ms >= 0 && this.now() + ms <= LATEST))
      throw new BadInput(
        `The clock moves forward only, up to the year 9999: give milliseconds of 0 or more, got ${String(ms)}.`,
      );
    this.#offset += ms;
  }

  /** Back to real time. */
  reset(): void {
    this.#offset = 0;
  }
}
