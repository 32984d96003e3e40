import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BadInput } from './bad-input.ts';
import { Clock } from './desk/clock.ts';
import { type Desk, newDesk, resetDesk } from './desk/desk.ts';
import { initialSwitches, type Switches } from './desk/switches.ts';
import { checkFaults } from './faults/fault-input.ts';
import type { Fault } from './faults/fault-kinds.ts';
import { advanceClock, configure, configurePortal, issueAccessToken } from './http/control-routes.ts';
import { isLoopback } from './http/loopback.ts';
import type { SeenRequest } from './http/request.ts';
import { route } from './http/routes.ts';
import type { RecordedLog } from './logs/log-store.ts';
import type { TokenOptions } from './oauth/token-options.ts';
import { type Credentials, LOCAL_CREDENTIALS } from './portals/credentials.ts';
import type { Portal, PortalSettings } from './portals/portal.ts';

export type { Credentials } from './portals/credentials.ts';
export type { Installation, PortalSettings } from './portals/portal.ts';
export type { Fault, FaultKind } from './faults/fault-kinds.ts';
export type { RecordedLog } from './logs/log-store.ts';
export type { SeenRequest } from './http/request.ts';
export type { Switches } from './desk/switches.ts';

/** A running local Zoho Desk and its controls. */
export interface Emulator {
  /** Origin that serves accounts, desk and page at once. */
  url: string;
  credentials: Credentials;
  /** The portals that it serves; the first is that of the credentials. */
  portals: readonly EmulatedPortal[];
  /** Every log the desk recorded, in order, ignoring expiry. */
  logs(): RecordedLog[];
  /** Every request on /oauth/v2/token and /api/v1/*, in order of arrival. */
  requests(): SeenRequest[];
  /** A valid access token, past the throttle; by default for the portal, *Add a Log* and an hour. */
  issueAccessToken(options?: TokenOptions): string;
  /** Every access token issued so far answers 401 INVALID_OAUTH from now on. */
  revokeAccessTokens(): void;
  configure(switches: Partial<Switches>): void;
  /** Puts faults in line; a request meets the first that fits it. */
  fault(...faults: Fault[]): void;
  advanceClock(ms: number): void;
  /** Changes one portal: its limits, its latency, whether it answers, whether the extension is installed. */
  configurePortal(orgId: string, settings: Partial<PortalSettings>): void;
  /** Highest number of log requests being handled at once, for all portals or for one. */
  mostInFlight(orgId?: string): number;
  /** Forgets logs, requests, faults, tokens, the portals' settings and the moved clock; switches stay. */
  reset(): void;
  /** Ends all connections and the server. */
  close(): Promise<void>;
}

/** What names one portal to each door. */
export type EmulatedPortal = Readonly<Pick<Portal, 'orgId' | 'name' | 'installations' | 'refreshToken'>>;

/** What an emulator may differ in; the port is any free one by default, the host loopback only. */
export interface EmulatorOptions {
  port?: number;
  host?: string;
  credentials?: Partial<Credentials>;
  switches?: Partial<Switches>;
  /** How many portals it serves; one by default. */
  portals?: number;
}

/** Starts a local Zoho Desk. Rejects with a `BadInput` for bad options and with Node's error for a taken port. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, host = '127.0.0.1' } = options;
  if (!isLoopback(host === '::1' ? '[::1]' : host))
    throw new BadInput(`The emulator listens on loopback only: 127.0.0.1, ::1 or localhost, not ${host}.`);
  const credentials = { ...LOCAL_CREDENTIALS, ...options.credentials };
  const desk = newDesk(new Clock(), credentials, initialSwitches(), options.portals ?? 1);
  configure(desk, options.switches ?? {});
  const server = await listen(desk, port, host);
  const hostInUrl = host === '::1' ? '[::1]' : host;
  desk.url = `http://${hostInUrl}:${(server.address() as AddressInfo).port}`;
  return controlsOf(desk, server);
}

function listen(desk: Desk, port: number, host: string): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
    route(message, response, desk).catch((error: unknown) => {
      // A client may go away while it sends. Anything else is a bug and must not be swallowed.
      if (!message.destroyed || message.complete) throw error;
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

function controlsOf(desk: Desk, server: Server): Emulator {
  return {
    url: desk.url,
    credentials: desk.credentials,
    portals: desk.portals
      .all()
      .map(({ orgId, name, installations, refreshToken }) => ({ orgId, name, installations, refreshToken })),
    logs: () => structuredClone(desk.logs.all()),
    requests: () => structuredClone(desk.requests),
    issueAccessToken: (options = {}) => issueAccessToken(desk, options),
    revokeAccessTokens: () => desk.accessTokens.revokeAll(),
    configure: (switches) => void configure(desk, switches),
    fault: (...faults) => desk.faults.add(checkFaults(faults)),
    advanceClock: (ms) => advanceClock(desk, ms),
    configurePortal: (orgId, settings) => configurePortal(desk, orgId, settings),
    mostInFlight: (orgId) => mostInFlight(desk, orgId),
    reset: () => resetDesk(desk),
    close: () => close(server),
  };
}

function mostInFlight(desk: Desk, orgId: string | undefined): number {
  return orgId === undefined ? desk.inFlight.most() : (desk.portals.withOrgId(orgId)?.inFlight.most() ?? 0);
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
