import { createHmac } from 'node:crypto';
import type { WireLog } from '../../shared/delivery/recorder.ts';
import type { HttpResult } from '../../shared/ports.ts';
import { requestTimeoutMs } from '../../shared/retry/deadline.ts';
import { parseJson } from '../../shared/zoho/parse-json.ts';
import { invokeRequest, type VendorKey } from '../../shared/zoho/invoke/invoke-request.ts';
import { briefly } from '../connection/portal-access.ts';
import { readAnswer, readReply } from './desk-reply.ts';
import { TRIAL_DESCRIPTION, TRIAL_TITLE, type DeskUnderTrial } from './desk-under-trial.ts';
import { foreignTo, type Trial } from './trials.ts';

/** What the vendor's door is opened with. */
export interface InvokeKey extends VendorKey {
  readonly securityContext: string;
}

const PLACEHOLDER = '{{installationId}}';

/** What can be tried with the extension's secret and the securityContext of the installation. */
export function invokeTrials(key: InvokeKey): readonly Trial[] {
  return [
    {
      question: 'Invoke API: form of the answer to a log that was recorded',
      assumed: 'object or text, with or without `statusCode`',
      logs: 1,
      async run(desk) {
        const result = await invoke(desk, key);
        const inner = innerAnswer(result);
        if (inner === undefined) return readReply(result).text;
        return `${readAnswer(inner.answer).text}; \`statusMessage\` is ${inner.form}, ${inner.codeText}`;
      },
    },
    {
      question: 'Invoke API: an error of the inner call (an installation that the portal does not have)',
      assumed: 'outer 200 with the inner status, or the inner status outside',
      logs: 0,
      async run(desk) {
        const result = await invoke(desk, key, { installationId: foreignTo(desk.connection.installationId) });
        const inner = innerAnswer(result);
        if (inner === undefined) return readReply(result).text;
        return `outer status ${inner.outerStatus}, ${inner.codeText}; ${readAnswer(inner.answer).text}`;
      },
    },
    {
      question: 'Invoke API: a wrong HASH',
      assumed: 'refused with 401, 403 or 400',
      logs: 1,
      run: async (desk) => outcomeText(await invoke(desk, key, {}, { HASH: '0'.repeat(64) })),
    },
    {
      question: `Invoke API: \`${PLACEHOLDER}\` in the body`,
      assumed: 'not replaced',
      logs: 1,
      run: async (desk) => outcomeText(await invoke(desk, key, { installationId: PLACEHOLDER })),
    },
  ];
}

async function invoke(
  { connection, world }: DeskUnderTrial,
  key: InvokeKey,
  changes: Partial<WireLog> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpResult> {
  const { portal, installationId } = connection;
  const log = { title: TRIAL_TITLE, description: TRIAL_DESCRIPTION, installationId, ...changes };
  const deadline = briefly(world);
  const timeoutMs = requestTimeoutMs(deadline, world.now());
  const { request, hash } = invokeRequest(log, portal, key, key.securityContext, timeoutMs, hmac);
  world.secrets.learn(hash);
  return world.transport.send({ ...request, headers: { ...request.headers, ...headers } }, deadline.signal);
}

function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

function outcomeText(result: HttpResult): string {
  const inner = innerAnswer(result);
  return inner === undefined ? readReply(result).text : readAnswer(inner.answer).text;
}

/** The answer of *Add a Log* inside that of the Invoke API; undefined where there is none. */
function innerAnswer(result: HttpResult) {
  if (result.kind !== 'answered') return undefined;
  const { response } = objectOf(result.body);
  const { statusMessage, statusCode } = objectOf(response);
  if (statusMessage === undefined) return undefined;
  const isText = typeof statusMessage === 'string';
  const status = typeof statusCode === 'number' ? statusCode : result.status;
  return {
    outerStatus: result.status,
    form: isText ? 'JSON text' : 'an object',
    codeText: statusCode === undefined ? 'without `statusCode`' : `\`statusCode\` ${String(status)}`,
    answer: { status, headers: result.headers, body: isText ? statusMessage : JSON.stringify(statusMessage) },
  };
}

/** JSON text or a value that is parsed already; an empty object where it is neither an object nor one's text. */
function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  const parsed: unknown = typeof value === 'string' ? parseJson(value) : value;
  return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
}
