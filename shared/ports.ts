/** One request to Zoho. Every call is a POST with a text body. */
export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds from the start of the request to the end of its answer. */
  readonly timeoutMs: number;
}

/** What became of a request. A transport never throws: what can go wrong is a result. */
export type HttpResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: HttpHeaders;
      readonly body: string;
    }
  /** It never reached the server: no name, no connection. Nothing can have been processed. */
  | { readonly kind: 'unreached'; readonly reason: string; readonly permanent: boolean }
  /** It was sent and its answer was lost: the server may or may not have processed it. */
  | { readonly kind: 'lost'; readonly reason: string };

/** Header names are in lower case. */
export type HttpHeaders = Readonly<Record<string, string | undefined>>;

/** The way to the network; each host brings its own. */
export interface Transport {
  /** Sends once, follows no redirect, reads at most `ANSWER_BYTES_LIMIT` of the answer. */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResult>;
}

/** More than any answer of Desk's has; a larger one is not read to its end. */
export const ANSWER_BYTES_LIMIT = 1_048_576;

/** Lines that a person reads. Everything that comes here has been redacted. */
export interface Journal {
  info(line: string): void;
  warn(line: string): void;
}

/** What is secret: each new secret is learnt once, and taken out of every text that leaves us. */
export interface Secrets {
  readonly learn: (secret: string) => void;
  readonly redact: (text: string) => string;
}

/** All that touches the world, handed in as one object, so that a test can be the world. */
export interface World {
  readonly transport: Transport;
  /** Resolves after so many milliseconds, or at once when the signal fires. Never rejects. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Calls back every so many milliseconds, until the function that it returns is called. Keeps no process alive. */
  readonly every: (ms: number, tell: () => void) => () => void;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
  readonly journal: Journal;
  readonly secrets: Secrets;
}
