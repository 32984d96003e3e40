import type { Recorder, WireLog } from '../delivery/recorder.ts';
import type { HttpRequest, World } from '../ports.ts';
import { requestTimeoutMs, type Deadline } from '../retry/deadline.ts';
import { readDeskAnswer, withoutAnswer } from './desk-answer.ts';
import type { TokenSource } from './oauth/token-source.ts';
import type { Portal } from './portal.ts';

/**
 * The direct door: *Add a Log* with the portal's OAuth token.
 * Source: https://help.zoho.com/portal/en/kb/zoho-crm-platform/extensions-for-zoho-desk/platform-rest-apis/articles/extension-log-apis.
 */
export function addLogRecorder(
  portal: Portal,
  tokens: TokenSource,
  deadline: Deadline,
  { transport, now, secrets }: Pick<World, 'transport' | 'now' | 'secrets'>,
): Recorder {
  return {
    async record(log) {
      const token = await tokens.get();
      if (token.kind === 'failed') return { kind: 'final', problem: token.problem };
      const request = addLogRequest(log, portal, token.value, requestTimeoutMs(deadline, now()));
      const result = await transport.send(request, deadline.signal);
      if (result.kind !== 'answered') return withoutAnswer(result, secrets.redact);
      const read = readDeskAnswer(result, secrets.redact, tokens.canRenew);
      if (result.status === 401 && read.kind !== 'recorded') tokens.refused(token.value, read.problem);
      return read;
    },
  };
}

/**
 * Builds the call for one log. `Zoho-oauthtoken` is Zoho's canonical scheme
 * (https://desk.zoho.com/DeskAPIDocument).
 */
export function addLogRequest(
  { title, description, installationId, reference }: WireLog,
  { deskUrl, orgId }: Pick<Portal, 'deskUrl' | 'orgId'>,
  accessToken: string,
  timeoutMs: number,
): HttpRequest {
  return {
    url: `${deskUrl}${ADD_LOG_PATH}`,
    headers: {
      orgId,
      authorization: `Zoho-oauthtoken ${accessToken}`,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    // JSON leaves an undefined reference out.
    body: JSON.stringify({ reference, title, description, installationId }),
    timeoutMs,
  };
}

/** Where Desk takes logs. */
export const ADD_LOG_PATH = '/api/v1/extensionLogs';
