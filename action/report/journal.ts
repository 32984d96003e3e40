import { info, warning } from '@actions/core';
import type { Journal, Secrets } from '../../shared/ports.ts';
import { jobLogText } from './job-log-text.ts';

/**
 * Prints what happens during a delivery as lines and warnings of the job log. A warning that a
 * thousand portals give in the same words is given once: the run's page shows ten of a step.
 */
export function createJournal(secrets: Secrets): Journal {
  const warned = new Set<string>();
  return {
    info: (line) => info(jobLogText(line, secrets)),
    warn(line) {
      if (warned.has(line)) return;
      warned.add(line);
      warning(jobLogText(line, secrets));
    },
  };
}
