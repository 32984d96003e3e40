import type { IExecuteFunctions } from 'n8n-workflow';
import type { Secrets } from '../../../shared/ports.ts';
import { shownValue, type Checked, type Problem } from '../../../shared/problem.ts';
import { addLogRecorder } from '../../../shared/zoho/add-log-recorder.ts';
import type { Door } from './door.ts';
import { readOAuthCredential } from './oAuthCredential.ts';
import type { ItemLogs } from './readItem.ts';
import { storedTokens } from './storedTokens.ts';

/** *Add a Log* with the credential's token: into one portal, and any installation of it. */
export async function openOAuthDoor(context: IExecuteFunctions, secrets: Secrets): Promise<Checked<Door>> {
  const credential = await readOAuthCredential(context, secrets);
  if (!credential.ok) return credential;
  const { portal } = credential.value;
  return {
    ok: true,
    value: {
      portalOf(logs) {
        const problems = problemsOfOtherPortals(logs, portal.orgId);
        return problems.length > 0 ? { ok: false, problems } : { ok: true, value: portal };
      },
      recorderFor: (_portal, deadline, world) =>
        addLogRecorder(portal, storedTokens(context, credential.value, deadline, world), deadline, world),
    },
  };
}

/** A token belongs to one portal. */
function problemsOfOtherPortals({ entries }: ItemLogs, ownOrgId: string): Problem[] {
  return entries.flatMap(({ orgId }) =>
    orgId === undefined || orgId === ownOrgId
      ? []
      : [
          {
            input: 'Sub-Logs (JSON)',
            value: shownValue(orgId),
            message:
              "is the orgId of another portal than the credential's. Log it with a credential of its own.",
          },
        ],
  );
}
