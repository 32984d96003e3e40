import type { IExecuteFunctions } from 'n8n-workflow';
import { oneOf } from '../../../shared/delivery/delivery-options.ts';
import { check, type Checked } from '../../../shared/problem.ts';

/** The ways into Zoho Desk that the node offers, each with a credential of its own. */
export const AUTHENTICATIONS = ['oAuth2', 'invoke'] as const;
export type Authentication = (typeof AUTHENTICATIONS)[number];

/** Which way the node uses. It is one for all items, because a credential is. */
export function readAuthentication(context: IExecuteFunctions): Checked<Authentication> {
  const given = context.getNodeParameter('authentication', 0, 'oAuth2');
  return check(oneOf(AUTHENTICATIONS), given, 'Authentication');
}
