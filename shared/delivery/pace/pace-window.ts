/** The size to begin with. The smallest edition takes five, and we are hardly ever a portal's only caller. */
const FIRST_SIZE = 4;

/**
 * What is kept of the level at which a refusal came. Netflix's AIMDLimit keeps 0.9
 * (https://github.com/Netflix/concurrency-limits), CUBIC 0.7. With much more than this, two senders take
 * a minute to come to equal shares; with less, one that is alone loses speed. It is just below three
 * quarters, so that a window of four gives up two: at a portal for five, shares of four and one would last.
 */
const KEPT = 0.74;

/** The same when the refusal came below the level known so far: somebody else has come, or the limit fell. */
const KEPT_WHEN_LOWER = 0.6;

/**
 * After each window of successes it climbs one step back to the known level; until it is there, others
 * may find the room. A step is one, or a twelfth of a large window, which would otherwise take very long.
 */
const STEPS = 12;

/**
 * Windows of successes at the known level before more is asked for. When that is refused at the same
 * level again, the level can be trusted: the next try waits twice as long, up to the longest.
 */
const FIRST_HOLD_WINDOWS = 4;
const LONGEST_HOLD_WINDOWS = 10;

/**
 * A smaller window holds for as many successes as one of this size. Where several senders share a small
 * portal, each has a window of one, and would ask for more with every tenth request.
 */
const LEAST_HOLD_SIZE = 2;

/** Most times that a pause doubles, when not even one request finds room. */
const DOUBLINGS = 3;

/** What an answer is taken to take until there has been one. */
const UNKNOWN_LATENCY_MS = 50;

/** A pause is never longer. */
const LONGEST_PAUSE_MS = 5_000;

/** How an attempt ended, as far as it says something about its portal. */
export type PassEnd =
  /** Nothing was sent. */
  | 'unused'
  /** The log was recorded. */
  | 'taken'
  /** Too many concurrent calls. */
  | 'refused'
  /** Any other answer. */
  | 'answered'
  | 'unanswered'
  /** Everybody is asked to wait. */
  | { readonly stillForMs: number };

/** A request that is in flight. */
export interface Flight {
  /** Counted from 1. */
  readonly number: number;
  readonly sentAt: number;
}

/**
 * The window of one portal: how many requests may be in flight to it. Times are milliseconds of one clock.
 *
 * Zoho allows 5 to 25 concurrent calls, says in no answer how many, and lets everything that calls the
 * portal share them (https://desk.zoho.com/DeskAPIDocument). So the window finds the limit as TCP does: it
 * grows until it is refused, and falls back (AIMD, https://www.rfc-editor.org/rfc/rfc5681). Three things
 * are different:
 *
 * - Nothing queues at the portal, so a refusal shows exactly at which level it came: how many others were
 *   in flight. The window need not fall by half.
 * - A refused request is wasted. So the window climbs back to the level that it knows, stays there, and
 *   asks for more only now and then, as CUBIC (https://www.rfc-editor.org/rfc/rfc9438) and BBR
 *   (https://datatracker.ietf.org/doc/draft-ietf-ccwg-bbr/) do.
 * - A sender that refills its own places at once leaves none to others. Room is shared only because each
 *   falls back for a while after it has asked for more: whoever falls from higher leaves more.
 */
export class PaceWindow {
  readonly #random: () => number;
  #most = Infinity;
  #size = FIRST_SIZE;
  /** The level of the last refusal: so many were in flight without the one that was refused. */
  #level = Infinity;
  #inFlight = 0;
  #sent = 0;
  /** What was sent up to here was sent before the size last changed, or last shrank. */
  #changedAt = 0;
  #shrunkAt = 0;
  /** Successes since the size last changed. */
  #successes = 0;
  #holdWindows = FIRST_HOLD_WINDOWS;
  /** 1, and twice as much each time that a refusal comes at the same level again. */
  #trust = 1;
  #kept = KEPT;
  /** Refusals in a row with nothing else in flight. */
  #refusedAlone = 0;
  #latencyMs = UNKNOWN_LATENCY_MS;
  #closedUntil = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** The window never gets larger than this. */
  setMost(most: number): void {
    this.#most = most;
  }

