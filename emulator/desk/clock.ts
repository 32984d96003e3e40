import { BadInput } from '../bad-input.ts';

/** Real time plus an offset that only moves forward, so that expiry can be tried without waiting. */
export class Clock {
  #offset = 0;

  /** Milliseconds since 1970, UTC. */
  now(): number {
    return Date.now() + this.#offset;
  }

  /** Moves the clock forward by so many milliseconds. */
  advance(ms: number): void {
    if (!Number.isFinite(ms) || ms < 0)
      throw new BadInput(`The clock moves forward only: give milliseconds of 0 or more, got ${String(ms)}.`);
    this.#offset += ms;
  }

  /** Back to real time. */
  reset(): void {
    this.#offset = 0;
  }
}
