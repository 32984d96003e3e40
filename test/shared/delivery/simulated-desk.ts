import type { HttpRequest, HttpResult, Transport } from '../../../shared/ports.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What happens to one request for a log. `records` says whether Desk has the log although nobody hears of it. */
export type LogFault =
  | { readonly kind: 'none' | 'unreached' | 'revoked' | 'titleRefused' }
  | {
      readonly kind: 'lost' | 'stalled' | 'unreadable' | '500' | '502' | '503' | '504';
      readonly records: boolean;
    }
  | { readonly kind: '429' | '503later'; readonly retryAfter: number | undefined };

/** What happens to one request for a token. */
export type TokenFault =
  'none' | 'unreached' | 'lost' | 'stalled' | '500' | '503later' | 'throttled' | 'revoked';

/** All that goes wrong in one delivery; requests meet the faults in order of arrival. */
export interface Weather {
  readonly logFaults: readonly LogFault[];
  readonly tokenFaults: readonly TokenFault[];
  /** Milliseconds that the answers take, one after another, over and over. */
  readonly latencies: readonly number[];
  /** How an installation is refused: `installation-1` is, where this is set. */
  readonly refusedInstallation: 403 | 404 | 422 | undefined;
  /** Logs that others put under a reference before we came, by wire reference. */
  readonly foreign: Readonly<Record<string, number>>;
  readonly creditsLeft: number;
  readonly tokenLifetimeMs: number;
  /** Whether the eleventh log of a reference is refused or opens a new group: nobody knows. */
  readonly overflow: 'error' | 'newParent';
}

export const FAIR: Weather = {
  logFaults: [],
  tokenFaults: [],
  latencies: [1],
  refusedInstallation: undefined,
  foreign: {},
  creditsLeft: Infinity,
  tokenLifetimeMs: Infinity,
  overflow: 'error',
};

export interface DeskLog {
  readonly logId: string;
  readonly title: string;
  readonly installationId: string;
  readonly reference: string | undefined;
}

/** A Zoho Desk inside the process, on a virtual clock, that remembers what the client cannot know. */
export class SimulatedDesk implements Transport {
  weather: Weather;
  /** What Desk has of ours, in the order recorded, copies included. */
  readonly logs: DeskLog[] = [];
  /** By installation and wire reference: attempts that Desk recorded, or may have as far as we can know. */
  readonly attemptsThatCount = new Map<string, number>();
  mostInFlight = 0;
  /** Log and token requests that arrived although their signal had fired. */
  arrivedTooLate = 0;
  readonly #clock: VirtualClock;
  readonly #tokens = new Map<string, number>();
  #inFlight = 0;
  #logRequests = 0;
  #tokenRequests = 0;
  #nextId = 400000000004567001n;

  constructor(clock: VirtualClock, weather: Weather) {
    this.#clock = clock;
    this.weather = weather;
  }

  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpResult> {
    if (signal.aborted) {
      this.arrivedTooLate += 1;
      return { kind: 'unreached', reason: 'it was cancelled', permanent: false };
    }
    if (request.url.endsWith('/oauth/v2/token')) return this.#tokenAnswer(request, signal);
    this.#inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
    const log = JSON.parse(request.body) as DeskLog;
    const answer = this.#logAnswer(log, request);
    const result = await this.#inTime(answer, this.#logRequests, request, signal);
    const mayCount = result.kind === 'lost' || (result.kind === 'answered' && isNoRefusal(result));
    const key = placeKey(log);
    if (mayCount) this.attemptsThatCount.set(key, (this.attemptsThatCount.get(key) ?? 0) + 1);
    this.#inFlight -= 1;
    return result;
  }

  /** How many logs, copies and those of others included, stand under one reference. */
  standing(log: Pick<DeskLog, 'installationId' | 'reference'>): number {
    const ours = this.logs.filter((other) => placeKey(other) === placeKey(log)).length;
    return ours + (this.weather.foreign[log.reference ?? ''] ?? 0);
  }

