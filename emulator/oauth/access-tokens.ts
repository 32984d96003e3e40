import { randomBytes } from 'node:crypto';

/** What an access token allows: the scopes of one portal, until a moment of the emulator's clock. */
export interface Grant {
  scopes: readonly string[];
  orgId: string;
  expiresAt: number;
}

/** An access token lives 3,600 seconds. Source: https://www.zoho.com/accounts/protocol/oauth/web-apps/access-token.html */
export const TOKEN_LIFETIME_S = 3600;

/** An unguessable token in Zoho's form, `1000.x.y`. */
export function newToken(): string {
  return `1000.${randomBytes(16).toString('hex')}.${randomBytes(16).toString('hex')}`;
}

/** The access tokens that the Desk API honours. */
export class AccessTokens {
  readonly #grants = new Map<string, Grant>();

  /** Issues a token for this grant. */
  issue(grant: Grant): string {
    const token = newToken();
    this.#grants.set(token, grant);
    return token;
  }

  /** The grant behind a token, or undefined when it is unknown, revoked or expired. */
  grantOf(token: string, now: number): Grant | undefined {
    const grant = this.#grants.get(token);
    return grant !== undefined && now < grant.expiresAt ? grant : undefined;
  }

  /** Makes every token issued so far invalid. */
  revokeAll(): void {
    this.#grants.clear();
  }
}
