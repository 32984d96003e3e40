import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/start-emulator.ts';

/** What a test looks at in an answer. */
export interface Heard {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
}

/** One emulator for the tests of a file; each test finds it reset and with its first switches. */
export function emulatorForEachTest(options: EmulatorOptions = {}): () => Emulator {
  let emulator: Emulator;
  let first: object;
  beforeAll(async () => {
    emulator = await startEmulator(options);
    first = { ...((await control(emulator, 'state')).body['switches'] as object) };
  });
  beforeEach(() => {
    emulator.configure(first);
    emulator.reset();
  });
  afterAll(() => emulator.close());
  return () => emulator;
}

/** Sends any request and reads its answer to the end. */
export async function send(url: string, init: RequestInit = {}): Promise<Heard> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

/** Posts one log as a well-behaved client does; fields and headers given override the usual ones. */
export function postLog(
  emulator: Emulator,
  fields: Record<string, unknown> = {},
  headers: Record<string, string> = {},
  init: RequestInit = {},
): Promise<Heard> {
  const log = {
    title: 'Built',
    description: 'In 3 s',
    installationId: emulator.credentials.installationId,
    ...fields,
  };
  return send(`${emulator.url}/api/v1/extensionLogs`, {
    method: 'POST',
    headers: {
      authorization: `Zoho-oauthtoken ${emulator.issueAccessToken()}`,
      orgId: emulator.credentials.orgId,
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(log),
    ...init,
  });
}

/** The fields of an Invoke call for one log, as a vendor's server sends them to this portal. */
export function invokeFields(
  emulator: Emulator,
  log: Record<string, unknown> = {},
  portal = emulator.portals[0],
): Record<string, string> {
  const [installation] = portal?.installations ?? [];
  const { installationId = '', securityContext = '' } = installation ?? {};
  const { connectionLinkName } = emulator.credentials;
  return {
    securityContext,
    requestURL: `${emulator.url}/api/v1/extensionLogs`,
    requestType: 'POST',
    postBody: JSON.stringify({ title: 'Built', description: 'In 3 s', installationId, ...log }),
    headers: JSON.stringify({ orgId: portal?.orgId, 'Content-Type': 'application/json' }),
    connectionLinkName,
  };
}

/** Sends such fields with their HASH, or with the one given. */
export function invoke(
  emulator: Emulator,
  fields: Record<string, string> = invokeFields(emulator),
  {
    orgId = emulator.credentials.orgId,
    hash = hashOf(fields, emulator.credentials.extensionSecret),
    signal = null,
  }: { orgId?: string; hash?: string; signal?: AbortSignal | null } = {},
): Promise<Heard> {
  return send(`${emulator.url}/api/v1/invoke?orgId=${orgId}`, {
    method: 'POST',
    headers: { HASH: hash },
    body: new URLSearchParams(fields),
    signal,
  });
}

/** What stands inside an answer of the Invoke API, its `statusMessage` read as JSON where it is text. */
export function innerOf({ body }: Heard): { statusCode?: number; statusMessage: Record<string, unknown> } {
  const inner = JSON.parse(String(body['response'])) as { statusCode?: number; statusMessage: unknown };
  const { statusMessage } = inner;
  const message: unknown = typeof statusMessage === 'string' ? JSON.parse(statusMessage) : statusMessage;
  return { ...inner, statusMessage: message as Record<string, unknown> };
}

function hashOf(fields: Record<string, string>, secret: string): string {
  const names = ['requestURL', 'requestType', 'queryParams', 'postBody', 'headers', 'connectionLinkName'];
  const pairs = names.filter((name) => fields[name]).map((name) => `${name}=${fields[name]}`);
  return createHmac('sha256', secret).update(pairs.join('&'), 'utf8').digest('hex');
}

/** Posts so many logs of one reference, one after another. */
export async function postLogs(emulator: Emulator, reference: string, count: number): Promise<Heard[]> {
  const heard: Heard[] = [];
  for (let at = 1; at <= count; at += 1)
    heard.push(await postLog(emulator, { reference, title: `Step ${at}` }));
  return heard;
}

/** Asks the token endpoint with the right client and refresh token; null leaves a field out. */
export function askToken(
  emulator: Emulator,
  fields: Record<string, string | null> = {},
  headers: Record<string, string> = {},
): Promise<Heard> {
  const { clientId, clientSecret, refreshToken } = emulator.credentials;
  const form = {
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
    ...fields,
  };
  const given = Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== null);
  return send(`${emulator.url}/oauth/v2/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(given),
  });
}

/** A control route: GET without a body, POST with one. */
export function control(
  emulator: Emulator,
  name: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Heard> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  return send(`${emulator.url}/__emulator/${name}`, { ...init, headers });
}

/** What a promise of `fetch` fails with, as the network error's code. */
export async function networkError(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    const { cause, name } = error as Error & { cause?: { code?: string } };
    return cause?.code ?? name;
  }
  return 'none';
}

/** Waits until a condition holds; fails when it does not in fifteen seconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Waited too long for ${String(condition)}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