  #logAnswer(log: DeskLog, { headers }: HttpRequest): HttpResult | 'silence' {
    const { logFaults, refusedInstallation, creditsLeft, overflow } = this.weather;
    const fault = logFaults[this.#logRequests] ?? { kind: 'none' };
    this.#logRequests += 1;
    if (fault.kind === 'unreached') return { kind: 'unreached', reason: 'no route', permanent: false };
    if (fault.kind === 'revoked') this.#tokens.clear();
    const goodUntil = this.#tokens.get(headers['authorization']?.replace('Zoho-oauthtoken ', '') ?? '');
    if (goodUntil === undefined || this.#clock.now() >= goodUntil) return error(401, 'INVALID_OAUTH');
    if (log.installationId === 'installation-1' && refusedInstallation !== undefined)
      return error(refusedInstallation, 'NO_SUCH_INSTALLATION', {}, '/installationId');
    if (this.#logRequests > creditsLeft) return error(429, 'THRESHOLD_EXCEEDED', { 'retry-after': '3600' });
    if (fault.kind === '429' || fault.kind === '503later') {
      const retryAfter = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
      return error(fault.kind === '429' ? 429 : 503, 'BUSY', retryAfter);
    }
    if (fault.kind === 'titleRefused') return error(422, 'INVALID_DATA', {}, '/title');
    if (log.reference !== undefined && overflow === 'error' && this.standing(log) >= 10)
      return error(422, 'INVALID_DATA', {}, '/reference');
    return 'records' in fault ? this.#ambiguous(fault, log) : this.#record(log);
  }

  #ambiguous(fault: Extract<LogFault, { readonly records: boolean }>, log: DeskLog): HttpResult | 'silence' {
    if (fault.records) this.#record(log);
    switch (fault.kind) {
      case 'lost':
        return { kind: 'lost', reason: 'the connection was reset' };
      case 'stalled':
        return 'silence';
      case 'unreadable':
        return { kind: 'answered', status: 200, headers: {}, body: '{"logId":"4' };
      case '500':
      case '502':
      case '503':
      case '504':
        return { kind: 'answered', status: Number(fault.kind), headers: {}, body: '<html>Sorry</html>' };
    }
  }

  #record({ title, installationId, reference }: DeskLog): HttpResult {
    const logId = String((this.#nextId += 3n));
    this.logs.push({ logId, title, installationId, reference });
    return { kind: 'answered', status: 200, headers: {}, body: JSON.stringify({ logId, title }) };
  }

  async #tokenAnswer(request: HttpRequest, signal: AbortSignal): Promise<HttpResult> {
    const fault = this.weather.tokenFaults[this.#tokenRequests] ?? 'none';
    this.#tokenRequests += 1;
    const token = `1000.token-number-${this.#tokenRequests}.of-the-desk`;
    const answers: Record<TokenFault, () => HttpResult | 'silence'> = {
      none: () => {
        this.#tokens.set(token, this.#clock.now() + this.weather.tokenLifetimeMs);
        const body = JSON.stringify({ access_token: token, expires_in: 3600, token_type: 'Bearer' });
        return { kind: 'answered', status: 200, headers: {}, body };
      },
      unreached: () => ({ kind: 'unreached', reason: 'no name', permanent: false }),
      lost: () => ({ kind: 'lost', reason: 'the connection was reset' }),
      stalled: () => 'silence',
      '500': () => error(500, 'INTERNAL_SERVER_ERROR'),
      '503later': () => error(503, 'BUSY', { 'retry-after': '2' }),
      throttled: () => ({
        kind: 'answered',
        status: 400,
        headers: {},
        body: '{"error":"Access Denied","status":"failure"}',
      }),
      revoked: () => ({ kind: 'answered', status: 200, headers: {}, body: '{"error":"invalid_code"}' }),
    };
    return this.#inTime(answers[fault](), this.#tokenRequests, request, signal);
  }

  /** The answer after its latency; nothing but silence when the client's patience or the run ends before. */
  #inTime(
    answer: HttpResult | 'silence',
    index: number,
    { timeoutMs }: HttpRequest,
    signal: AbortSignal,
  ): Promise<HttpResult> {
    const { latencies } = this.weather;
    const latency = answer === 'silence' ? Infinity : (latencies[index % latencies.length] ?? 1);
    return new Promise((resolve) => {
      const result: HttpResult =
        answer !== 'silence' && latency < timeoutMs ? answer : { kind: 'lost', reason: 'no answer in time' };
      const cancel = this.#clock.after(Math.min(latency, timeoutMs), () => resolve(result));
      signal.addEventListener('abort', () => {
        cancel();
        resolve({ kind: 'lost', reason: 'the request was cancelled' });
      });
    });
  }
}

/** One key for what Desk groups. */
export function placeKey({
  installationId,
  reference,
}: Pick<DeskLog, 'installationId' | 'reference'>): string {
  return JSON.stringify([installationId, reference]);
}

function isNoRefusal({ status, headers }: Extract<HttpResult, { kind: 'answered' }>): boolean {
  return status < 300 || (status >= 500 && headers['retry-after'] === undefined);
}

function error(
  status: number,
  errorCode: string,
  headers: Record<string, string> = {},
  fieldName?: string,
): HttpResult {
  const errors =
    fieldName === undefined ? undefined : [{ fieldName, errorType: 'invalid', errorMessage: '' }];
  const body = JSON.stringify({ errorCode, message: 'So it is.', errors });
  return { kind: 'answered', status, headers, body };
}
