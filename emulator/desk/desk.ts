import { AccessTokens } from '../oauth/access-tokens.ts';
import type { Clock } from './clock.ts';
import type { Credentials } from '../portals/credentials.ts';
import { FaultQueue } from '../faults/fault-queue.ts';
import { InFlight } from '../portals/in-flight.ts';
import { Limits } from '../portals/portal-limits.ts';
import { LogStore } from '../logs/log-store.ts';
import { RefreshTokens } from '../oauth/refresh-tokens.ts';
import type { SeenRequest } from '../http/request.ts';
import type { Switches } from './switches.ts';
import { Witnesses } from '../page/page-events.ts';

/** Everything one running emulator knows. The routes share it; nothing else is kept anywhere. */
export interface Desk {
  /** Origin of the emulator, known once it listens. */
  url: string;
  readonly clock: Clock;
  readonly credentials: Credentials;
  readonly switches: Switches;
  readonly accessTokens: AccessTokens;
  readonly refreshTokens: RefreshTokens;
  readonly logs: LogStore;
  readonly limits: Limits;
  readonly faults: FaultQueue;
  /** Extension-log requests that are being handled, refused ones included. */
  readonly inFlight: InFlight;
  readonly requests: SeenRequest[];
  readonly witnesses: Witnesses;
}

/** A desk without logs that serves one portal. */
export function newDesk(clock: Clock, credentials: Credentials, switches: Switches): Desk {
  return {
    url: '',
    clock,
    credentials,
    switches,
    accessTokens: new AccessTokens(),
    refreshTokens: new RefreshTokens(credentials),
    logs: new LogStore(),
    limits: new Limits(),
    faults: new FaultQueue(),
    inFlight: new InFlight(),
    requests: [],
    witnesses: new Witnesses(),
  };
}

/** Forgets logs, requests, faults, tokens and the moved clock; switches stay. */
export function resetDesk(desk: Desk): void {
  desk.logs.clear();
  desk.requests.length = 0;
  desk.faults.clear();
  desk.accessTokens.revokeAll();
  desk.refreshTokens.reset();
  desk.clock.reset();
  desk.limits.reset();
  desk.inFlight.reset();
  desk.witnesses.tell('change', {});
}
