import { dataCenterSchema, portalIn, type OAuthClient, type Portal } from '../../shared/zoho/portal.ts';
import type { Answers } from './fields.ts';

/** Addresses that override those of the data center, as with a local Zoho Desk. */
export interface Addresses {
  readonly accountsUrl?: string | undefined;
  readonly deskUrl?: string | undefined;
}

/** A way into one installation of one portal. */
export interface Connection {
  readonly portal: Portal;
  readonly client: OAuthClient;
  readonly installationId: string;
}

/** What the answers, each of which is valid, come to. */
export function connectionOf(answers: Answers, addresses: Addresses): Connection {
  const { clientId, clientSecret, refreshToken, orgId, installationId } = answers;
  return {
    portal: portalIn(dataCenterSchema.parse(answers.dataCenter), orgId, addresses),
    client: { clientId, clientSecret, refreshToken },
    installationId,
  };
}
