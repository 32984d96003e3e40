import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import type { Secrets, World } from '../../../shared/ports.ts';
import { requestTransport } from './requestTransport.ts';

/** All that touches the world, as n8n gives it. */
export function worldOf(context: IExecuteFunctions, secrets: Secrets): World {
  return {
    transport: requestTransport(context),
    // n8n's sleep rejects when it is cancelled. Each gets a signal of its own: a hundred listeners on one
    // signal would make Node warn of a leak.
    sleep: (ms, signal) => sleep(ms, AbortSignal.any([signal])).catch(() => undefined),
    every: (ms, tell) => repeat(ms, tell),
    now: () => performance.now(),
    random: () => Math.random(),
    journal: {
      info: (line) => context.logger.debug(line),
      warn: (line) => context.logger.warn(line),
    },
    secrets,
  };
}

/** Calls back again and again, with the sleep that n8n allows, until the function that it returns is called. */
function repeat(ms: number, tell: () => void): () => void {
  const stopped = new AbortController();
  void (async () => {
    for (;;) {
      await sleep(ms, stopped.signal).catch(() => undefined);
      if (stopped.signal.aborted) return;
      tell();
    }
  })();
  return () => stopped.abort();
}
