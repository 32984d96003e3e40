/** A secret as it could stand in a text: whole, in either case, and as URL, hex or base64 text would carry it. */
export function encodedForms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  return [
    ...new Set([
      secret,
      secret.toUpperCase(),
      secret.toLowerCase(),
      encodeURIComponent(secret),
      hex,
      hex.toUpperCase(),
      ...base64Forms(secret),
    ]),
  ];
}

/** What base64 makes of a secret depends on where it begins in the text; both ends belong to its neighbours, too. */
function base64Forms(secret: string): string[] {
  return ['', 'x', 'xy'].map((before) => {
    const text = Buffer.from(`${before}${secret}`).toString('base64').replace(/=+$/, '');
    return text.slice(before.length === 0 ? 0 : before.length + 1, -1);
  });
}

/** How a service could quote a secret: in any form, cut short at either end, in markup, or among other words. */
export function quotesOf(secret: string): string[] {
  const { length } = secret;
  return [
    ...encodedForms(secret),
    Buffer.from(`Zoho-oauthtoken ${secret}`).toString('base64'),
    Buffer.from(`client:${secret}`).toString('base64url'),
    `${secret.slice(0, 12)}…`,
    `…${secret.slice(-9)}`,
    secret.slice(length >> 2, length >> 1),
    `<b title="${secret}">${secret}</b>`,
    `${secret}${secret}`,
  ];
}
