import type { Reach } from '../delivery/service-problem.ts';
import type { ErrorAnswer } from './error-answer.ts';
import { SCOPE } from './portal.ts';

/** A row applies to an answer that has everything that the row names. The first that applies is taken. */
export interface AdviceRow {
  readonly status?: number | readonly number[];
  /** Every status from this one on. */
  readonly statusFrom?: number;
  readonly errorCode?: string;
  /** Whether the answer names fields at all. */
  readonly namesFields?: boolean;
  readonly fieldName?: string;
  readonly html?: boolean;
  readonly reach: Reach;
  /** The cause may be what all portals share: the OAuth client. */
  readonly sharedCause?: true;
  readonly advice: string;
}

/** What to do about an answer, and who else would get the same. */
export interface Advice {
  readonly reach: Reach;
  readonly sharedCause: boolean;
  readonly advice: string;
}

const WRONG_HOST = 'Check the data center: it is the one whose address you sign in at (zoho.eu is eu).';

/** What to do about an answer of `POST /api/v1/extensionLogs`. */
const DESK_ROWS: readonly AdviceRow[] = [
  {
    status: [301, 302, 303, 307, 308],
    reach: 'portal',
    advice: `A redirect is never followed, because the token would go with it. ${WRONG_HOST}`,
  },
  {
    status: 401,
    reach: 'portal',
    advice: `The access token was refused. Make a new one with the scope ${SCOPE}, in the data center of the portal.`,
  },
  {
    status: 403,
    errorCode: 'SCOPE_MISMATCH',
    reach: 'portal',
    advice: `The token lacks the scope ${SCOPE}. Make a new refresh token with it: a token keeps the scopes it was made with.`,
  },
  {
    status: 403,
    errorCode: 'OAUTH_ORG_MISMATCH',
    reach: 'portal',
    advice:
      'The token belongs to another portal. Check the organization id (Setup > Developer Space > API), ' +
      'or make a new token and choose this portal when Zoho asks.',
  },
  {
    status: 403,
    errorCode: 'LICENSE_ACCESS_LIMITED',
    reach: 'portal',
    advice: "The portal's edition does not have this feature. Ask the portal's owner.",
  },
  {
    status: 403,
    reach: 'installation',
    advice:
      'Check the installation id, and that the person who made the token may manage extensions in this portal.',
  },
  { status: 404, html: true, reach: 'portal', advice: `This address is not a Zoho Desk API. ${WRONG_HOST}` },
  {
    status: 404,
    reach: 'installation',
    advice: 'Check the installation id and the data center: Desk does not know one of them.',
  },
  { status: [405, 415], reach: 'portal', advice: `The address does not take logs. ${WRONG_HOST}` },
  { status: 413, reach: 'log', advice: 'Shorten the description, or link to the whole text.' },
  {
    status: 422,
    fieldName: '/installationId',
    reach: 'installation',
    advice:
      'Check the installation id: it is what the extension receives as serviceAppId when it is installed.',
  },
  {
    status: 400,
    namesFields: false,
    reach: 'log',
    advice: 'Desk does not say why. Shorten the texts, check the installation id, and log it again.',
  },
  { status: [400, 422], reach: 'log', advice: 'Change what Desk names, and log it again.' },
  {
    status: 429,
    errorCode: 'THRESHOLD_EXCEEDED',
    reach: 'portal',
    advice: "The portal's API credits for today are used up. They come back at midnight of its data center.",
  },
  {
    status: 429,
    reach: 'log',
    advice:
      "The portal's edition allows fewer concurrent calls. Lower the concurrency, or give the delivery more time.",
  },
  { status: 500, reach: 'log', advice: 'Zoho failed. If it keeps happening, check the organization id.' },
  { reach: 'log', advice: 'Try again later; status.zoho.com lists outages.' },
];

