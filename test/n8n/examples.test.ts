import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import {
  engineForEachTest,
  INVOKE_CREDENTIAL,
  NODE_TYPE,
  OAUTH_CREDENTIAL,
  recorded,
} from './engine/engine-for-tests.ts';
import type { RunResult, WorkflowJson } from './engine/n8n-engine.ts';

const n8n = engineForEachTest({ portals: 4 });
const folder = join(import.meta.dirname, '../../examples/n8n');

function example(name: string): WorkflowJson {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as WorkflowJson;
}

async function run(name: string, pinData: WorkflowJson['pinData'] = {}): Promise<RunResult> {
  const result = await n8n.runWorkflow({ ...example(name), pinData });
  expect([result.status, result.error?.message]).toEqual(['success', undefined]);
  return result;
}

/** Runs the flow that keeps installations, as if Desk or a trigger function had called its webhook. */
function received(body: Record<string, unknown>): Promise<RunResult> {
  return run('keep-each-installation.json', { 'Desk calls': [{ json: { body } }] });
}

/** What each example does, by the file's name; an example without a line here fails. */
const DOES: Record<string, () => Promise<void>> = {
  async 'log-each-item.json'() {
    await run('log-each-item.json');
    expect(recorded(n8n).sort()).toEqual([
      'order-A-7: Invoice 1042 was sent',
      'order-A-7: Invoice 1044 was sent',
      'order-B-2: Invoice 1043 was sent',
    ]);
  },
  async 'log-a-group-from-one-item.json'() {
    await run('log-a-group-from-one-item.json');
    expect(recorded(n8n)).toEqual([
      'version-2.4.0-231: Version 2.4.0 was installed',
      'version-2.4.0-231: Backed up the settings',
      'version-2.4.0-231: Moved 412 records',
      'version-2.4.0-231: Sent no welcome mail',
    ]);
  },
  async 'log-a-failure.json'() {
    const { nodes } = await run('log-a-failure.json');
    expect(recorded(n8n)).toEqual(['-: The shop did not answer']);
    expect(n8n.desk.logs()[0]?.description).toMatch(/^Tried at \d\d:\d\d\. The orders follow/);
    expect(nodes['Go on']).toBeUndefined();
  },
  async 'keep-each-installation.json'() {
    await run('keep-each-installation.json');
    const [, second, third] = n8n.desk.portals;
    // Both messages about a customer make one row, whichever comes first.
    await received({ event: 'onInstall', orgId: second?.orgId, securityContext: 'first' });
    await received({ scopeId: second?.orgId, serviceAppId: '4000000000124001' });
    await received({ scopeId: Number(third?.orgId), serviceAppId: '4000000000125001' });
    const { nodes } = await received({ event: 'onUpdate', orgId: second?.orgId, securityContext: 'second' });
    expect(nodes['Keep the security context']?.outputs[0]?.map(({ json }) => json)).toEqual([
      { orgId: second?.orgId, installationId: '4000000000124001', securityContext: 'second' },
    ]);
    for (const portal of [second, third]) await received({ event: 'onUninstall', orgId: portal?.orgId });
    const emptied = await received({ event: 'onUninstall', orgId: second?.orgId });
    expect(emptied.nodes['Forget the customer']?.outputs).toEqual([[]]);
  },
  async 'log-for-every-customer.json'() {
    await run('keep-each-installation.json');
    const [, ...customers] = n8n.desk.portals;
    for (const { orgId, installations } of customers) {
      await received({ event: 'onInstall', orgId, securityContext: installations[0]?.securityContext });
      await received({ scopeId: orgId, serviceAppId: installations[0]?.installationId });
    }
    const [gone, ...others] = customers;
    n8n.desk.configurePortal(gone?.orgId ?? '', { installed: false });
    // It has installed the extension, and its trigger function has not called yet.
    await received({ event: 'onInstall', orgId: '7', securityContext: 'a context' });
    const { nodes } = await run('log-for-every-customer.json');
    expect(
      n8n.desk
        .logs()
        .map(({ orgId, reference, title }) => [orgId, reference, title])
        .sort(),
    ).toEqual(
      others
        .flatMap(({ orgId }) =>
          ['Version 2.4.0 is live', 'Faster search', 'Fixed: labels in Arabic'].map((title) => [
            orgId,
            'release-2.4.0',
            title,
          ]),
        )
        .sort(),
    );
    expect(nodes['Logged']?.outputs[0]).toHaveLength(6);
    const failed = nodes['Look at these']?.outputs[0] ?? [];
    expect(new Set(failed.map(({ json }) => json['orgId']))).toEqual(new Set([gone?.orgId]));
  },
};

const names = readdirSync(folder);

test.each(names)('%s runs as it is', async (name) => {
  expect(Object.keys(DOES)).toContain(name);
  await DOES[name]?.();
});

test.each(names)('%s has no secret, and names what the local Desk has or what an item brings', (name) => {
  const ours = example(name).nodes.filter(({ type }) => type === NODE_TYPE);
  for (const { parameters, credentials = {} } of ours) {
    const ofVendor = parameters['authentication'] === 'invoke';
    expect(Object.keys(credentials)).toEqual([ofVendor ? INVOKE_CREDENTIAL : OAUTH_CREDENTIAL]);
    expect(Object.keys(Object.values(credentials)[0] ?? {})).toEqual(['id', 'name']);
    const { installationId } = n8n.desk.credentials;
    expect(parameters['installationId']).toBe(ofVendor ? '={{ $json.installationId }}' : installationId);
    expect(parameters['securityContext']).toBe(ofVendor ? '={{ $json.securityContext }}' : undefined);
  }
});
