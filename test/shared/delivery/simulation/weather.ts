/** What happens to one request for a log. `records` says whether Desk has the log although the client cannot know. */
export type LogFault =
  | { readonly kind: 'none' | 'unreached' | 'tokenRevoked' | 'titleRefused' }
  | { readonly kind: DarkFault; readonly records: boolean }
  | { readonly kind: '429' | '503later'; readonly retryAfter: number | undefined };

/** Faults that leave the client in the dark: it cannot know whether Desk has the log. */
export const DARK_FAULTS = ['lost', 'stalled', 'throws', 'unreadable', '500', '502', '503', '504'] as const;
type DarkFault = (typeof DARK_FAULTS)[number];

/** What happens to one request for a token. */
export const TOKEN_FAULTS = [
  'none',
  'unreached',
  'lost',
  'stalled',
  '500',
  '503later',
  'throttled',
  'revoked',
  'unknownClient',
] as const;
export type TokenFault = (typeof TOKEN_FAULTS)[number];

/** How the Invoke API answers; Zoho documents none of it. */
export interface InvokeStyle {
  readonly message: 'object' | 'text';
  readonly errors: 'inner' | 'outer';
  readonly badContext: 400 | 401 | 403;
}

/** All that goes wrong in one portal; requests meet the faults in the order in which they arrive. */
export interface Weather {
  readonly logFaults: readonly LogFault[];
  readonly tokenFaults: readonly TokenFault[];
  /** Milliseconds that the answers take, one after another, over and over. */
  readonly latencies: readonly number[];
  /** How the portal's second installation is refused, where it is. */
  readonly refusedInstallation: 403 | 404 | 422 | undefined;
  /** Logs that others put under a reference before we came, by wire reference. */
  readonly byOthers: Readonly<Record<string, number>>;
  readonly creditsLeft: number;
  /** Calls that the portal takes at once. */
  readonly concurrentCalls: number;
  readonly tokenLifetimeMs: number;
  /** Log requests after which the portal's security contexts no longer work. */
  readonly contextsLast: number;
  readonly invoke: InvokeStyle;
  /** Whether the eleventh log of a reference is refused or opens a new group: Zoho does not say. */
  readonly overflow: 'error' | 'newParent';
}

export const FAIR: Weather = {
  logFaults: [],
  tokenFaults: [],
  latencies: [100],
  refusedInstallation: undefined,
  byOthers: {},
  creditsLeft: Infinity,
  concurrentCalls: Infinity,
  tokenLifetimeMs: Infinity,
  contextsLast: Infinity,
  invoke: { message: 'object', errors: 'inner', badContext: 401 },
  overflow: 'error',
};
