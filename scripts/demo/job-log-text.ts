import { shownLine } from '../../emulator/runner/job-log.ts';

/**
 * A job log as it comes, with its groups folded. Of many groups only the first are shown, and those where something is
 * undelivered.
 */
export class JobLogText {
  readonly #print: (line: string) => void;
  #rest = '';
  #isInGroup = false;
  #groups = 0;
  #hidden = 0;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /** Takes more of the log, cut anywhere. */
  write(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#writeLine(line.trimEnd());
  }

  /** Prints what is left. */
  end(): void {
    if (this.#rest !== '') this.#writeLine(this.#rest);
    this.#rest = '';
    this.#sayHidden();
  }

  #writeLine(line: string): void {
    const [shown] = shownLine(line);
    if (line.startsWith('::endgroup::')) this.#isInGroup = false;
    if (shown === undefined || shown === '') return;
    if (line.startsWith('::group::')) this.#writeGroup(shown);
    else if (!this.#isInGroup) {
      this.#sayHidden();
      this.#print(shown);
    }
  }

  #writeGroup(head: string): void {
    this.#isInGroup = true;
    this.#groups += 1;
    if (this.#groups <= FIRST_GROUPS || head.includes('undelivered')) this.#print(head);
    else this.#hidden += 1;
  }

  #sayHidden(): void {
    if (this.#hidden > 0) this.#print(`▸ … and ${this.#hidden} more like these`);
    this.#hidden = 0;
  }
}

const FIRST_GROUPS = 5;
