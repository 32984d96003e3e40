import { type Answer, deskError, type DeskErrorCode, html, htmlNotice } from '../http/answers.ts';

/** What may go wrong on purpose. */
export interface Fault {
  kind: FaultKind;
  /** Which requests it strikes: *Add a Log* (default) or the token endpoint. */
  on?: 'log' | 'token';
  /** How many requests it strikes; 1 by default. */
  times?: number | 'always';
  /** How many requests it lets through first. */
  skip?: number;
  /** Only requests to this organization. */
  orgId?: string;
  /** Only requests whose log (or token form) contains this text. */
  match?: string;
  /** Seconds for a Retry-After header. */
  retryAfter?: number;
  /** Milliseconds before the answer. */
  delayMs?: number;
  status?: number;
  body?: string;
  headers?: Record<string, string>;
}

/** Where a fault's answer is made: the fault itself, the usual answer, and facts of the moment. */
export interface FaultScene {
  fault: Fault;
  usual: Answer;
  /** How Desk's own errors leave it: as they are, or in the Invoke API's envelope. */
  deskAnswers: (answer: Answer) => Answer;
  secondsToMidnight: number;
  emulatorUrl: string;
}

/** `asUsual`: the request is handled in full, refusals included, and only its answer is late. */
interface FaultEffect {
  meaning: string;
  logIs: 'recorded' | 'notRecorded' | 'asUsual';
  answer: (scene: FaultScene) => Answer;
}

const HUGE_BODY_BYTES = 8 * 1024 * 1024;
const RESET: Answer = { reaches: 'reset', status: 0, headers: {}, body: '' };
const SILENCE: Answer = { reaches: 'never', status: 0, headers: {}, body: '' };

function retryAfter({ fault }: FaultScene): Record<string, string> {
  return fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
}

const deskErrorOf = (code: DeskErrorCode) => (scene: FaultScene) =>
  scene.deskAnswers(deskError(code, { headers: retryAfter(scene) }));
const error500 = deskErrorOf('INTERNAL_SERVER_ERROR');
const error502 = (scene: FaultScene) => htmlNotice(502, '502 Bad Gateway', retryAfter(scene));

/** Every kind of fault: whether Desk records the log all the same, and what the client is answered. */
export const FAULT_EFFECTS = {
  html: {
    meaning: '200 with an HTML page, as a login wall or proxy answers',
    logIs: 'notRecorded',
    answer: () => htmlNotice(200, 'Sign in'),
  },
  html404: {
    meaning: '404 with an HTML page, as a wrong host answers',
    logIs: 'notRecorded',
    answer: () => htmlNotice(404, '404 Not Found'),
  },
  unauthorized: {
    meaning: '401 INVALID_OAUTH, though the token is valid',
    logIs: 'notRecorded',
    answer: deskErrorOf('INVALID_OAUTH'),
  },
  tooMany: {
    meaning: '429 TOO_MANY_REQUESTS; Retry-After only if retryAfter is given',
    logIs: 'notRecorded',
    answer: deskErrorOf('TOO_MANY_REQUESTS'),
  },
  credits: {
    meaning: '429 THRESHOLD_EXCEEDED with Retry-After, until midnight unless retryAfter is given',
    logIs: 'notRecorded',
    answer: ({ fault, secondsToMidnight, deskAnswers }) =>
      deskAnswers(
        deskError('THRESHOLD_EXCEEDED', {
          headers: {
            'retry-after': String(fault.retryAfter ?? secondsToMidnight),
            'x-rate-limit-remaining-v3': '0',
          },
        }),
      ),
  },
  error500: { meaning: '500 INTERNAL_SERVER_ERROR', logIs: 'notRecorded', answer: error500 },
  error502: { meaning: '502 with an HTML page', logIs: 'notRecorded', answer: error502 },
  error503: {
    meaning: '503; Retry-After only if retryAfter is given',
    logIs: 'notRecorded',
    answer: deskErrorOf('SERVICE_UNAVAILABLE'),
  },
  error504: {
    meaning: '504 with an HTML page',
    logIs: 'notRecorded',
    answer: (scene) => htmlNotice(504, '504 Gateway Time-out', retryAfter(scene)),
  },
  resetBefore: {
    meaning: 'connection reset before the log is recorded',
    logIs: 'notRecorded',
    answer: () => RESET,
  },
  resetAfter: { meaning: 'log recorded, then connection reset', logIs: 'recorded', answer: () => RESET },
  error500After: { meaning: 'log recorded, then 500', logIs: 'recorded', answer: error500 },
  error502After: { meaning: 'log recorded, then 502 with an HTML page', logIs: 'recorded', answer: error502 },
  unreadableAfter: {
    meaning: 'log recorded, then 200 whose JSON breaks off',
    logIs: 'recorded',
    answer: ({ usual }) => ({ ...usual, body: usual.body.slice(0, usual.body.length >> 1) }),
  },
  stall: {
    meaning: 'log recorded, then headers and half of the body, then nothing',
    logIs: 'recorded',
    answer: ({ usual }) => ({ ...usual, reaches: 'cutShort' }),
  },
  stallBefore: { meaning: 'never answers; log not recorded', logIs: 'notRecorded', answer: () => SILENCE },
  latency: {
    meaning: 'handled as usual, answered after delayMs (1,000 by default)',
    logIs: 'asUsual',
    answer: ({ usual }) => usual,
  },
  redirect: {
    meaning: '302; a client that follows it is seen at /api/v1/redirected',
    logIs: 'notRecorded',
    answer: ({ emulatorUrl }) =>
      htmlNotice(302, '302 Found', { location: `${emulatorUrl}/api/v1/redirected` }),
  },
  hugeBody: {
    meaning: '200 with eight megabytes of HTML',
    logIs: 'notRecorded',
    answer: () => html(200, `<!DOCTYPE html><title>Huge</title>${'<p>.</p>'.repeat(HUGE_BODY_BYTES / 8)}`),
  },
  respond: {
    meaning: 'exactly the status (200), body and headers given',
    logIs: 'notRecorded',
    answer: ({ fault }) => ({
      reaches: 'whole',
      status: fault.status ?? 200,
      headers: {},
      body: fault.body ?? '',
    }),
  },
} as const satisfies Record<string, FaultEffect>;

/** The name of a fault in `FAULT_EFFECTS`. */
export type FaultKind = keyof typeof FAULT_EFFECTS;

/** How long a `latency` fault waits when it does not say so itself. */
export const DEFAULT_LATENCY_MS = 1000;

/** The effect of a kind of fault. */
export function effectOf(kind: FaultKind): FaultEffect {
  return FAULT_EFFECTS[kind];
}
