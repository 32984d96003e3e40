import type { OAuthClient, Portal } from '../../shared/zoho/portal.ts';

/** How logs get into a portal. */
export type Door =
  | { readonly kind: 'oauth-client'; readonly client: OAuthClient }
  | { readonly kind: 'access-token'; readonly accessToken: string };

/** An installation that logs go to, and the way into its portal. */
export interface Destination {
  readonly portal: Portal;
  readonly installationId: string;
  /** Missing in a dry run, which needs none. */
  readonly door: Door | undefined;
}
