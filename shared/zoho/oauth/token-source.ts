import type { ServiceProblem } from '../../delivery/service-problem.ts';

/** A token, or the reason for having none. */
export type TokenResult =
  | { readonly kind: 'token'; readonly value: string }
  | { readonly kind: 'failed'; readonly problem: ServiceProblem };

/** Gives the access token that is valid now. All who ask while one is being fetched get that one. */
export interface TokenSource {
  get(): Promise<TokenResult>;
  /** Whether a refused token can be replaced by another. */
  readonly canRenew: boolean;
  /** Says that Desk refused this token; a newer one is left alone. */
  refused(value: string, problem: ServiceProblem): void;
}

/**
 * Keeps one token and fetches another when it is refused, once for all who wait.
 * @param fetchToken never rejects
 * @param initial a token from an earlier use
 */
export function refreshingTokens(fetchToken: () => Promise<TokenResult>, initial?: string): TokenSource {
  let known = initial;
  let fetching: Promise<TokenResult> | undefined;

  async function fetchOnce(): Promise<TokenResult> {
    const result = await fetchToken();
    if (result.kind === 'token') {
      known = result.value;
      fetching = undefined;
    }
    // A failure is kept: whoever asks next would be answered the same.
    return result;
  }

  return {
    canRenew: true,
    async get() {
      if (known !== undefined) return { kind: 'token', value: known };
      fetching ??= fetchOnce();
      return fetching;
    },
    refused(value) {
      if (known === value) known = undefined;
    },
  };
}

/** A token that the caller brought: once it is refused there is no other. */
export function fixedToken(value: string): TokenSource {
  let result: TokenResult = { kind: 'token', value };
  return {
    canRenew: false,
    async get() {
      return Promise.resolve(result);
    },
    refused(_value, problem) {
      result = { kind: 'failed', problem };
    },
  };
}
