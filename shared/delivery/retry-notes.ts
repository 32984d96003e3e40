import type { World } from '../ports.ts';
import { countOf } from '../text/count.ts';
import { oneLine } from '../text/one-line.ts';
import type { ServiceProblem } from './service-problem.ts';

/** Times that the same answer is reported as it comes; from there on it is only counted. */
const REPORTED_AT_ONCE = 3;

/** Reports what was tried again, and merges what would be the same line over and over. */
export class RetryNotes {
  readonly #world: Pick<World, 'journal' | 'secrets'>;
  readonly #times = new Map<string, number>();

  constructor(world: Pick<World, 'journal' | 'secrets'>) {
    this.#world = world;
  }

  /**
   * @param what is tried again: a log's title in quotes, or the access token
   * @param nextTry when it is tried again, as a sentence
   */
  add(what: string, attempt: number, { answered }: ServiceProblem, nextTry: string): void {
    const times = (this.#times.get(answered) ?? 0) + 1;
    this.#times.set(answered, times);
    if (times > REPORTED_AT_ONCE) return;
    const { journal, secrets } = this.#world;
    // A title comes from outside too: it may hold a secret, or a second line that looks like ours.
    journal.info(`${oneLine(secrets.redact(what))}, attempt ${attempt}: ${answered} ${nextTry}`);
  }

  /** At the end of the delivery: how often each answer came that was not reported every time. */
  summarize(): void {
    for (const [answered, times] of this.#times) {
      if (times > REPORTED_AT_ONCE) this.#world.journal.info(`${answered} · ${countOf(times, 'time')}`);
    }
  }
}
