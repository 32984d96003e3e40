import type { Secrets } from '../../shared/ports.ts';

/**
 * A text from outside as one line of the job log. The runner takes `##[` anywhere in a line, and `::`
 * at its start, for a command; here both are only text.
 */
export function printable(text: string, secrets: Secrets): string {
  const line = secrets.redact(text).replace(/[\p{Cc}\s]+/gu, ' ');
  return line.replaceAll('##[', '## [').replace(/^\s*::/, ' : :');
}

/** `340 ms`, `1.2 s` or `2 m 5 s`. */
export function shownDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 100) / 10;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} m ${Math.floor(seconds % 60)} s`;
}

/** `1 log`, `12 logs`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
