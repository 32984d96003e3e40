import { setTimeout as delay } from 'node:timers/promises';
import { setSecret } from '@actions/core';
import type { GotTransport } from '../shared/got-transport.ts';
import type { Journal, Secrets, World } from '../shared/ports.ts';
import { createSecrets } from '../shared/redaction.ts';
import { VERSION } from './version.ts';

/** The world as a job on a runner sees it. */
export interface RunnerWorld extends World {
  /** For GitHub's client; see the transport. */
  readonly fetch: GotTransport['fetch'];
  /** Ends the connections that are kept alive. */
  readonly close: () => void;
}

/** Secrets that the runner masks in its log as soon as they are learnt. */
export function createRunnerSecrets(): Secrets {
  return createSecrets(setSecret);
}

/** The transport is loaded only here: bad input, and a post phase with nothing to do, need none. */
export async function createRunnerWorld(
  secrets: Secrets,
  journal: Journal,
  env: NodeJS.ProcessEnv,
): Promise<RunnerWorld> {
  const { createGotTransport } = await import('../shared/got-transport.ts');
  const transport = createGotTransport(`zoho-desk-extension-log-action/${VERSION}`, env);
  return {
    transport,
    secrets,
    journal,
    sleep: async (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
    every(ms, tell) {
      const timer = setInterval(tell, ms).unref();
      return () => clearInterval(timer);
    },
    now: () => performance.now(),
    random: Math.random,
    fetch: transport.fetch,
    close: transport.close,
  };
}
