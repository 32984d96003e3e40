/** A request that is in flight; `generation` tells since when the gate's width holds. */
export interface Pass {
  readonly generation: number;
}

/**
 * Lets at most `widest` requests through at once. It halves when Desk says that there are too many
 * and grows back by one on each success, as TCP does.
 */
export class Gate {
  readonly #widest: number;
  #width: number;
  #inFlight = 0;
  #generation = 0;
  readonly #waiting: ((pass: Pass) => void)[] = [];

  constructor(widest: number) {
    this.#widest = widest;
    this.#width = widest;
  }

  async enter(): Promise<Pass> {
    if (this.#inFlight < this.#width) {
      this.#inFlight += 1;
      return { generation: this.#generation };
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  leave(): void {
    this.#inFlight -= 1;
    while (this.#inFlight < this.#width) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#inFlight += 1;
      next({ generation: this.#generation });
    }
  }

  /** A burst that was sent together is answered 429 together: only its first answer halves the width. */
  narrow({ generation }: Pass): void {
    if (generation !== this.#generation) return;
    this.#generation += 1;
    this.#width = Math.max(1, Math.floor(this.#width / 2));
  }

  widen(): void {
    this.#width = Math.min(this.#widest, this.#width + 1);
  }
}
