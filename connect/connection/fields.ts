import * as z from 'zod/mini';
import type { Asked } from '../terminal/ask-until-valid.ts';
import { CREDENTIAL_RULE, isCredential } from '../../shared/zoho/oauth/credential.ts';
import { dataCenterSchema, installationIdSchema, orgIdSchema } from '../../shared/zoho/portal.ts';

/** What a connection is made of, and the code that its refresh token is made from. */
const FIELD_NAMES = [
  'dataCenter',
  'clientId',
  'clientSecret',
  'code',
  'refreshToken',
  'orgId',
  'installationId',
] as const;
/** The name of one of them. */
export type FieldName = (typeof FIELD_NAMES)[number];

/** What is known so far; empty where nothing is. */
export type Answers = Record<FieldName, string>;

/** How one of them is asked for and kept. */
export interface Field extends Asked {
  /** Never shown at all. */
  readonly secret: boolean;
}

/** Far fewer characters than Zoho makes: whoever gives less has pasted something else. */
const SHORTEST = 8;

/** A client's id or secret, a code, a token: all are sent as they are. */
export const credentialSchema = z
  .string()
  .check(
    z.minLength(1, { message: 'is missing. Copy it from the API console.', abort: true }),
    z.refine(isCredential, { message: CREDENTIAL_RULE, abort: true }),
    z.minLength(SHORTEST, `is too short: it has ${SHORTEST} characters or more. Copy all of it.`),
  );

function credential(label: string, secret = true): Field {
  return { label, hidden: true, secret, schema: credentialSchema };
}

/** Every field: its label, whether it is hidden or secret, and its rule. */
export const FIELDS: Readonly<Record<FieldName, Field>> = {
  dataCenter: { label: 'Data center', hidden: false, secret: false, schema: dataCenterSchema },
  clientId: credential('Client ID', false),
  clientSecret: credential('Client secret'),
  code: credential('Code'),
  refreshToken: credential('Refresh token'),
  orgId: { label: 'Organization ID', hidden: false, secret: false, schema: orgIdSchema },
  installationId: { label: 'Installation ID', hidden: false, secret: false, schema: installationIdSchema },
};

/** Under which name GitHub keeps a part of the connection, for the workflow to use; a check reads the same names. */
export interface KeptName {
  readonly field: Exclude<FieldName, 'code'>;
  readonly name: string;
  readonly kind: 'variable' | 'secret';
}

/** All of them, in the order in which they are listed. */
export const KEPT_NAMES: readonly KeptName[] = [
  { field: 'dataCenter', name: 'ZOHO_DATA_CENTER', kind: 'variable' },
  { field: 'orgId', name: 'ZOHO_ORG_ID', kind: 'variable' },
  { field: 'installationId', name: 'ZOHO_INSTALLATION_ID', kind: 'variable' },
  { field: 'clientId', name: 'ZOHO_CLIENT_ID', kind: 'secret' },
  { field: 'clientSecret', name: 'ZOHO_CLIENT_SECRET', kind: 'secret' },
  { field: 'refreshToken', name: 'ZOHO_REFRESH_TOKEN', kind: 'secret' },
];

/** The data center that the Action takes when none is named. */
export const DEFAULT_DATA_CENTER = 'us';

/** What has to be kept of this connection: the data center only where it is not the Action's own default. */
export function keptNamesOf({ dataCenter }: Pick<Answers, 'dataCenter'>): readonly KeptName[] {
  return KEPT_NAMES.filter(({ field }) => field !== 'dataCenter' || dataCenter !== DEFAULT_DATA_CENTER);
}

/** Nothing is known yet but the data center that most have. */
export function noAnswers(): Answers {
  return {
    ...(Object.fromEntries(FIELD_NAMES.map((name) => [name, ''])) as Answers),
    dataCenter: DEFAULT_DATA_CENTER,
  };
}
