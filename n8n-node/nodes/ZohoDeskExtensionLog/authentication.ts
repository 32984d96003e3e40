import type { IExecuteFunctions } from 'n8n-workflow';
import { oneOf } from '../../../shared/delivery/delivery-options.ts';
import { check, type Checked } from '../../../shared/problem.ts';

/** The doors that the node offers, each with its own credential. */
const AUTHENTICATIONS = ['oAuth2', 'invoke'] as const;
/** One of them. */
export type Authentication = (typeof AUTHENTICATIONS)[number];

/** Which door the node uses. It is one for all items, because the credential is. */
export function readAuthentication(context: IExecuteFunctions): Checked<Authentication> {
  const given = context.getNodeParameter('authentication', 0, 'oAuth2');
  return check(oneOf(AUTHENTICATIONS), given, 'Authentication');
}
