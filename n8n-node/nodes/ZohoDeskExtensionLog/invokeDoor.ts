import { createHmac } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Secrets } from '../../../shared/ports.ts';
import { shownValue, type Checked, type Problem } from '../../../shared/problem.ts';
import { invokeRecorder } from '../../../shared/zoho/invoke/invoke-recorder.ts';
import type { Hmac } from '../../../shared/zoho/invoke/invoke-request.ts';
import type { Door } from './door.ts';
import { CREDENTIAL_NAME, readInvokeCredential } from './invokeCredential.ts';
import type { Customer, ItemLogs } from './readItem.ts';

const hmac: Hmac = (key, text) => createHmac('sha256', key).update(text).digest('hex');

/** The Invoke API with the extension's secret: into the portal of every customer that an item names. */
export async function openInvokeDoor(context: IExecuteFunctions, secrets: Secrets): Promise<Checked<Door>> {
  const fields = await context.getCredentials(CREDENTIAL_NAME);
  if (typeof fields['extensionSecret'] === 'string') secrets.learn(fields['extensionSecret']);
  const credential = readInvokeCredential(fields);
  if (!credential.ok) return credential;
  const { deskUrl, key } = credential.value;
  const contexts = new SecurityContexts();
  return {
    ok: true,
    value: {
      portalOf({ entries, customer }) {
        if (customer === undefined) throw new Error('an item for the Invoke API has no customer');
        const [{ installationId }] = entries;
        const problems = [
          ...contexts.add(customer, installationId),
          ...problemsOfOtherInstallations(entries, customer.orgId),
        ];
        if (problems.length > 0) return { ok: false, problems };
        return { ok: true, value: { deskUrl, orgId: customer.orgId } };
      },
      recorderFor: (portal, deadline, world) =>
        invokeRecorder(portal, key, (installationId) => contexts.of(portal.orgId, installationId), deadline, {
          ...world,
          hmac,
        }),
    },
  };
}

/** What items say of each installation's security context. */
class SecurityContexts {
  readonly #contexts = new Map<string, string>();

  /** @returns the problem, when another item names another context for the same installation */
  add({ orgId, securityContext }: Customer, installationId: string): Problem[] {
    const key = installationKey(orgId, installationId);
    const known = this.#contexts.get(key) ?? securityContext;
    this.#contexts.set(key, known);
    if (known === securityContext) return [];
    const message = `differs from that of an earlier item for the installation ${installationId}. Keep the one that Desk sent last.`;
    return [{ input: 'Security Context', message }];
  }

  of(orgId: string, installationId: string): string {
    return this.#contexts.get(installationKey(orgId, installationId)) ?? '';
  }
}

function installationKey(orgId: string, installationId: string): string {
  return JSON.stringify([orgId, installationId]);
}

/** A security context belongs to one installation. */
function problemsOfOtherInstallations(
  [parent, ...subLogs]: ItemLogs['entries'],
  ownOrgId: string,
): Problem[] {
  const remedy = 'Give it an item of its own, with its own security context.';
  return subLogs.flatMap(({ orgId = ownOrgId, installationId }): Problem[] => {
    const input = 'Sub-Logs (JSON)';
    if (orgId !== ownOrgId) {
      return [{ input, value: shownValue(orgId), message: `is the orgId of another portal. ${remedy}` }];
    }
    if (installationId !== parent.installationId) {
      return [{ input, value: shownValue(installationId), message: `is another installation. ${remedy}` }];
    }
    return [];
  });
}
