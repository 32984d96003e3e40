/** Whether a host name (as in a URL, IPv6 in brackets) is this machine's own. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** The name that a container of Docker knows this machine by. */
const DOCKER_HOST = 'host.docker.internal';

/**
 * Whether a Host header names this machine. It refuses a page elsewhere whose DNS name was pointed here
 * ("DNS rebinding").
 */
export function isOwnHost(host: string | undefined): boolean {
  const url = URL.parse(`http://${host ?? ''}`);
  if (url === null || url.host !== host?.toLowerCase().replace(/:80$/, '')) return false;
  return isLoopback(url.hostname) || url.hostname === DOCKER_HOST;
}

/** Whether a browser sent this request for a page of another origin. */
export function isCrossOrigin(headers: Record<string, string>): boolean {
  const { origin, host } = headers;
  return origin !== undefined && origin !== `http://${host}`;
}
