import type { World } from '../../ports.ts';
import type { Deadline } from '../../retry/deadline.ts';
import { PaceWindow, type Flight, type PassEnd } from './pace-window.ts';

/** The right to send one request. */
export interface Pass {
  readonly done: (end: PassEnd) => void;
}

/** A delivery that sends. */
export interface Sender {
  /** Most of its requests in flight to one portal. */
  readonly most: number;
  readonly deadline: Deadline;
  readonly world: Pick<World, 'now' | 'sleep' | 'random'>;
}

/** One log that waits for its turn; `admit` is called once, without a pass when it waits in vain. */
export interface Waiter {
  readonly sender: Sender;
  readonly admit: (pass?: Pass) => void;
}

/** What waits for one portal, and the window that lets it in. */
export class PortalQueue {
  readonly window: PaceWindow;
  readonly #senders = new Set<Sender>();
  #refused: Waiter[] = [];
  #fresh: Waiter[] = [];
  #answers = false;

  constructor(random: () => number) {
    this.window = new PaceWindow(random);
  }

  /** Whether its latest request got an answer. */
  get answers(): boolean {
    return this.#answers;
  }

  get isUsed(): boolean {
    return this.#senders.size > 0;
  }

  join(sender: Sender): void {
    this.#senders.add(sender);
    this.#setMost();
  }

  leave(sender: Sender): void {
    this.#senders.delete(sender);
    this.#setMost();
  }

  add(waiter: Waiter, wasRefused: boolean): void {
    (wasRefused ? this.#refused : this.#fresh).push(waiter);
  }

  get isWaitedFor(): boolean {
    return this.first() !== undefined;
  }

  /** What would go next: a log that the portal refused before one that it has not seen. */
  first(): Waiter | undefined {
    return this.#refused[0] ?? this.#fresh[0];
  }

  takeFirst(): Waiter | undefined {
    return this.#refused.shift() ?? this.#fresh.shift();
  }

  /** Sends away all that a sender has waiting here: its time is over. */
  dismiss(sender: Sender): void {
    const waiting = [...this.#refused, ...this.#fresh];
    this.#refused = this.#refused.filter((waiter) => waiter.sender !== sender);
    this.#fresh = this.#fresh.filter((waiter) => waiter.sender !== sender);
    for (const waiter of waiting) if (waiter.sender === sender) waiter.admit();
  }

  ended(flight: Flight, end: PassEnd, now: number): void {
    this.window.ended(flight, end, now);
    if (end !== 'unused') this.#answers = end !== 'unanswered';
  }

  /** Deliveries to one portal share its window, so the largest wish among them holds for all. */
  #setMost(): void {
    if (this.isUsed) this.window.setMost(Math.max(...[...this.#senders].map(({ most }) => most)));
  }
}
