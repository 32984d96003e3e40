import type { ServerResponse } from 'node:http';
import { BadInput } from '../bad-input.ts';
import { type Desk, resetDesk } from '../desk/desk.ts';
import { checkSwitches, type Switches } from '../desk/switches.ts';
import { checkFaults } from '../faults/fault-input.ts';
import { TOKEN_LIFETIME_S } from '../oauth/access-tokens.ts';
import { checkTokenOptions } from '../oauth/token-options.ts';
import { LOG_SCOPE } from '../portals/credentials.ts';
import { installationLines } from '../portals/installation-list.ts';
import { type Answer, json, jsonLines } from './answers.ts';
import { isCrossOrigin } from './loopback.ts';
import type { Request } from './request.ts';
import { sendAnswer } from './send-answer.ts';

/** Answers `/__emulator/…`, which the real service does not have. A page of another origin may not write. */
export function answerControl(request: Request, response: ServerResponse, desk: Desk): void {
  const name = request.url.pathname.slice('/__emulator/'.length);
  if (request.method === 'GET' && name === 'events') desk.pageEvents.join(response);
  else sendAnswer(controlAnswer(name, request, desk), response);
}

function controlAnswer(name: string, request: Request, desk: Desk): Answer {
  if (request.method === 'GET' && name === 'state') return json(200, stateOf(desk));
  if (request.method === 'GET' && name === 'portals') return json(200, portalsOf(desk));
  if (request.method === 'GET' && name === 'installations.jsonl')
    return jsonLines(installationLines(desk.portals.all()));
  const write = Object.hasOwn(WRITES, name) ? WRITES[name] : undefined;
  if (write === undefined)
    return json(404, {
      message: `No such route. GET: state, events, portals, installations.jsonl. POST: ${Object.keys(WRITES).join(', ')}.`,
    });
  if (request.method !== 'POST') return json(405, { message: `POST to ${name}.` }, { allow: 'POST' });
  if (isCrossOrigin(request.headers)) return json(403, { message: 'Not from a page of another origin.' });
  try {
    return json(200, write(desk, bodyOf(request)));
  } catch (error) {
    if (error instanceof BadInput) return json(400, { message: error.message });
    throw error;
  }
}

const WRITES: Record<string, (desk: Desk, body: unknown) => object> = {
  switches: (desk, body) => configure(desk, body),
  faults: (desk, body) => {
    desk.faults.add(checkFaults(body));
    return desk.faults.waiting();
  },
  portals: (desk, body) => {
    const { orgId, ...settings } = fieldsOf(body);
    configurePortal(desk, orgId, settings);
    return portalsOf(desk);
  },
  clock: (desk, body) => {
    advanceClock(desk, fieldsOf(body)['advanceMs']);
    return { now: new Date(desk.clock.now()).toISOString() };
  },
  reset: (desk) => {
    resetDesk(desk);
    return stateOf(desk);
  },
  'access-tokens': (desk, body) => ({ accessToken: issueAccessToken(desk, body ?? {}) }),
  'access-tokens/revoke': (desk) => {
    desk.accessTokens.revokeAll();
    return {};
  },
};

/** Sets switches after checking them, and answers all switches. */
export function configure(desk: Desk, switches: unknown): Switches {
  Object.assign(desk.switches, checkSwitches(switches));
  return desk.switches;
}

/** Changes one portal's settings after checking them, and lets the pages know. */
export function configurePortal(desk: Desk, orgId: unknown, settings: unknown): void {
  desk.portals.configure(orgId, settings);
  desk.pageEvents.tell('change', {});
}

/** Moves the clock forward and lets the pages know. */
export function advanceClock(desk: Desk, ms: unknown): void {
  if (typeof ms !== 'number') throw new BadInput('Give {"advanceMs": <milliseconds>}.');
  desk.clock.advance(ms);
  desk.pageEvents.tell('change', {});
}

/** A valid access token, after checking what it may differ in, without the token endpoint and its throttle. */
export function issueAccessToken(desk: Desk, options: unknown): string {
  const {
    scopes = [LOG_SCOPE],
    orgId = desk.credentials.orgId,
    expiresInSeconds = TOKEN_LIFETIME_S,
  } = checkTokenOptions(options);
  return desk.accessTokens.issue({ scopes, orgId, expiresAt: desk.clock.now() + expiresInSeconds * 1000 });
}

function stateOf(desk: Desk): object {
  return {
    url: desk.url,
    now: new Date(desk.clock.now()).toISOString(),
    switches: desk.switches,
    credentials: desk.credentials,
    faults: desk.faults.waiting(),
    mostInFlight: desk.inFlight.most(),
    logs: desk.logs.all(),
    requests: desk.requests,
  };
}

function portalsOf(desk: Desk): object[] {
  return desk.portals.all().map(({ orgId, name, installations, refreshToken, settings }) => ({
    orgId,
    name,
    installations,
    refreshToken,
    settings,
  }));
}

function fieldsOf(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

function bodyOf(request: Request): unknown {
  if (request.body === '') return null;
  try {
    return JSON.parse(request.body ?? '') as unknown;
  } catch {
    throw new BadInput('The body is not JSON.');
  }
}
