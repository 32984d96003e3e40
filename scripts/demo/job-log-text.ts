/**
 * Lines of a job log as GitHub's page shows them: no commands to the runner, groups folded, annotations as text. Of
 * many folded groups only those are shown where something is undelivered.
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
    const { command, text } = /^::(?<command>[\w-]+)[^:]*::(?<text>.*)$/.exec(line)?.groups ?? {};
    if (command === 'group') this.#writeGroup(text ?? '');
    else if (command === 'endgroup') this.#isInGroup = false;
    else if (command === 'error' || command === 'warning' || command === 'notice') {
      this.#sayHidden();
      this.#print(`${command}: ${decoded(text ?? '')}`);
    } else if (command === undefined && !this.#isInGroup) {
      this.#sayHidden();
      if (line !== '') this.#print(line);
    }
  }

  #writeGroup(title: string): void {
    this.#isInGroup = true;
    this.#groups += 1;
    if (this.#groups <= FIRST_GROUPS || title.includes('undelivered')) this.#print(`▸ ${title}`);
    else this.#hidden += 1;
  }

  #sayHidden(): void {
    if (this.#hidden > 0) this.#print(`▸ … and ${this.#hidden} more like these`);
    this.#hidden = 0;
  }
}

const FIRST_GROUPS = 5;

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
function decoded(text: string): string {
  return text.replaceAll('%0A', '\n').replaceAll('%0D', '').replaceAll('%25', '%');
}
