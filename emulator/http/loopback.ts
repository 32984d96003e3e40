/** Whether a host name (as in a URL, IPv6 in brackets) is this machine's own. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Whether a Host header names this machine; a page elsewhere that rebinds its DNS name here does not. */
export function isLoopbackHost(host: string | undefined): boolean {
  const url = URL.parse(`http://${host ?? ''}`);
  return url !== null && url.host === host?.toLowerCase().replace(/:80$/, '') && isLoopback(url.hostname);
}

/** Whether a browser sent this request for a page of another origin. */
export function isCrossOrigin(headers: Record<string, string>): boolean {
  const { origin, host } = headers;
  return origin !== undefined && origin !== `http://${host}`;
}
