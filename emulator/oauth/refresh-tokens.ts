import { type Credentials, LOG_SCOPE } from '../portals/credentials.ts';
import type { Portals } from '../portals/portals.ts';
import { newToken } from './access-tokens.ts';

interface RefreshToken {
  orgId: string;
  scopes: readonly string[];
  /** When it gave access tokens, for the throttle. */
  issuedAt: number[];
}

interface Code {
  scopes: readonly string[];
  /** Undefined for the self client's code, which no redirect brought. */
  redirectUri: string | undefined;
  offline: boolean;
  expiresAt: number;
}

/**
 * Ten access tokens in ten minutes for each refresh token.
 * Source: https://www.zoho.com/accounts/protocol/oauth/limits.html
 */
const TOKENS_PER_WINDOW = 10;
const WINDOW_MS = 10 * 60 * 1000;

/** How long a consent's code can be exchanged. Assumed: see docs/emulator.md. */
const CODE_LIFETIME_MS = 2 * 60 * 1000;

/** The refresh tokens and authorization codes of one OAuth client: a refresh token for each portal. */
export class RefreshTokens {
  readonly #credentials: Credentials;
  readonly #portals: Portals;
  #tokens = new Map<string, RefreshToken>();
  #codes = new Map<string, Code>();

  constructor(credentials: Credentials, portals: Portals) {
    this.#credentials = credentials;
    this.#portals = portals;
    this.reset();
  }

  /** Back to the portals' fixed refresh tokens and the unused self-client code. */
  reset(): void {
    const { authorizationCode } = this.#credentials;
    const scopes = [LOG_SCOPE];
    this.#tokens = new Map(
      this.#portals.all().map(({ refreshToken, orgId }) => [refreshToken, { orgId, scopes, issuedAt: [] }]),
    );
    this.#codes = new Map([
      [authorizationCode, { scopes, redirectUri: undefined, offline: true, expiresAt: Infinity }],
    ]);
  }

  /** The organization of a refresh token. */
  orgIdOf(token: string): string | undefined {
    return this.#tokens.get(token)?.orgId;
  }

  /** What a refresh token is good for, and one use of it, or why it gives no access token now. */
  use(token: string, now: number): { scopes: readonly string[]; orgId: string } | 'unknown' | 'throttled' {
    const known = this.#tokens.get(token);
    if (known === undefined) return 'unknown';
    known.issuedAt = known.issuedAt.filter((at) => now - at < WINDOW_MS);
    if (known.issuedAt.length >= TOKENS_PER_WINDOW) return 'throttled';
    known.issuedAt.push(now);
    return { scopes: known.scopes, orgId: known.orgId };
  }

  /** A code for one exchange, as the consent page sends it to the redirect URI. */
  newCode(code: Omit<Code, 'expiresAt'>, now: number): string {
    const text = newToken();
    this.#codes.set(text, { ...code, expiresAt: now + CODE_LIFETIME_MS });
    return text;
  }

  /**
   * Exchanges a code once. The refresh token comes only with offline access and consent; the self client's code gives the
   * fixed one. Source: https://www.zoho.com/accounts/protocol/oauth/web-apps/authorization.html
   */
  exchange(
    text: string,
    redirectUri: string | undefined,
    now: number,
  ): { scopes: readonly string[]; refreshToken: string | undefined } | 'unknown' {
    const code = this.#codes.get(text);
    if (code === undefined || now >= code.expiresAt) return 'unknown';
    if (code.redirectUri !== undefined && code.redirectUri !== redirectUri) return 'unknown';
    this.#codes.delete(text);
    return { scopes: code.scopes, refreshToken: this.#refreshTokenFor(text, code) };
  }

  #refreshTokenFor(text: string, code: Code): string | undefined {
    if (!code.offline) return undefined;
    if (text === this.#credentials.authorizationCode) return this.#credentials.refreshToken;
    const token = newToken();
    this.#tokens.set(token, { orgId: this.#credentials.orgId, scopes: code.scopes, issuedAt: [] });
    return token;
  }
}
