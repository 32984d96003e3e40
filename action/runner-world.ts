import { setTimeout as delay } from 'node:timers/promises';
import { info, setSecret, warning } from '@actions/core';
import { createGotTransport } from '../shared/got-transport.ts';
import type { Secrets, World } from '../shared/ports.ts';
import { createSecrets } from '../shared/redaction.ts';
import { printable } from './printable.ts';
import { VERSION } from './version.ts';

/** Secrets that the runner masks in its log as soon as they are learnt. */
export function createRunnerSecrets(): Secrets {
  return createSecrets(setSecret);
}

/** The world as a job on a runner sees it. `close` ends the connections that are kept alive. */
export function createRunnerWorld(secrets: Secrets, env: NodeJS.ProcessEnv): World & { close: () => void } {
  const transport = createGotTransport(`zoho-desk-extension-log-action/${VERSION}`, env);
  return {
    transport,
    secrets,
    sleep: async (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
    now: () => performance.now(),
    random: Math.random,
    journal: {
      info: (line) => info(printable(line, secrets)),
      warn: (line) => warning(printable(line, secrets)),
    },
    close: () => transport.close(),
  };
}
