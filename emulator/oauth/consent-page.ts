import type { Desk } from '../desk/desk.ts';
import { type Answer, htmlNotice } from '../http/answers.ts';
import { isLoopback } from '../http/loopback.ts';

/**
 * Answers `GET /oauth/v2/auth` as if the user had consented at once: back to the redirect URI with code and state.
 * It redirects to loopback or https addresses only, so that it is not an open redirect.
 */
export function answerConsent(query: URLSearchParams, desk: Desk): Answer {
  const redirectUri = query.get('redirect_uri') ?? '';
  const target = URL.parse(redirectUri);
  if (target === null || !mayRedirectTo(target))
    return htmlNotice(400, 'Invalid redirect_uri: loopback or https only');
  if (query.get('client_id') !== desk.credentials.clientId) return htmlNotice(400, 'Invalid client_id');
  if (query.get('response_type') !== 'code') return htmlNotice(400, 'response_type must be code');
  const scopes = (query.get('scope') ?? '').split(/[\s,]+/).filter((scope) => scope !== '');
  if (scopes.length === 0) return htmlNotice(400, 'scope is missing');
  const offline = query.get('access_type') === 'offline' && query.get('prompt') === 'consent';
  target.searchParams.set(
    'code',
    desk.refreshTokens.newCode({ scopes, redirectUri, offline }, desk.clock.now()),
  );
  const state = query.get('state');
  if (state !== null) target.searchParams.set('state', state);
  return htmlNotice(302, 'Consent given', { location: target.href });
}

function mayRedirectTo(target: URL): boolean {
  return target.protocol === 'https:' || (target.protocol === 'http:' && isLoopback(target.hostname));
}
