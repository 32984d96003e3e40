import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { startEmulator, type Emulator, type Fault, type Switches } from '../../../emulator/start-emulator.ts';
import { deadlineIn, type Deadline } from '../../../shared/retry/deadline.ts';
import { deliver, type DeliveryTerms, type PortalDelivery } from '../../../shared/delivery/deliver.ts';
import type { Report } from '../../../shared/delivery/outcome.ts';
import type { Entry } from '../../../shared/entries/entry.ts';
import { createGotTransport } from '../../../shared/got-transport.ts';
import { planLogs } from '../../../shared/grouping/plan.ts';
import { fetchAccessToken } from '../../../shared/zoho/oauth/fetch-access-token.ts';
import { addLogRecorder } from '../../../shared/zoho/add-log-recorder.ts';
import { invokeRecorder } from '../../../shared/zoho/invoke/invoke-recorder.ts';
import { fixedToken, refreshingTokens, type TokenSource } from '../../../shared/zoho/oauth/token-source.ts';
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
  desk = await startEmulator({ portals: 6 });
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

/** How a delivery differs from the usual one. */
export interface Wish extends Partial<Pick<DeliveryTerms, 'mode' | 'concurrency'>> {
  allowedMs?: number;
  /** Instead of the OAuth client. */
  accessToken?: string;
  /** The direct door by default. */
  door?: Door;
  /** The secret that calls through the vendor's door are signed with; by default the right one. */
  extensionSecret?: string;
  portal?: Partial<Portal>;
  switches?: Partial<Switches>;
  faults?: Fault[];
}

export type Door = 'oauth' | 'invoke';

/** What goes to one of the desk's portals, by its index, and through which door. */
export interface Parcel {
  readonly portal: number;
  readonly door: Door;
  readonly entries: readonly Entry[];
}

/** A delivery to the emulator's first portal; see {@link deliveredTo}. */
export async function delivered(entries: readonly Entry[], wish: Wish = {}): Promise<Report> {
  return deliveredTo([{ portal: 0, door: wish.door ?? 'oauth', entries }], wish);
}

/** A delivery to the emulator in which a sleep takes no time, but the clock goes on as if it had. */
export async function deliveredTo(parcels: readonly Parcel[], wish: Wish = {}): Promise<Report> {
  slept = [];
  journal = [];
  desk.configure(wish.switches ?? {});
  desk.fault(...(wish.faults ?? []));
  const { world, deadline, run } = worldWithoutWaiting(wish.allowedMs ?? 120_000);
  const deliveries = parcels.map(({ portal: index, door, entries }): PortalDelivery => {
    const { orgId = '' } = desk.portals[index] ?? {};
    const portal = { accountsUrl: desk.url, deskUrl: desk.url, orgId, ...wish.portal };
    const recorder =
      door === 'oauth'
        ? addLogRecorder(portal, tokensFor(index, portal, wish, deadline, world), deadline, world)
        : invokeRecorder(portal, vendorKey(wish), contextIn(index), deadline, { ...world, hmac });
    return { portal: portalKey(portal), plan: planLogs(entries, 'split').plan, recorder };
  });
  const { mode = 'at-least-once', concurrency = 1 } = wish;
  return run(deliver(deliveries, { mode, concurrency, deadline, traffic: new Traffic() }, world));
}

function worldWithoutWaiting(allowedMs: number) {
  const clock = new VirtualClock();
  const now = () => clock.now() + performance.now();
  const deadline = deadlineIn(allowedMs, now(), new AbortController().signal);
  const secrets = createSecrets();
  secrets.learn(desk.credentials.clientSecret);
  secrets.learn(desk.credentials.extensionSecret);
  let onTheWay = 0;
  const world: World = {
    transport: {
      async send(request, signal) {
        onTheWay += 1;
        return transport.send(request, signal).finally(() => (onTheWay -= 1));
      },
    },
    sleep: (ms, signal) => {
      // What keeps the deadline sleeps until then.
      if (now() + ms < deadline.at) slept.push(ms);
      return clock.sleep(ms, signal);
    },
    every: () => () => {},
    now,
    random: () => 0.5,
    journal: { info: (line) => void journal.push(line), warn: (line) => void journal.push(line) },
    secrets,
  };
  const run = <T>(delivery: Promise<T>) => clock.run(delivery, () => onTheWay > 0);
  return { world, deadline, run };
}

function tokensFor(
  index: number,
  portal: Portal,
  { accessToken }: Wish,
  deadline: Deadline,
  world: World,
): TokenSource {
  if (accessToken !== undefined) return fixedToken(accessToken);
  const { refreshToken = '' } = desk.portals[index] ?? {};
  const client = { ...desk.credentials, refreshToken };
  return refreshingTokens(() => fetchAccessToken(portal, client, deadline, world));
}

function vendorKey({ extensionSecret = desk.credentials.extensionSecret }: Wish) {
  return { extensionSecret, connectionLinkName: desk.credentials.connectionLinkName };
}

function contextIn(index: number): (installationId: string) => string {
  const { installations = [] } = desk.portals[index] ?? {};
  return (wanted) =>
    installations.find(({ installationId }) => installationId === wanted)?.securityContext ?? 'unknown';
}

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');

/** Logs of one group, for the first installation of the desk's first portal unless another is named. */
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
    if (path.includes('token')) return `token ${status}`;
    const text = path.includes('/invoke') ? (new URLSearchParams(body).get('postBody') ?? '') : body;
    const { reference = '-', title } = JSON.parse(text) as { reference?: string; title: string };
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
