import { ANSWER_BYTES_LIMIT, type HttpRequest, type HttpResult, type Transport } from '../../shared/ports.ts';
import { connectionFailure, connectionReason } from '../../shared/transport/connection-failure.ts';

/** Sends with the `fetch` that Node 20 and newer bring, so that nothing has to be installed. */
export function createFetchTransport(userAgent: string, env: NodeJS.ProcessEnv): Transport {
  return {
    async send(request, signal) {
      if (signal.aborted)
        return { kind: 'unreached', reason: 'it was cancelled before it was sent', permanent: false };
      try {
        return await sendOnce(request, signal, userAgent);
      } catch (error) {
        return failureOf(error, request, env);
      }
    },
  };
}

async function sendOnce(
  { url, headers, body, timeoutMs }: HttpRequest,
  signal: AbortSignal,
  userAgent: string,
): Promise<HttpResult> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'user-agent': userAgent },
    body,
    // A redirect would carry the token elsewhere.
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
  const text = await limitedText(answer);
  if (text === undefined)
    return { kind: 'lost', reason: `the answer was larger than ${ANSWER_BYTES_LIMIT} bytes` };
  return {
    kind: 'answered',
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: text,
  };
}

/** @returns undefined when there is more than anyone would read */
async function limitedText(answer: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const stream: AsyncIterable<Uint8Array> | Uint8Array[] = answer.body ?? [];
  for await (const chunk of stream) {
    bytes += chunk.byteLength;
    if (bytes > ANSWER_BYTES_LIMIT) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `fetch` hides the reason in the cause of its error. */
function failureOf(error: unknown, { url }: HttpRequest, env: NodeJS.ProcessEnv) {
  const { host } = new URL(url);
  if (error instanceof DOMException) {
    const reason =
      error.name === 'TimeoutError'
        ? `no answer from ${host} in time`
        : `the request to ${host} was cancelled`;
    return connectionFailure(error.name, reason, true);
  }
  const code = (error as { cause?: { code?: string } }).cause?.code;
  // A port that fetch never asks, such as 9 (https://fetch.spec.whatwg.org/#port-blocking).
  if (code === undefined)
    return { kind: 'unreached', reason: `fetch does not ask ${host}`, permanent: false } as const;
  const reason = connectionReason(host, code) + proxyHint(env);
  return connectionFailure(code, reason, code !== 'UND_ERR_CONNECT_TIMEOUT');
}

/** Source: https://nodejs.org/api/cli.html#node_use_env_proxy1. */
function proxyHint(env: NodeJS.ProcessEnv): string {
  const hasProxy = (env['HTTPS_PROXY'] ?? env['https_proxy'] ?? '') !== '';
  if (!hasProxy || env['NODE_USE_ENV_PROXY'] === '1') return '';
  return '; HTTPS_PROXY is set, and Node 24 uses it only with NODE_USE_ENV_PROXY=1';
}
