import type { Emulator } from '../../emulator/start-emulator.ts';

/** A refresh token of the local Desk's client that has one scope, as its consent page gives it. */
export async function refreshTokenWithScope({ url, credentials }: Emulator, scope: string): Promise<string> {
  const redirect = 'https://client.example/callback';
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: credentials.clientId,
    scope,
    redirect_uri: redirect,
    access_type: 'offline',
    prompt: 'consent',
  });
  const consent = await fetch(`${url}/oauth/v2/auth?${query.toString()}`, { redirect: 'manual' });
  const code = new URL(consent.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const exchange = await fetch(`${url}/oauth/v2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      redirect_uri: redirect,
      code,
    }),
  });
  const { refresh_token: refreshToken } = (await exchange.json()) as { refresh_token: string };
  return refreshToken;
}
