import { cut } from './cut.ts';

/** Longest text from outside that a message quotes, in characters. */
const QUOTED_LENGTH = 200;

/** A text from outside on one line, without control characters, cut short. */
export function oneLine(text: string): string {
  return cut(text.replace(/[\p{Cc}\s]+/gu, ' ').trim(), QUOTED_LENGTH);
}
