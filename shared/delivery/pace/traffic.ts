import { IN_FLIGHT_LIMIT } from '../delivery-options.ts';
import { PortalQueue, type Pass, type Sender } from './portal-queue.ts';
import { Turns } from './turns.ts';

/** So many may be on their way to portals that have not answered lately; the others keep the rest. */
const UNHEARD_LIMIT = IN_FLIGHT_LIMIT / 2;

/**
 * Where both kinds wait, one turn in so many goes to a portal that has not answered lately. What has
 * begun is finished before much else begins, so dead portals are met late and a few at a time.
 */
const TURNS_FOR_ONE_UNHEARD = 4;

/** One delivery's way into one portal. */
export interface PortalPace {
  /**
   * Resolves to a pass when a request may be sent, and to undefined once the delivery is cancelled or
   * out of time.
   * @param wasRefused the log goes out again, because the portal had no room for it
   */
  readonly enter: (wasRefused: boolean) => Promise<Pass | undefined>;
  /** The delivery has nothing more for this portal. */
  readonly leave: () => void;
}

/** The ways of one delivery into its portals. */
export interface Ways {
  readonly to: (portal: string) => PortalPace;
  /** The delivery has ended. */
  readonly close: () => void;
}

/**
 * The requests for logs that one process has in flight: a window for each portal, a hundred in all,
 * portals in turns. Deliveries that run side by side share it. A portal that nobody sends to is forgotten.
 */
export class Traffic {
  readonly #portals = new Map<string, PortalQueue>();
  readonly #answering = new Turns<PortalQueue>();
  readonly #unheard = new Turns<PortalQueue>();
  readonly #sleeping = new Set<PortalQueue>();
  #inFlight = 0;
  #unheardInFlight = 0;
  #turns = 0;

  /** Opens the ways of a delivery. They are to be closed, or its timers run on. */
  open({ most, deadline, world }: Sender): Ways {
    const closing = new AbortController();
    const signal = AbortSignal.any([deadline.signal, closing.signal]);
    const sender: Sender = { most, world, deadline: { ...deadline, signal } };
    const joined = new Set<PortalQueue>();
    let untilOver: Promise<void> | undefined;
    const dismissWhenOver = async () => {
      // A timer can fire up to a millisecond early. What came to wait after that would never be turned away.
      while (!isOver(sender)) await world.sleep(deadline.at - world.now(), signal);
      for (const queue of joined) queue.dismiss(sender);
    };
    const to = (portal: string): PortalPace => {
      const queue = this.#join(portal, sender);
      joined.add(queue);
      return {
        enter: async (wasRefused) => {
          if (isOver(sender)) return undefined;
          const pass = this.#enter(queue, sender, wasRefused);
          if (queue.isWaitedFor) untilOver ??= dismissWhenOver();
          return pass;
        },
        leave: () => {
          joined.delete(queue);
          queue.leave(sender);
          if (!queue.isUsed) this.#portals.delete(portal);
        },
      };
    };
    return { to, close: () => closing.abort() };
  }

  #join(portal: string, sender: Sender): PortalQueue {
    const queue = this.#portals.get(portal) ?? new PortalQueue(sender.world.random);
    this.#portals.set(portal, queue);
    queue.join(sender);
    return queue;
  }

  #enter(queue: PortalQueue, sender: Sender, wasRefused: boolean): Promise<Pass | undefined> {
    return new Promise((admit) => {
      queue.add({ sender, admit }, wasRefused);
      this.#standInLine(queue);
      this.#giveTurns();
    });
  }

  /** A portal stands in line while something waits for it and its window has room. */
  #standInLine(queue: PortalQueue): void {
    const first = queue.first();
    if (first === undefined) return;
    const now = first.sender.world.now();
    if (queue.window.hasRoom(now)) (queue.answers ? this.#answering : this.#unheard).add(queue);
    else if (queue.window.closedForMs(now) > 0) void this.#standInLineLater(queue, first.sender);
  }

  async #standInLineLater(queue: PortalQueue, { world, deadline }: Sender): Promise<void> {
    if (this.#sleeping.has(queue)) return;
    this.#sleeping.add(queue);
    await world.sleep(queue.window.closedForMs(world.now()), deadline.signal);
    this.#sleeping.delete(queue);
    this.#standInLine(queue);
    this.#giveTurns();
  }

  #giveTurns(): void {
    while (this.#inFlight < IN_FLIGHT_LIMIT) {
      const queue = this.#nextInLine();
      if (queue === undefined) return;
      this.#admitFirst(queue);
      this.#standInLine(queue);
    }
  }

  #nextInLine(): PortalQueue | undefined {
    this.#turns += 1;
    const answering = () => this.#answering.next();
    const unheard = () => (this.#unheardInFlight < UNHEARD_LIMIT ? this.#unheard.next() : undefined);
    return this.#turns % TURNS_FOR_ONE_UNHEARD === 0
      ? (unheard() ?? answering())
      : (answering() ?? unheard());
  }

  /** Unless things have changed since the portal stood in line. */
  #admitFirst(queue: PortalQueue): void {
    const first = queue.first();
    if (first === undefined || !queue.window.hasRoom(first.sender.world.now())) return;
    if (!queue.answers && this.#unheardInFlight >= UNHEARD_LIMIT) return;
    queue.takeFirst();
    first.admit(this.#pass(queue, first.sender));
  }

  #pass(queue: PortalQueue, { world }: Sender): Pass {
    const flight = queue.window.send(world.now());
    const isUnheard = !queue.answers;
    this.#inFlight += 1;
    if (isUnheard) this.#unheardInFlight += 1;
    return {
      done: (end) => {
        this.#inFlight -= 1;
        if (isUnheard) this.#unheardInFlight -= 1;
        queue.ended(flight, end, world.now());
        this.#standInLine(queue);
        this.#giveTurns();
      },
    };
  }
}

function isOver({ deadline, world }: Sender): boolean {
  return deadline.signal.aborted || world.now() >= deadline.at;
}
