import type { HttpRequest, HttpResult, Transport } from '../../../../shared/ports.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { DeskLog, Permit, PortalAnswer, SimulatedPortal } from './simulated-portal.ts';
import type { InvokeStyle } from './weather.ts';

type WireLog = Omit<DeskLog, 'logId'>;

/** Zoho inside the process: every portal behind one address, through both doors, on a virtual clock. */
export class SimulatedZoho implements Transport {
  readonly portals: readonly SimulatedPortal[];
  /** Every request as text, and the portal that it went to. */
  readonly requests: { readonly portal: SimulatedPortal; readonly text: string }[] = [];
  mostInFlight = 0;
  /** Requests that arrived although their signal had fired. */
  arrivedTooLate = 0;
  readonly #clock: VirtualClock;
  #inFlight = 0;

  constructor(clock: VirtualClock, portals: readonly SimulatedPortal[]) {
    this.#clock = clock;
    this.portals = portals;
  }

  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpResult> {
    if (signal.aborted) {
      this.arrivedTooLate += 1;
      return { kind: 'unreached', reason: 'it was cancelled', permanent: false };
    }
    const portal = this.#portalOf(request);
    this.requests.push({
      portal,
      text: [request.url, JSON.stringify(request.headers), request.body].join('\n'),
    });
    if (request.url.endsWith('/oauth/v2/token')) {
      const latency = portal.latency();
      return (await this.#inTime(portal.takeTokenRequest(), latency, request, signal)).result;
    }
    return this.#sendLog(request, portal, signal);
  }

  async #sendLog(request: HttpRequest, portal: SimulatedPortal, signal: AbortSignal): Promise<HttpResult> {
    this.#inFlight += 1;
    portal.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
    portal.mostInFlight = Math.max(portal.mostInFlight, portal.inFlight);
    try {
      const { log, permit } = readRequest(request);
      const latency = portal.latency();
      const { answer, dark } = portal.takeLog(log, permit);
      const wrapped = onTheWire(answer, 'securityContext' in permit ? portal.weather.invoke : undefined);
      if (dark) portal.count(log);
      const { result, arrived } = await this.#inTime(wrapped, latency, request, signal);
      if (!dark && !arrived) portal.count(log);
      return result;
    } finally {
      this.#inFlight -= 1;
      portal.inFlight -= 1;
    }
  }

  #portalOf({ url, headers, body }: HttpRequest): SimulatedPortal {
    const { searchParams } = new URL(url);
    const orgId = searchParams.get('orgId') ?? headers['orgId'];
    const refreshToken = new URLSearchParams(body).get('refresh_token');
    const portal = this.portals.find((each) => each.orgId === orgId || each.refreshToken === refreshToken);
    if (portal === undefined) throw new Error(`No portal is meant by ${url}`);
    return portal;
  }

  /** The answer after its latency; silence when the client's patience or the run ends before. */
  async #inTime(
    answer: HttpResult | 'silence' | 'throws',
    latency: number,
    { timeoutMs }: HttpRequest,
    signal: AbortSignal,
  ): Promise<{ result: HttpResult; arrived: boolean }> {
    const takes = answer === 'silence' ? Infinity : latency;
    const ended = await new Promise<'answered' | 'timed out' | 'cancelled'>((resolve) => {
      const inTime = takes < timeoutMs;
      const cancel = this.#clock.after(Math.min(takes, timeoutMs), () =>
        resolve(inTime ? 'answered' : 'timed out'),
      );
      signal.addEventListener('abort', () => {
        cancel();
        resolve('cancelled');
      });
    });
    if (ended === 'answered' && answer === 'throws') throw new Error('The transport is broken.');
    return ended === 'answered' && typeof answer === 'object'
      ? { result: answer, arrived: true }
      : { result: { kind: 'lost', reason: ended }, arrived: false };
  }
}

/** Reads a request of either door as Zoho documents it. */
function readRequest({ url, headers, body }: HttpRequest): { log: WireLog; permit: Permit } {
  if (!url.includes('/api/v1/invoke?')) {
    const accessToken = headers['authorization']?.replace('Zoho-oauthtoken ', '') ?? '';
    return { log: JSON.parse(body) as WireLog, permit: { accessToken } };
  }
  const form = new URLSearchParams(body);
  const log = JSON.parse(form.get('postBody') ?? '') as WireLog;
  return { log, permit: { securityContext: form.get('securityContext') ?? '' } };
}

function onTheWire(answer: PortalAnswer, invoke: InvokeStyle | undefined): HttpResult | 'silence' | 'throws' {
  if (answer.kind === 'way') return answer.result;
  const { status, body, retryAfter } = answer;
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  const isInner = invoke !== undefined && (status === 200 || invoke.errors === 'inner');
  if (!isInner) return { kind: 'answered', status, headers, body: JSON.stringify(body) };
  const statusMessage = invoke.message === 'text' ? JSON.stringify(body) : body;
  const response = JSON.stringify({ statusCode: status, statusMessage });
  return { kind: 'answered', status: 200, headers, body: JSON.stringify({ response }) };
}
