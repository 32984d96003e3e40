import type { HttpResult } from '../../../../shared/ports.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import { DARK_FAULTS, type LogFault, type TokenFault, type Weather } from './weather.ts';

/** A log as Desk keeps it. */
export interface DeskLog {
  readonly logId: string;
  readonly title: string;
  readonly installationId: string;
  readonly reference: string | undefined;
}

/** What a portal makes of a request: an answer of Desk's own, or what happens on the way instead. */
export type PortalAnswer =
  | { readonly kind: 'desk'; readonly status: number; readonly body: object; readonly retryAfter?: number }
  | { readonly kind: 'way'; readonly result: HttpResult | 'silence' | 'throws' };

/** How a request shows that it may log. */
export type Permit = { readonly accessToken: string } | { readonly securityContext: string };

const isDark = ({ kind }: LogFault) => (DARK_FAULTS as readonly string[]).includes(kind);

/** One portal of a Zoho Desk inside the process. It knows what it recorded, and what the client cannot know. */
export class SimulatedPortal {
  readonly number: number;
  weather: Weather;
  /** What Desk has of ours, in the order recorded, copies included. */
  readonly logs: DeskLog[] = [];
  /** By installation and wire reference: logs recorded, and requests whose end the client cannot know. */
  readonly possibleLogs = new Map<string, number>();
  inFlight = 0;
  mostInFlight = 0;
  /** When it recorded its last log. */
  lastRecordedAt = 0;
  readonly #clock: VirtualClock;
  readonly #tokens = new Map<string, number>();
  #logRequests = 0;
  #tokenRequests = 0;

  constructor(number: number, clock: VirtualClock, weather: Weather) {
    this.number = number;
    this.#clock = clock;
    this.weather = weather;
  }

  /** Begins every value that belongs to this portal alone. */
  get mark(): string {
    return `portal-${String(this.number).padStart(4, '0')}-`;
  }
  get orgId(): string {
    return `7${String(this.number).padStart(4, '0')}00000`;
  }
  installationId(index: number): string {
    return `${this.mark}installation-${index}`;
  }
  securityContext(installationId: string): string {
    return `${installationId}/context&of=it`;
  }
  get refreshToken(): string {
    return `1000.${this.mark}refresh-token`;
  }