/** What to do about an answer of `POST /oauth/v2/token`. Its errors come with status 200 too, so the body counts. */
const TOKEN_ROWS: readonly AdviceRow[] = [
  // Whatever the body says: an outage must not make anyone change a good secret.
  {
    statusFrom: 500,
    reach: 'portal',
    advice: 'Zoho failed. Try again later; status.zoho.com lists outages.',
  },
  {
    errorCode: 'invalid_client',
    reach: 'portal',
    sharedCause: true,
    advice: `The client id is wrong, or belongs to another data center. ${WRONG_HOST}`,
  },
  {
    errorCode: 'invalid_client_secret',
    reach: 'portal',
    sharedCause: true,
    advice: 'The client secret does not belong to the client id. Copy it again from the API console.',
  },
  {
    errorCode: 'invalid_code',
    reach: 'portal',
    advice:
      'The refresh token was revoked, or belongs to another client. Make a new one in the API console ' +
      `with the scope ${SCOPE}.`,
  },
  {
    errorCode: 'throttled',
    reach: 'portal',
    advice:
      'Zoho gives ten access tokens in ten minutes for one refresh token. Wait ten minutes, ' +
      'or let the uses share one access token.',
  },
  { html: true, reach: 'portal', advice: `This address does not issue tokens. ${WRONG_HOST}` },
  { reach: 'portal', advice: `Check the client id, the client secret and the refresh token. ${WRONG_HOST}` },
];

/**
 * What to do about an answer of `POST /api/v1/invoke` that the secret, the connector or the installation
 * may have caused. One answer cannot show which: if every portal answers the same, it is the secret or the connector.
 */
const INVOKE_ROWS: readonly AdviceRow[] = [
  {
    status: 403,
    errorCode: 'SCOPE_MISMATCH',
    reach: 'installation',
    sharedCause: true,
    advice: `The extension's connector lacks the scope ${SCOPE}. Add it in plugin-manifest.json, and publish the extension again.`,
  },
  {
    reach: 'installation',
    sharedCause: true,
    advice:
      'If only this portal answers so, the extension was uninstalled there, or its securityContext is out of date. If all do, check ' +
      "the extension's secret and its connection link name, and that plugin-manifest.json lists the Desk host in whiteListedDomains.",
  },
];

/** Every row, by what answered. docs/troubleshooting.md explains each of them. */
export const ADVICE_ROWS = { desk: DESK_ROWS, token: TOKEN_ROWS, invoke: INVOKE_ROWS } as const;

/** What to do where there was no answer at all. */
export const UNREACHED_ADVICE = `Check the address and the network. ${WRONG_HOST}`;
/** What to do about a success that is not Desk's: a login page or a proxy's, as a rule. */
export const NOT_A_LOG_ADVICE = 'Check the data center, and that no proxy answers in place of Desk.';
/** What to do about a certificate that is not trusted. */
export const UNTRUSTED_ADVICE =
  'The certificate is not trusted, so nothing was sent. Behind a proxy of your own, name its certificate in NODE_EXTRA_CA_CERTS.';

/** Finds what to do about an answer of Desk. */
export function adviceForDesk(answer: ErrorAnswer): Advice {
  return firstMatch(DESK_ROWS, answer);
}

/** Finds what to do about an answer of the Invoke API that may concern the secret, the connector or the installation. */
export function adviceForInvoke(answer: ErrorAnswer): Advice {
  return firstMatch(INVOKE_ROWS, answer);
}

/** Finds what to do about an answer of the token endpoint. */
export function adviceForToken(answer: ErrorAnswer): Advice {
  return firstMatch(TOKEN_ROWS, answer);
}

function firstMatch(rows: readonly AdviceRow[], answer: ErrorAnswer): Advice {
  const row = rows.find((candidate) => applies(candidate, answer));
  return { reach: row?.reach ?? 'log', sharedCause: row?.sharedCause ?? false, advice: row?.advice ?? '' };
}

function applies(row: AdviceRow, answer: ErrorAnswer): boolean {
  return (
    (row.status === undefined || [row.status].flat().includes(answer.status)) &&
    (row.statusFrom === undefined || answer.status >= row.statusFrom) &&
    (row.namesFields === undefined || row.namesFields === answer.fieldErrors.length > 0) &&
    (row.errorCode === undefined || row.errorCode === answer.errorCode) &&
    (row.html === undefined || row.html === answer.isHtml) &&
    (row.fieldName === undefined || answer.fieldErrors.some(({ fieldName }) => fieldName === row.fieldName))
  );
}
