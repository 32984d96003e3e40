import type { VendorKey } from '../../shared/zoho/invoke/invoke-request.ts';
import type { OAuthClient, Portal } from '../../shared/zoho/portal.ts';

/** How logs get into an installation. */
export type Door =
  | { readonly kind: 'oauth-client'; readonly client: OAuthClient }
  | { readonly kind: 'access-token'; readonly accessToken: string }
  | { readonly kind: 'invoke'; readonly key: VendorKey; readonly securityContext: string };

/** An installation that logs go to, and the way into it. */
export interface Destination {
  readonly portal: Portal;
  readonly installationId: string;
  /** What the list calls it, for people; Zoho never sees it. */
  readonly name?: string | undefined;
  /** Missing in a dry run, which needs none. */
  readonly door: Door | undefined;
}