  /** Milliseconds that the next answer takes. */
  latency(): number {
    const { latencies } = this.weather;
    return latencies[(this.#logRequests + this.#tokenRequests) % latencies.length] ?? 1;
  }

  /** Counts a request that the client cannot know the end of, or that was recorded. */
  count(log: Pick<DeskLog, 'installationId' | 'reference'>): void {
    const key = wireKey(log);
    this.possibleLogs.set(key, (this.possibleLogs.get(key) ?? 0) + 1);
  }

  /** Takes one log request; `dark` says that the client cannot know what came of it, whatever the answer. */
  takeLog(log: Omit<DeskLog, 'logId'>, permit: Permit): { answer: PortalAnswer; dark: boolean } {
    const fault = this.weather.logFaults[this.#logRequests] ?? { kind: 'none' };
    this.#logRequests += 1;
    const before = this.logs.length;
    const answer = this.#answer(log, permit, fault);
    return { answer, dark: this.logs.length > before || (isDark(fault) && answer.kind === 'way') };
  }

  #answer(log: Omit<DeskLog, 'logId'>, permit: Permit, fault: LogFault): PortalAnswer {
    const { refusedInstallation, creditsLeft, concurrentCalls, overflow } = this.weather;
    if (fault.kind === 'unreached') return way({ kind: 'unreached', reason: 'no route', permanent: false });
    if (fault.kind === 'tokenRevoked') this.#tokens.clear();
    const unpermitted = this.#refusalOf(permit, log);
    if (unpermitted !== undefined) return unpermitted;
    if (log.installationId === this.installationId(1) && refusedInstallation !== undefined)
      return refusal(refusedInstallation, 'NO_SUCH_INSTALLATION', { fieldName: '/installationId' });
    if (this.#logRequests > creditsLeft) return refusal(429, 'THRESHOLD_EXCEEDED', { retryAfter: 3_600 });
    if (this.inFlight > concurrentCalls) return refusal(429, 'TOO_MANY_REQUESTS');
    if (fault.kind === '429' || fault.kind === '503later') {
      const status = fault.kind === '429' ? 429 : 503;
      return refusal(status, 'BUSY', fault.retryAfter === undefined ? {} : { retryAfter: fault.retryAfter });
    }
    if (fault.kind === 'titleRefused') return refusal(422, 'INVALID_DATA', { fieldName: '/title' });
    if (log.reference !== undefined && overflow === 'error' && this.#standing(log) >= 10)
      return refusal(422, 'INVALID_DATA', { fieldName: '/reference' });
    return 'records' in fault ? this.#inTheDark(fault, log) : this.#record(log);
  }

  #refusalOf(permit: Permit, { installationId }: Omit<DeskLog, 'logId'>): PortalAnswer | undefined {
    if ('accessToken' in permit) {
      const goodUntil = this.#tokens.get(permit.accessToken);
      const isGood = goodUntil !== undefined && this.#clock.now() < goodUntil;
      return isGood ? undefined : refusal(401, 'INVALID_OAUTH');
    }
    const isGood =
      permit.securityContext === this.securityContext(installationId) &&
      this.#logRequests <= this.weather.contextsLast;
    if (isGood) return undefined;
    const { badContext } = this.weather.invoke;
    return refusal(badContext, 'FORBIDDEN', { message: `Not valid: ${permit.securityContext}` });
  }

  /** How many logs, copies and those of others included, stand under one reference. */
  #standing(log: Omit<DeskLog, 'logId'>): number {
    const ours = this.logs.filter((other) => wireKey(other) === wireKey(log)).length;
    return ours + (this.weather.byOthers[log.reference ?? ''] ?? 0);
  }

  #inTheDark(
    fault: Extract<LogFault, { readonly records: boolean }>,
    log: Omit<DeskLog, 'logId'>,
  ): PortalAnswer {
    if (fault.records) this.#record(log);
    switch (fault.kind) {
      case 'lost':
        return way({ kind: 'lost', reason: 'the connection was reset' });
      case 'stalled':
        return way('silence');
      case 'throws':
        return way('throws');
      case 'unreadable':
        return way({ kind: 'answered', status: 200, headers: {}, body: '{"logId":"4' });
      case '500':
      case '502':
      case '503':
      case '504':
        return way({ kind: 'answered', status: Number(fault.kind), headers: {}, body: '<html>Sorry</html>' });
    }
  }

  #record({ title, installationId, reference }: Omit<DeskLog, 'logId'>): PortalAnswer {
    const logId = `4${String(this.number).padStart(4, '0')}${String(this.logs.length).padStart(13, '0')}`;
    this.logs.push({ logId, title, installationId, reference });
    this.lastRecordedAt = this.#clock.now();
    return { kind: 'desk', status: 200, body: { logId, title } };
  }

  /** Answers one request for an access token. */
  takeTokenRequest(): HttpResult | 'silence' {
    const fault = this.weather.tokenFaults[this.#tokenRequests] ?? 'none';
    this.#tokenRequests += 1;
    const token = `1000.${this.mark}token-${this.#tokenRequests}`;
    const answered = (status: number, body: object, headers = {}) =>
      ({ kind: 'answered', status, headers, body: JSON.stringify(body) }) as const;
    const answers: Record<TokenFault, () => HttpResult | 'silence'> = {
      none: () => {
        this.#tokens.set(token, this.#clock.now() + this.weather.tokenLifetimeMs);
        return answered(200, { access_token: token, expires_in: 3600, token_type: 'Bearer' });
      },
      unreached: () => ({ kind: 'unreached', reason: 'no name', permanent: false }),
      lost: () => ({ kind: 'lost', reason: 'the connection was reset' }),
      stalled: () => 'silence',
      '500': () => answered(500, { errorCode: 'INTERNAL_SERVER_ERROR' }),
      '503later': () => answered(503, {}, { 'retry-after': '2' }),
      throttled: () => answered(400, { error: 'Access Denied', status: 'failure' }),
      revoked: () => answered(200, { error: 'invalid_code' }),
      unknownClient: () => answered(200, { error: 'invalid_client' }),
    };
    return answers[fault]();
  }
}

/** One key for what Desk groups. */
export function wireKey({
  installationId,
  reference,
}: Pick<DeskLog, 'installationId' | 'reference'>): string {
  return JSON.stringify([installationId, reference]);
}

function way(result: Extract<PortalAnswer, { kind: 'way' }>['result']): PortalAnswer {
  return { kind: 'way', result };
}

function refusal(
  status: number,
  errorCode: string,
  more: { fieldName?: string; retryAfter?: number; message?: string } = {},
): PortalAnswer {
  const { fieldName, retryAfter, message = 'No.' } = more;
  const errors = fieldName && [{ fieldName, errorType: 'invalid', errorMessage: '' }];
  const body = { errorCode, message, ...(errors && { errors }) };
  return { kind: 'desk', status, body, ...(retryAfter !== undefined && { retryAfter }) };
}