  /** How many may be in flight. */
  get size(): number {
    return Math.min(this.#size, this.#most);
  }

  hasRoom(now: number): boolean {
    return this.#inFlight < this.size && now >= this.#closedUntil;
  }

  /** Milliseconds until the window opens again; 0 when it is open. */
  closedForMs(now: number): number {
    return Math.max(0, this.#closedUntil - now);
  }

  send(now: number): Flight {
    this.#inFlight += 1;
    this.#sent += 1;
    return { number: this.#sent, sentAt: now };
  }

  ended(flight: Flight, end: PassEnd, now: number): void {
    const wasFull = this.#inFlight >= this.size;
    this.#inFlight -= 1;
    if (end === 'taken') this.#taken(flight, wasFull, now);
    else if (end === 'refused') this.#refused(flight, now);
    else if (typeof end === 'object') this.#closeUntil(now + end.stillForMs);
  }

  /** Only what was sent since the last change, from a window that is in use, says whether more would do. */
  #taken({ number, sentAt }: Flight, wasFull: boolean, now: number): void {
    this.#latencyMs += (now - sentAt - this.#latencyMs) / 8;
    this.#refusedAlone = 0;
    if (!wasFull || number <= this.#changedAt || this.#size >= this.#most) return;
    // As long as no limit is known the window doubles with each round of answers, as TCP starts.
    if (this.#level === Infinity) this.#size += 1;
    else this.#countSuccess(this.#level);
  }

  #countSuccess(level: number): void {
    this.#successes += 1;
    const isAtLevel = this.#size === level;
    const needed = isAtLevel ? this.#holdWindows * Math.max(LEAST_HOLD_SIZE, this.#size) : this.#size;
    if (this.#successes < needed) return;
    if (this.#size < level) {
      const step = Math.max(1, Math.round(this.#size / STEPS));
      this.#growTo(Math.min(level, this.#size + step));
    } else {
      // Each step beyond that finds room doubles the distance, so that a limit that rose is found soon.
      this.#growTo(this.#size + Math.max(1, this.#size - level));
    }
  }

  #growTo(size: number): void {
    this.#size = size;
    this.#hasChanged();
  }

  #refused({ number }: Flight, now: number): void {
    const level = this.#inFlight;
    if (level === 0) this.#pause(2 ** Math.min(DOUBLINGS, this.#refusedAlone++), now);
    if (number > this.#shrunkAt) {
      this.#learn(level);
      // A window of one cannot leave room by shrinking: it rests.
      if (level === 1) this.#pause(1, now);
    } else if (level < this.#level) {
      // A burst is refused together, and each further refusal shows its level more exactly.
      this.#fallTo(level);
    }
  }

  #learn(level: number): void {
    const isLower = level < this.#level && this.#level !== Infinity;
    this.#kept = isLower ? KEPT_WHEN_LOWER : KEPT;
    this.#trust = level === this.#level ? this.#trust * 2 : 1;
    const windows = Math.min(LONGEST_HOLD_WINDOWS, FIRST_HOLD_WINDOWS * this.#trust);
    // Senders that ask for more at the same time would never find the room that each other leaves.
    this.#holdWindows = windows * (0.75 + this.#random() / 2);
    this.#fallTo(level);
    this.#shrunkAt = this.#sent;
    this.#hasChanged();
  }

  #fallTo(level: number): void {
    this.#level = Math.max(1, level);
    this.#size = Math.max(1, Math.floor(level * this.#kept));
  }

  #hasChanged(): void {
    this.#changedAt = this.#sent;
    this.#successes = 0;
  }

  /** Closes the window for about so many times as long as an answer takes. */
  #pause(latencies: number, now: number): void {
    const ms = Math.min(LONGEST_PAUSE_MS, this.#latencyMs * latencies);
    this.#closeUntil(now + ms * (0.5 + this.#random()));
  }

  #closeUntil(time: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, time);
  }
}
