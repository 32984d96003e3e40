import { createRunnerWorld } from '../../action/runner-world.ts';
import { deliver } from '../../shared/delivery/deliver.ts';
import { Traffic } from '../../shared/delivery/pace/traffic.ts';
import type { Entry } from '../../shared/entries/entry.ts';
import { planLogs } from '../../shared/grouping/plan.ts';
import { createSecrets } from '../../shared/redaction.ts';
import { deadlineIn } from '../../shared/retry/deadline.ts';
import { createGotTransport } from '../../shared/got-transport.ts';
import { addLogRecorder, addLogRequest } from '../../shared/zoho/add-log-recorder.ts';
import { fixedToken } from '../../shared/zoho/oauth/token-source.ts';

const ALLOWED_MS = 600_000;

/** How many logs one sender has recorded so far. */
export interface CoreSender {
  readonly recorded: () => number;
  readonly done: Promise<void>;
}

/** The Action's core, with got and a real clock: one job that sends, unaware of others. */
export function sendFromCore(deskUrl: string, entries: readonly Entry[], concurrency: number): CoreSender {
  let recorded = 0;
  const run = async () => {
    const silent = { info: () => undefined, warn: () => undefined };
    const world = await createRunnerWorld(createSecrets(), silent, {});
    const portal = { accountsUrl: deskUrl, deskUrl, orgId: '1' };
    const deadline = deadlineIn(ALLOWED_MS, world.now(), new AbortController().signal);
    const recorder = addLogRecorder(portal, fixedToken('1000.bench'), deadline, world);
    const counting = {
      record: async (log: Parameters<typeof recorder.record>[0]) => {
        const result = await recorder.record(log);
        if (result.kind === 'recorded') recorded += 1;
        return result;
      },
    };
    const { plan } = planLogs(entries, 'split');
    const terms = { mode: 'at-least-once', concurrency, deadline, traffic: new Traffic() } as const;
    await deliver([{ portal: 'bench', plan, recorder: counting }], terms, world);
    world.close();
  };
  return { recorded: () => recorded, done: run() };
}

/** The same requests from a pool that knows the limit: what got and this machine come to at best. */
export async function sendFromPool(deskUrl: string, count: number, limit: number): Promise<void> {
  const transport = createGotTransport('bench', {});
  const never = new AbortController().signal;
  const next = logsOf(count).values();
  const worker = async () => {
    for (const log of next) {
      const request = addLogRequest(log, { deskUrl, orgId: '1' }, '1000.bench', 15_000);
      await transport.send(request, never);
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  transport.close();
}

/** Logs of one installation, each alone or in groups of so many. */
export function logsOf(count: number, groupsOf = 1, prefix = 'Log'): Entry[] {
  return Array.from({ length: count }, (_, index) => {
    const title = `${prefix} ${index + 1}`;
    const reference = groupsOf > 1 ? `${prefix}-${Math.floor(index / groupsOf)}` : undefined;
    return { title, description: title, installationId: '2', ...(reference !== undefined && { reference }) };
  });
}
