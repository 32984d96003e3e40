/** The person at the other end: lines to read, and questions that are answered with a line. */
export interface Terminal {
  /** Prints a line. Every secret that is known is taken out of it. */
  say(line: string): void;
  /**
   * Asks for one line. A hidden one is not shown while it is typed and is kept in no history.
   * Rejects with {@link InputEnded} when there is no one left to answer.
   */
  ask(question: string, options?: { readonly hidden?: boolean }): Promise<string>;
  /** Shows a text, secrets and all, until Enter is pressed, and wipes it off the screen. */
  readonly showOnce?: (text: string) => Promise<void>;
  close(): void;
}

/** The input was closed, or a pipe had no further line, while a question waited for its answer. */
export class InputEnded extends Error {
  constructor(question: string) {
    super(`The input ended before this was answered: ${question.trim().replace(/^\? |:$/g, '')}`);
  }
}

/** What a question is worth when no one is left to answer it. Any other failure is thrown on. */
export function ifInputEnded(answer: string): (error: unknown) => string {
  return (error) => {
    if (error instanceof InputEnded) return answer;
    throw error;
  };
}
