import * as z from 'zod/mini';
import { DATA_CENTER_IDS, DATA_CENTERS, type DataCenterId } from './data-centers.ts';

/** One customer's Zoho Desk. Its URLs are origins, without a slash at the end. */
export interface Portal {
  readonly accountsUrl: string;
  readonly deskUrl: string;
  readonly orgId: string;
}

/** What a token is made with: an API client of Zoho, and the consent that a portal's user gave it. */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

/** The one scope that adding a log needs. */
export const SCOPE = 'Desk.extensions.CREATE';

const TEXT_RULE = 'must be text. Put it in quotes.';
const ORG_ID_RULE = 'must be digits only. Find it in Zoho Desk under Setup > Developer Space > API.';
const INSTALLATION_ID_RULE =
  'must have no spaces. It is what the extension receives as serviceAppId when it is installed.';
const DATA_CENTER_RULE =
  `must be one of ${DATA_CENTER_IDS.join(', ')}. ` +
  'It is the one whose address you sign in at: zoho.eu is eu.';
const URL_RULE =
  'must be an origin such as https://desk.example.com, without a path. ' +
  'Only a loopback address and host.docker.internal may use http.';

/**
 * A portal's id, digits only. Desk's own callbacks have it as a number, and who keeps what they bring
 * hands it on as one (https://help.zoho.com/portal/en/kb/zoho-crm-platform/extensions-for-zoho-desk/platform-event-callbacks/articles/platform-event-callbacks).
 */
export const orgIdSchema: z.ZodMiniType<string> = required(
  'is missing. Find it in Zoho Desk under Setup > Developer Space > API.',
  z.pipe(
    z.pipe(
      z
        .union([z.string(), z.number(), z.bigint()], TEXT_RULE)
        .check(z.refine(hasAllDigits, 'has more digits than a JSON number keeps. Put it in quotes.')),
      z.transform(String),
    ),
    z.string().check(z.regex(/^\d+$/, ORG_ID_RULE)),
  ),
);

/** An installation's id, without white space. */
export const installationIdSchema = required(
  'is missing. It is what the extension receives as serviceAppId when it is installed.',
  z.string(TEXT_RULE).check(z.regex(/^\S+$/u, INSTALLATION_ID_RULE)),
);

/** One of the data centers by its id; the message lists them. */
export const dataCenterSchema: z.ZodMiniType<DataCenterId> = z.enum(DATA_CENTER_IDS, DATA_CENTER_RULE);

/**
 * An origin that overrides the data center's. The token is sent there, so it has to be https; from
 * within Docker, `host.docker.internal` is the loopback address of the machine outside.
 */
export const originSchema = z.pipe(
  z.string(URL_RULE).check(z.refine(isSafeOrigin, URL_RULE)),
  z.transform((url: string) => new URL(url).origin),
);

/** A portal of a data center, with the origins that were overridden. */
export function portalIn(
  dataCenter: DataCenterId,
  orgId: string,
  overrides: { accountsUrl?: string | undefined; deskUrl?: string | undefined } = {},
): Portal {
  const { accountsUrl, deskUrl } = DATA_CENTERS[dataCenter];
  return { accountsUrl: overrides.accountsUrl ?? accountsUrl, deskUrl: overrides.deskUrl ?? deskUrl, orgId };
}

/** Tells portals apart, also those of one organization id at two addresses. */
export function portalKey({ deskUrl, orgId }: Pick<Portal, 'deskUrl' | 'orgId'>): string {
  return `${deskUrl} ${orgId}`;
}

function required<T>(message: string, schema: z.ZodMiniType<T>): z.ZodMiniType<T> {
  const present = z
    .any()
    .check(z.refine((value) => value !== undefined && value !== '', { message, abort: true }));
  return z.pipe(present, schema);
}

/** JSON's numbers are floating-point: beyond 2^53 they end in other digits than were written. */
function hasAllDigits(id: string | number | bigint): boolean {
  return !Number.isInteger(id) || Number.isSafeInteger(id);
}

function isSafeOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const bare =
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === '';
  return bare && (url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url.hostname)));
}

const NAMES_OF_THIS_MACHINE = new Set(['localhost', '[::1]', 'host.docker.internal']);

function isThisMachine(hostname: string): boolean {
  return NAMES_OF_THIS_MACHINE.has(hostname) || /^127(\.\d+){3}$/.test(hostname);
}
