/** Longest text from outside that a message quotes, in characters. */
const QUOTED_LENGTH = 200;

/** A text from outside on one line, without control characters, cut short. */
export function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return line.length > QUOTED_LENGTH ? `${line.slice(0, QUOTED_LENGTH - 1)}…` : line;
}
