import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { startEmulator, type Emulator, type Fault, type Switches } from '../../../emulator/start-emulator.ts';
import { deadlineIn } from '../../../shared/retry/deadline.ts';
import { deliver, type DeliveryTerms } from '../../../shared/delivery/deliver.ts';
import type { Report } from '../../../shared/delivery/outcome.ts';
import type { Entry } from '../../../shared/entries/entry.ts';
import { createGotTransport } from '../../../shared/got-transport.ts';
import { planLogs } from '../../../shared/grouping/plan.ts';
import { fetchAccessToken } from '../../../shared/zoho/oauth/fetch-access-token.ts';
import { addLogRecorder } from '../../../shared/zoho/add-log-recorder.ts';
import { fixedToken, refreshingTokens } from '../../../shared/zoho/oauth/token-source.ts';
import { portalKey, type Portal } from '../../../shared/zoho/portal.ts';
import { Traffic } from '../../../shared/delivery/pace/traffic.ts';
import type { World } from '../../../shared/ports.ts';
import { createSecrets } from '../../../shared/redaction.ts';
import { VirtualClock } from './virtual-clock.ts';

const transport = createGotTransport('test', {});
export let desk: Emulator;
export let slept: number[] = [];
export let journal: string[] = [];

beforeAll(async () => {
  desk = await startEmulator();
});
afterEach(() => {
  desk.reset();
  desk.configure({
    parentIdOfParent: 'absent',
    badInstallation: 422,
    tokenThrottleStatus: 400,
    creditsPerDay: null,
    concurrentCalls: null,
  });
});
afterAll(async () => {
  transport.close();
  await desk.close();
});

export interface Wish extends Partial<Pick<DeliveryTerms, 'mode' | 'concurrency'>> {
  allowedMs?: number;
  /** Instead of the OAuth client. */
  accessToken?: string;
  portal?: Partial<Portal>;
  switches?: Partial<Switches>;
  faults?: Fault[];
}

/** A delivery to the emulator in which a sleep takes no time, but the clock goes on as if it had. */
export async function delivered(entries: readonly Entry[], wish: Wish = {}): Promise<Report> {
  slept = [];
  journal = [];
  const clock = new VirtualClock();
  let onTheWay = 0;
  const { credentials, url } = desk;
  desk.configure(wish.switches ?? {});
  desk.fault(...(wish.faults ?? []));
  const secrets = createSecrets();
  secrets.learn(credentials.clientSecret);
  const world: World = {
    transport: {
      async send(request, signal) {
        onTheWay += 1;
        return transport.send(request, signal).finally(() => (onTheWay -= 1));
      },
    },
    sleep: (ms, signal) => {
      // What keeps the deadline sleeps until then.
      if (world.now() + ms < deadline.at) slept.push(ms);
      return clock.sleep(ms, signal);
    },
    every: () => () => {},
    now: () => clock.now() + performance.now(),
    random: () => 0.5,
    journal: { info: (line) => void journal.push(line), warn: (line) => void journal.push(line) },
    secrets,
  };
  const portal = { accountsUrl: url, deskUrl: url, orgId: credentials.orgId, ...wish.portal };
  const deadline = deadlineIn(wish.allowedMs ?? 120_000, world.now(), new AbortController().signal);
  const tokens =
    wish.accessToken === undefined
      ? refreshingTokens(() => fetchAccessToken(portal, credentials, deadline, world))
      : fixedToken(wish.accessToken);
  const { plan } = planLogs(entries, 'split');
  const recorder = addLogRecorder(portal, tokens, deadline, world);
  const { mode = 'at-least-once', concurrency = 1 } = wish;
  const terms = { mode, concurrency, deadline, traffic: new Traffic() };
  const delivery = deliver([{ portal: portalKey(portal), plan, recorder }], terms, world);
  return clock.run(delivery, () => onTheWay > 0);
}

export function logs(count: number, reference: string | null = 'run', installation?: string): Entry[] {
  return Array.from({ length: count }, (_, index) => {
    const title = `log ${index + 1}`;
    const installationId = installation ?? desk.credentials.installationId;
    return { title, description: title, installationId, ...(reference !== null && { reference }) };
  });
}

/** Each request as the desk saw it: `token 200`, `run: log 1 200`. */
export function seen(): string[] {
  return desk.requests().map(({ path, body, status }) => {
    if (path !== '/api/v1/extensionLogs') return `${path.includes('token') ? 'token' : path} ${status}`;
    const { reference = '-', title } = JSON.parse(body) as { reference?: string; title: string };
    return `${reference}: ${title} ${status}`;
  });
}

/** Each log of a report: `recorded`, or its status and reason. */
export function told({ outcomes }: Report): string[] {
  return outcomes.map((outcome) => {
    if (outcome.kind === 'recorded') return 'recorded';
    return `${outcome.mayBeRecorded ? 'perhaps' : 'not'} recorded: ${outcome.reason}`;
  });
}

export const kinds = ({ outcomes }: Report) => outcomes.map(({ kind }) => kind);
export const ok = 'recorded';
export const no = 'undelivered';
