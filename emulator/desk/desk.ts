import { FaultQueue } from '../faults/fault-queue.ts';
import type { SeenRequest } from '../http/request.ts';
import { LogStore } from '../logs/log-store.ts';
import { AccessTokens } from '../oauth/access-tokens.ts';
import { RefreshTokens } from '../oauth/refresh-tokens.ts';
import { PageEvents } from '../page/page-events.ts';
import type { Credentials } from '../portals/credentials.ts';
import { InFlight } from '../portals/in-flight.ts';
import { Portals } from '../portals/portals.ts';
import type { Clock } from './clock.ts';
import type { Switches } from './switches.ts';

/** Everything one running emulator knows. The routes share it; nothing else is kept anywhere. */
export interface Desk {
  /** Origin of the emulator, known once it listens. */
  url: string;
  readonly clock: Clock;
  readonly credentials: Credentials;
  readonly switches: Switches;
  readonly portals: Portals;
  readonly accessTokens: AccessTokens;
  readonly refreshTokens: RefreshTokens;
  readonly logs: LogStore;
  readonly faults: FaultQueue;
  /** Log requests to any portal that are being handled, refused ones included. */
  readonly inFlight: InFlight;
  readonly requests: SeenRequest[];
  readonly pageEvents: PageEvents;
}

/** A desk without logs that serves so many portals. Throws a `BadInput` for a number that it cannot serve. */
export function newDesk(clock: Clock, credentials: Credentials, switches: Switches, portals: number): Desk {
  const served = new Portals(credentials, portals);
  return {
    url: '',
    clock,
    credentials,
    switches,
    portals: served,
    accessTokens: new AccessTokens(),
    refreshTokens: new RefreshTokens(credentials, served),
    logs: new LogStore(),
    faults: new FaultQueue(),
    inFlight: new InFlight(),
    requests: [],
    pageEvents: new PageEvents(),
  };
}

/** Forgets logs, requests, faults, tokens, the portals' settings and the moved clock; switches stay. */
export function resetDesk(desk: Desk): void {
  desk.logs.clear();
  desk.requests.length = 0;
  desk.faults.clear();
  desk.accessTokens.revokeAll();
  desk.refreshTokens.reset();
  desk.clock.reset();
  desk.portals.reset();
  desk.inFlight.reset();
  desk.pageEvents.tell('change', {});
}
