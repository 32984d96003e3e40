import type { Desk } from '../desk/desk.ts';
import { NOTHING_DONE, type Outcome } from '../faults/fault-queue.ts';
import { type Answer, htmlNotice, json } from '../http/answers.ts';
import type { Request } from '../http/request.ts';
import { TOKEN_LIFETIME_S } from './access-tokens.ts';

/** The errors that come with HTTP 200 and are told apart by the body, as public code that talks to Zoho reads them. */
type OAuthError = 'invalid_code' | 'invalid_client' | 'invalid_client_secret' | 'general_error';

/** The route of the accounts host that gives tokens. */
export const TOKEN_PATH = '/oauth/v2/token';

const FORM = 'application/x-www-form-urlencoded';

/** Answers `POST /oauth/v2/token`: the grants `refresh_token` and `authorization_code`. */
export function answerTokenRequest(request: Request, desk: Desk): Outcome {
  const answer = tokenAnswer(request, desk);
  return { ...NOTHING_DONE, answer, done: answer.body.includes('"access_token"') };
}

function tokenAnswer(request: Request, desk: Desk): Answer {
  if (request.method !== 'POST') return htmlNotice(405, '405 Method Not Allowed', { allow: 'POST' });
  if (!request.headers['content-type']?.toLowerCase().startsWith(FORM)) return refusal('general_error');
  const form = new URLSearchParams(request.body ?? '');
  const client = clientOf(form, request.headers['authorization']);
  if (client.id !== desk.credentials.clientId) return refusal('invalid_client');
  if (client.secret !== desk.credentials.clientSecret) return refusal('invalid_client_secret');
  const grant = form.get('grant_type');
  if (grant === 'refresh_token') return refresh(form, desk);
  if (grant === 'authorization_code') return exchange(form, desk);
  return refusal('general_error');
}

function refresh(form: URLSearchParams, desk: Desk): Answer {
  const used = desk.refreshTokens.use(form.get('refresh_token') ?? '', desk.clock.now());
  if (used === 'unknown') return refusal('invalid_code');
  if (used === 'throttled') return throttled(desk);
  return json(200, tokenBody(used, desk));
}

function exchange(form: URLSearchParams, desk: Desk): Answer {
  const redirectUri = form.get('redirect_uri') ?? undefined;
  const exchanged = desk.refreshTokens.exchange(form.get('code') ?? '', redirectUri, desk.clock.now());
  if (exchanged === 'unknown') return refusal('invalid_code');
  const { scopes, refreshToken } = exchanged;
  const more = refreshToken === undefined ? {} : { refresh_token: refreshToken };
  return json(200, { ...tokenBody({ scopes, orgId: desk.credentials.orgId }, desk), ...more });
}

// No new refresh_token on refresh: a client has to keep the old one.
function tokenBody(grant: { scopes: readonly string[]; orgId: string }, desk: Desk): object {
  const expiresAt = desk.clock.now() + TOKEN_LIFETIME_S * 1000;
  return {
    access_token: desk.accessTokens.issue({ ...grant, expiresAt }),
    api_domain: desk.url,
    token_type: 'Bearer',
    expires_in: TOKEN_LIFETIME_S,
  };
}

function refusal(error: OAuthError): Answer {
  return json(200, { error });
}

// Seen with 400 and with 200, and with a text that the real service localises: clients go by the status "failure".
function throttled(desk: Desk): Answer {
  return json(desk.switches.tokenThrottleStatus, {
    error_description: 'You have made too many requests continuously. Please try again after some time.',
    error: 'Access Denied',
    status: 'failure',
  });
}

function clientOf(form: URLSearchParams, authorization = ''): { id: string | null; secret: string | null } {
  if (form.has('client_id')) return { id: form.get('client_id'), secret: form.get('client_secret') };
  const basic = /^Basic\s+(\S+)$/i.exec(authorization)?.[1];
  if (basic === undefined) return { id: null, secret: null };
  const [id = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { id: formDecoded(id), secret: formDecoded(secret.join(':')) };
}

// RFC 6749, 2.3.1: both halves of the Basic header are form-encoded first.
function formDecoded(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll('&', '%26')}`).get('x') ?? '';
}
