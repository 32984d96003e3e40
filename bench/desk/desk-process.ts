import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { DeskCounts, DeskQuestion, DeskSettings } from './bench-desk.ts';

/** A {@link DeskSettings | Desk} that is running. */
export interface BenchDesk {
  readonly url: string;
  /** Forgets what was before. */
  readonly become: (settings: DeskSettings) => Promise<void>;
  readonly count: () => Promise<DeskCounts>;
  readonly end: () => void;
}

/** Starts one on a free port of loopback. */
export async function startBenchDesk(): Promise<BenchDesk> {
  const child = fork(join(import.meta.dirname, 'bench-desk.ts'), { execArgv: [] });
  const [url] = (await once(child, 'message')) as [string];
  const ask = async (question: DeskQuestion) => {
    child.send(question);
    const [answer] = (await once(child, 'message')) as [unknown];
    return answer;
  };
  return {
    url,
    become: async (settings) => void (await ask({ settings })),
    count: async () => (await ask('count')) as DeskCounts,
    end: () => child.disconnect(),
  };
}
