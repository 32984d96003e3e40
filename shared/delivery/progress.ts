import type { World } from '../ports.ts';
import { countOf, numberText } from '../text/count.ts';

/** How often a long delivery says how far it is. */
const INTERVAL_MS = 10_000;

/** What a delivery has to do. */
export interface Workload {
  readonly logs: number;
  readonly installations: number;
}

/** Counts what is done, and says every ten seconds how far a delivery is. A short one says nothing. */
export class Progress {
  readonly #workload: Workload;
  #logs = 0;
  #installations = 0;
  #triedAgain = 0;

  constructor(workload: Workload) {
    this.#workload = workload;
  }

  /** Begins to report, until the function that it returns is called. */
  report({ every, journal }: Pick<World, 'every' | 'journal'>): () => void {
    return every(INTERVAL_MS, () => journal.info(this.#line()));
  }

  logDone(): void {
    this.#logs += 1;
  }

  installationDone(): void {
    this.#installations += 1;
  }

  triedAgain(): void {
    this.#triedAgain += 1;
  }

  #line(): string {
    const { logs, installations } = this.#workload;
    return [
      `${numberText(this.#logs)} of ${countOf(logs, 'log')}`,
      installations > 1 && `${numberText(this.#installations)} of ${countOf(installations, 'installation')}`,
      this.#triedAgain > 0 && `${numberText(this.#triedAgain)} tried again`,
    ]
      .filter(Boolean)
      .join(' · ');
  }
}
