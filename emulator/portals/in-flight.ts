/** Counts what is going on at once, and remembers the most. */
export class InFlight {
  #going = new Set<symbol>();
  #most = 0;

  /** Counts one more, and returns what counts it off again, once, however often it is called. */
  enter(): () => void {
    const one = Symbol('in flight');
    this.#going.add(one);
    this.#most = Math.max(this.#most, this.#going.size);
    return () => void this.#going.delete(one);
  }

  /** How many there are now. */
  now(): number {
    return this.#going.size;
  }

  /** The highest number at once since the start or the last reset. */
  most(): number {
    return this.#most;
  }

  /** Starts at zero: what is still going on, such as a stalled answer nobody waits for, no longer counts. */
  reset(): void {
    this.#going.clear();
    this.#most = 0;
  }
}
