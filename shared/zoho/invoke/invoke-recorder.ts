import type { Recorder, RecordResult } from '../../delivery/recorder.ts';
import type { World } from '../../ports.ts';
import { createSecrets } from '../../redaction.ts';
import { requestTimeoutMs, type Deadline } from '../../retry/deadline.ts';
import { withoutAnswer } from '../desk-answer.ts';
import type { Portal } from '../portal.ts';
import { readInvokeAnswer } from './invoke-answer.ts';
import { invokeRequest, type Hmac, type VendorKey } from './invoke-request.ts';

/**
 * The vendor's door: *Add a Log* through the Invoke API, with the extension's secret and what Desk
 * sent when the extension was installed.
 * Source: https://www.zoho.com/desk/extensions/guide/platform-rest-apis.html.
 * @param securityContextOf the context of an installation of this portal
 */
export function invokeRecorder(
  portal: Pick<Portal, 'deskUrl' | 'orgId'>,
  key: VendorKey,
  securityContextOf: (installationId: string) => string,
  deadline: Deadline,
  { transport, now, secrets, hmac }: Pick<World, 'transport' | 'now' | 'secrets'> & { readonly hmac: Hmac },
): Recorder {
  return {
    async record(log): Promise<RecordResult> {
      const context = securityContextOf(log.installationId);
      const timeoutMs = requestTimeoutMs(deadline, now());
      const { request, hash } = invokeRequest(log, portal, key, context, timeoutMs, hmac);
      const result = await transport.send(request, deadline.signal);
      // Only the answer to this request can hold its HASH and context: no other text is searched for them.
      const redact = (text: string) => secrets.redact(redactorOf(context, hash)(text));
      return result.kind === 'answered' ? readInvokeAnswer(result, redact) : withoutAnswer(result, redact);
    },
  };
}

function redactorOf(...secretTexts: string[]): (text: string) => string {
  const own = createSecrets();
  for (const secret of secretTexts) own.learn(secret);
  return own.redact;
}
