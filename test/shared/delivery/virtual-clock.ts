/** A clock that stands still while anything is being done and jumps to the next timer when nothing is. */
export class VirtualClock {
  #now = 0;
  #timers: { at: number; run: () => void }[] = [];

  readonly now = (): number => this.#now;

  /** Calls back so many milliseconds from now, unless the function that it returns is called before. */
  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** As the world's `sleep`: resolves after so long, or at once when the signal fires. */
  readonly sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const cancel = this.after(ms, resolve);
      signal.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });

  /**
   * Lets time pass until the promise settles. Throws when it waits for something that never comes.
   * @param isBusy whether something is going on that takes none of this clock's time
   */
  async run<T>(promise: Promise<T>, isBusy: () => boolean = () => false): Promise<T> {
    let settled = false;
    const settle = () => {
      settled = true;
    };
    promise.then(settle, settle);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (settled) return promise;
      if (isBusy()) continue;
      const next = this.#takeNext();
      if (next === undefined) throw new Error(`At ${this.#now} ms nothing is left to wait for.`);
      this.#now = next.at;
      next.run();
    }
  }

  #takeNext(): { at: number; run: () => void } | undefined {
    const at = this.#timers.reduce((soonest, timer) => Math.min(soonest, timer.at), Infinity);
    const index = this.#timers.findIndex((timer) => timer.at === at);
    return index < 0 ? undefined : this.#timers.splice(index, 1)[0];
  }
}
