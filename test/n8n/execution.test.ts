import { describe, expect, test } from '@jest/globals';
import { engineForEachTest, NODE_TYPE, OAUTH_CREDENTIAL } from './engine/engine-for-tests.ts';
import type { RunResult, WorkflowNode } from './engine/n8n-engine.ts';

const n8n = engineForEachTest();

/** Everything that runs in one execution shares its groups. */
const EXECUTION = '231';

function ours(name: string, parameters: Record<string, unknown>): WorkflowNode {
  const { installationId } = n8n.desk.credentials;
  return {
    name,
    type: NODE_TYPE,
    typeVersion: 1,
    position: [0, 0],
    parameters: {
      resource: 'extensionLog',
      operation: 'add',
      installationId,
      title: '={{ $json.title }}',
      ...parameters,
    },
    credentials: { [OAUTH_CREDENTIAL]: { id: 'c1', name: 'Local Desk' } },
  };
}

function other(name: string, type: string, parameters: Record<string, unknown> = {}): WorkflowNode {
  return { name, type, typeVersion: 1, position: [0, 0], parameters };
}

function items(count: number): WorkflowNode {
  const list = Array.from({ length: count }, (_, index) => ({ title: `Step ${index + 1}` }));
  return other('Items', 'test.items', { items: JSON.stringify(list) });
}

/** Output number `output` of one node leads to another. */
function arrow(from: string, to: string, output = 0): Record<string, { main: unknown[][] }> {
  const main = Array.from({ length: output }, () => [] as unknown[]);
  return { [from]: { main: [...main, [{ node: to, type: 'main', index: 0 }]] } };
}

/** Loop Over Items sends batches to `body`, whose output goes back to it. */
function loop(count: number, batchSize: number, body: WorkflowNode): Promise<RunResult> {
  return n8n.runWorkflow({
    nodes: [items(count), other('Loop', 'n8n-nodes-base.splitInBatches', { batchSize, options: {} }), body],
    connections: { ...arrow('Items', 'Loop'), ...arrow('Loop', body.name, 1), ...arrow(body.name, 'Loop') },
  });
}

function logsByReference(): Map<string, number> {
  const byReference = Map.groupBy(n8n.desk.logs(), ({ reference }) => reference ?? '-');
  return new Map([...byReference].map(([reference, logs]) => [reference, logs.length]));
}

describe('Loop Over Items', () => {
  test('120 items in batches of ten are one group that goes on from run to run', async () => {
    const { status, nodes } = await loop(120, 10, ours('Log', {}));
    expect(status).toBe('success');
    const done = nodes['Loop']?.outputs[0] ?? [];
    expect(done.map(({ json }) => json['title'])).toEqual(
      Array.from({ length: 120 }, (_, index) => `Step ${index + 1}`),
    );
    expect(new Set(done.map(({ json }) => json['reference']))).toEqual(new Set([EXECUTION]));
    // Ten in the first part, and nine beneath each heading of the others.
    expect(Math.max(...logsByReference().values())).toBe(10);
    expect(logsByReference().size).toBe(14);
    expect(n8n.desk.requests().filter(({ status: answered }) => answered !== 200)).toEqual([]);
  });

  test('batches of three fill each part before the next is begun', async () => {
    await loop(24, 3, ours('Log', {}));
    expect([...logsByReference()]).toEqual([
      [EXECUTION, 10],
      [`${EXECUTION}-2`, 10],
      [`${EXECUTION}-3`, 6],
    ]);
    const headings = n8n.desk.logs().filter(({ title }) => title.includes('(part'));
    expect(headings.map(({ title }) => title)).toEqual(['Step 1 (part 2)', 'Step 1 (part 3)']);
  });

  test('Add Group gives each item of each run a group of its own', async () => {
    const body = ours('Log', {
      operation: 'addGroup',
      reference: '={{ $execution.id }}-{{ $runIndex + 1 }}-{{ $itemIndex + 1 }}',
      specifyLogs: 'fields',
      logs: { log: [{ title: 'Done', description: '' }] },
    });
    await loop(6, 2, body);
    expect([...logsByReference()].sort()).toEqual(
      ['1-1', '1-2', '2-1', '2-2', '3-1', '3-2'].map((of) => [`${EXECUTION}-${of}`, 2]),
    );
  });
});

describe('Several nodes in one execution', () => {
  test('go on with one another’s groups', async () => {
    const nodes = [items(8), ours('First', {}), ours('Second', {})];
    await n8n.runWorkflow({
      nodes,
      connections: { ...arrow('Items', 'First'), ...arrow('First', 'Second') },
    });
    expect([...logsByReference()]).toEqual([
      [EXECUTION, 10],
      [`${EXECUTION}-2`, 7],
    ]);
  });

  test('the default references of Add and Add Group never meet', async () => {
    const { node } = await n8n.describe();
    const [ofAdd, ofGroup] = node.properties
      .filter(({ name }) => name === 'reference')
      .map((property) => property.default);
    // Parts 2 and 3 of what Add writes, beside groups of the second and third item.
    const group = { operation: 'addGroup', specifyLogs: 'json', logsJson: '["Done"]', reference: ofGroup };
    await n8n.runWorkflow({
      nodes: [items(25), ours('Add', { reference: ofAdd }), ours('Group', group)],
      connections: { ...arrow('Items', 'Add'), ...arrow('Add', 'Group') },
    });
    const parts = [EXECUTION, `${EXECUTION}-2`, `${EXECUTION}-3`];
    const groups = Array.from({ length: 25 }, (_, index) => `${EXECUTION}-1-${index + 1}`);
    expect([...logsByReference().keys()].sort()).toEqual([...parts, ...groups].sort());
    expect(groups.map((reference) => logsByReference().get(reference))).toEqual(groups.map(() => 2));
  });
});

test('a lost answer counts in later runs too: no reference is filled beyond ten', async () => {
  n8n.desk.fault({ kind: 'resetAfter', match: 'Step 3' }, { kind: 'resetAfter', match: 'Step 7' });
  const { status } = await loop(20, 5, ours('Log', {}));
  expect(status).toBe('success');
  expect(Math.max(...logsByReference().values())).toBeLessThanOrEqual(10);
  const titles = n8n.desk.logs().map(({ title }) => title);
  expect(new Set(titles.filter((title) => !title.includes('(part'))).size).toBe(20);
  expect(titles.filter((title) => title === 'Step 3' || title === 'Step 7')).toHaveLength(4);
});
