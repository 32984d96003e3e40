import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { engineForEachTest, NODE_TYPE, recorded } from './engine/engine-for-tests.ts';
import type { RunResult, WorkflowJson } from './engine/n8n-engine.ts';

const n8n = engineForEachTest();
const folder = join(import.meta.dirname, '../../examples/n8n');

function example(name: string): WorkflowJson {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as WorkflowJson;
}

/** What each example writes, by the file's name; an example without a line here fails. */
const WRITES: Record<string, (result: RunResult) => void> = {
  'log-each-item.json': () => {
    expect(recorded(n8n).sort()).toEqual([
      'order-A-7: Invoice 1042 was sent',
      'order-A-7: Invoice 1044 was sent',
      'order-B-2: Invoice 1043 was sent',
    ]);
  },
  'log-a-group-from-one-item.json': () => {
    expect(recorded(n8n)).toEqual([
      'version-2.4.0-231: Version 2.4.0 was installed',
      'version-2.4.0-231: Backed up the settings',
      'version-2.4.0-231: Moved 412 records',
      'version-2.4.0-231: Sent no welcome mail',
    ]);
  },
  'log-a-failure.json': ({ nodes }) => {
    expect(recorded(n8n)).toEqual(['-: The shop did not answer']);
    expect(n8n.desk.logs()[0]?.description).toMatch(/ECONNREFUSED/);
    expect(nodes['Go on']).toBeUndefined();
  },
};

test.each(readdirSync(folder))('%s runs as it is', async (name) => {
  const result = await n8n.runWorkflow(example(name));
  expect(result.status).toBe('success');
  WRITES[name]?.(result);
  expect(Object.keys(WRITES)).toContain(name);
});

test.each(readdirSync(folder))('%s has no secret, and names the emulator’s installation', (name) => {
  const ours = example(name).nodes.filter(({ type }) => type === NODE_TYPE);
  expect(ours).toHaveLength(1);
  expect(ours[0]?.parameters['installationId']).toBe(n8n.desk.credentials.installationId);
  expect(Object.keys(ours[0]?.credentials?.['zohoDeskExtensionLogOAuth2Api'] ?? {})).toEqual(['id', 'name']);
});
