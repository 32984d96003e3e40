interface Event {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** What happens next, by time and, at the same time, by order: a clock for simulations of many thousand events. */
export class EventQueue {
  /** A binary heap. */
  readonly #events: Event[] = [];
  #now = 0;
  #added = 0;

  get now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): void {
    const events = this.#events;
    events.push({ at: this.#now + ms, order: (this.#added += 1), run });
    for (let child = events.length - 1; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!this.#swapIfLater(parent, child)) break;
      child = parent;
    }
  }

  /** Runs until nothing is left to happen. */
  run(): void {
    for (let event = this.#takeFirst(); event !== undefined; event = this.#takeFirst()) {
      this.#now = event.at;
      event.run();
    }
  }

  #takeFirst(): Event | undefined {
    const events = this.#events;
    const [first] = events;
    const last = events.pop();
    if (last === undefined || events.length === 0) return first;
    events[0] = last;
    for (let parent = 0; 2 * parent + 1 < events.length;) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2];
      const sooner = right < events.length && isLater(events[left], events[right]) ? right : left;
      if (!this.#swapIfLater(parent, sooner)) break;
      parent = sooner;
    }
    return first;
  }

  #swapIfLater(one: number, other: number): boolean {
    const [first, second] = [this.#events[one], this.#events[other]];
    if (first === undefined || second === undefined || !isLater(first, second)) return false;
    this.#events[one] = second;
    this.#events[other] = first;
    return true;
  }
}

function isLater(one: Event | undefined, other: Event | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return one.at === other.at ? one.order > other.order : one.at > other.at;
}
