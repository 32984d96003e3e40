/** Counts how many requests are being handled at once, and remembers the highest number. */
export class InFlight {
  #going = new Set<symbol>();
  #most = 0;

  /** Counts one more, until the returned function is called; calling it again changes nothing. */
  enter(): () => void {
    const one = Symbol('in flight');
    this.#going.add(one);
    this.#most = Math.max(this.#most, this.#going.size);
    return () => void this.#going.delete(one);
  }

  /** The number now. */
  now(): number {
    return this.#going.size;
  }

  /** The highest number at once since the start or the last reset. */
  most(): number {
    return this.#most;
  }

  /** Starts at zero: requests still being handled, such as stalled ones, no longer count. */
  reset(): void {
    this.#going.clear();
    this.#most = 0;
  }
}
