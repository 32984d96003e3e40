import { info, warning } from '@actions/core';
import type { Journal, Secrets } from '../../shared/ports.ts';
import { jobLogText } from './job-log-text.ts';

/** Prints what happens during a delivery as lines and warnings of the job log. */
export function createJournal(secrets: Secrets): Journal {
  return {
    info: (line) => info(jobLogText(line, secrets)),
    warn: (line) => warning(jobLogText(line, secrets)),
  };
}
