import type { Secrets } from '../../shared/ports.ts';

/**
 * A text from outside as one redacted line of the job log. The runner takes `##[` anywhere in a line,
 * and `::` at its start, for a command (https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions);
 * here both are only text.
 */
export function jobLogText(text: string, secrets: Secrets): string {
  const line = secrets.redact(text).replace(/[\p{Cc}\s]+/gu, ' ');
  return line.replaceAll('##[', '## [').replace(/^\s*::/, ' : :');
}
