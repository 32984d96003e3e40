import { setTimeout as delay } from 'node:timers/promises';
import type { Secrets, World } from '../../shared/ports.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { createFetchTransport } from './fetch-transport.ts';

/** The world as a person's own machine sees it. Notes and warnings go to the terminal. */
export function createLocalWorld(
  secrets: Secrets,
  terminal: Pick<Terminal, 'say'>,
  env: NodeJS.ProcessEnv,
): World {
  return {
    transport: createFetchTransport('zoho-desk-extension-log-connect', env),
    secrets,
    journal: { info: (line) => terminal.say(`  ${line}`), warn: (line) => terminal.say(`! ${line}`) },
    sleep: async (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
    every(ms, tell) {
      const timer = setInterval(tell, ms).unref();
      return () => clearInterval(timer);
    },
    now: () => performance.now(),
    random: Math.random,
  };
}
