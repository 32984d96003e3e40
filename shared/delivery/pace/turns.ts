/** A queue in which each stands once: who gets a turn and wants another goes to its end. */
export class Turns<Who> {
  readonly #waiting = new Set<Who>();
  #line: Who[] = [];
  /** Where the line begins: taking the first from an array of thousands would move all the others. */
  #at = 0;

  add(who: Who): void {
    if (this.#waiting.has(who)) return;
    this.#waiting.add(who);
    this.#line.push(who);
  }

  /** Takes out the one who has waited longest. */
  next(): Who | undefined {
    const who = this.#line[this.#at];
    if (who === undefined) return undefined;
    this.#at += 1;
    this.#waiting.delete(who);
    if (this.#at * 2 > this.#line.length) {
      this.#line = this.#line.slice(this.#at);
      this.#at = 0;
    }
    return who;
  }
}
