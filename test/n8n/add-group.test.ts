import { describe, expect, test } from '@jest/globals';
import { engineForEachTest, recorded } from './engine/engine-for-tests.ts';

const n8n = engineForEachTest();

const byFields = (...titles: string[]) => ({
  operation: 'addGroup',
  specifyLogs: 'fields',
  logs: { log: titles.map((title) => ({ title, description: '' })) },
});
const byJson = (logsJson: unknown) => ({ operation: 'addGroup', specifyLogs: 'json', logsJson });

describe('Add Group', () => {
  test('makes a parent and its sub-logs of one item, all paired with it', async () => {
    const { items } = await n8n.run({
      items: [{ title: 'Order 7' }],
      parameters: { ...byFields('Checked', '={{ $json.title }} sent'), reference: 'order-7' },
    });
    expect(recorded(n8n)).toEqual(['order-7: Order 7', 'order-7: Checked', 'order-7: Order 7 sent']);
    const [parent, ...subLogs] = n8n.desk.logs();
    expect(subLogs.map(({ parentLogId }) => parentLogId)).toEqual([parent?.logId, parent?.logId]);
    expect(items.map(({ json }) => json['title'])).toEqual(['Order 7', 'Checked', 'Order 7 sent']);
    expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }, { item: 0 }]);
  });

  test('gives each item a group of its own by default', async () => {
    const { items } = await n8n.run({
      items: [{ title: 'First' }, { title: 'Second' }],
      parameters: byFields('Done'),
    });
    expect(recorded(n8n).sort()).toEqual([
      '231-1-1: Done',
      '231-1-1: First',
      '231-1-2: Done',
      '231-1-2: Second',
    ]);
    expect(items.map(({ json, pairedItem }) => [json['title'], pairedItem])).toEqual([
      ['First', { item: 0 }],
      ['Done', { item: 0 }],
      ['Second', { item: 1 }],
      ['Done', { item: 1 }],
    ]);
  });

  test('takes sub-logs as JSON text, and as a list from an expression', async () => {
    const steps = ['Checked', { title: 'Sent', description: 'by mail', status: 'success' }];
    await n8n.run({
      items: [{ title: 'Text' }],
      parameters: { ...byJson(JSON.stringify(steps)), reference: 'text' },
    });
    await n8n.run({
      items: [{ title: 'List', steps }],
      parameters: { ...byJson('={{ $json.steps }}'), reference: 'list' },
    });
    expect(recorded(n8n)).toEqual([
      'text: Text',
      'text: Checked',
      'text: Sent',
      'list: List',
      'list: Checked',
      'list: Sent',
    ]);
    expect(n8n.desk.logs()[2]?.description).toBe('by mail');
  });

  test('lets a parent stand alone when its list is empty', async () => {
    const { items } = await n8n.run({
      items: [{ title: 'Nothing to do', steps: [] }],
      parameters: byJson('={{ $json.steps }}'),
    });
    expect(recorded(n8n)).toEqual(['231-1-1: Nothing to do']);
    expect(items).toHaveLength(1);
  });

  test('splits a long group, parent first', async () => {
    const steps = Array.from({ length: 14 }, (_, index) => `Step ${index + 1}`);
    const { items } = await n8n.run({
      items: [{ title: 'Long', steps }],
      parameters: byJson('={{ $json.steps }}'),
    });
    expect(items.map(({ json }) => json['title'])).toEqual(['Long', ...steps]);
    expect(new Set(items.map(({ json }) => json['reference']))).toEqual(new Set(['231-1-1']));
    expect(recorded(n8n)).toContain('231-1-1-2: Long (part 2 of 2)');
  });

  test('condenses what went well and never hides a failure', async () => {
    const steps = Array.from({ length: 14 }, (_, index) => ({
      title: `Step ${index + 1}`,
      status: index === 6 ? 'failure' : 'success',
    }));
    const { items } = await n8n.run({
      items: [{ title: 'Long', steps }],
      parameters: { ...byJson('={{ $json.steps }}'), options: { overflow: 'condense' } },
    });
    expect(items).toHaveLength(10);
    expect(n8n.desk.logs()).toHaveLength(10);
    expect(items.map(({ json }) => json['title'])).toContain('Step 7');
    expect(new Set(items.map(({ pairedItem }) => JSON.stringify(pairedItem)))).toEqual(
      new Set(['{"item":0}']),
    );
  });

  test('fails with an error that names the sub-logs which failed, each with its reason', async () => {
    const refused = (match: string, message: string) => ({
      kind: 'respond' as const,
      status: 422,
      body: JSON.stringify({ errorCode: 'INVALID_DATA', message }),
      match,
    });
    n8n.desk.fault(refused('Second', 'Too long'), refused('Third', 'No'));
    const { error } = await n8n.run({
      items: [{ title: 'Order 7' }],
      parameters: byFields('First', 'Second', 'Third'),
    });
    expect(error?.message).toMatch(/^Item 0, "Second": Desk answered 422 INVALID_DATA "Too long"/);
    expect(error?.description).toMatch(
      /^Not recorded: 2 logs \(item 0, "Second", "Third"\)\.\nItem 0, "Third": Desk answered 422 INVALID_DATA "No"/,
    );
    expect(error?.description).toMatch(/\nAlready recorded: 2 logs \(item 0\), with the log IDs /);
  });

  test('names each log that failed, beside the item’s own data', async () => {
    n8n.desk.fault({
      kind: 'respond',
      status: 422,
      body: '{"errorCode":"INVALID_DATA","message":"No"}',
      match: 'Bad step',
    });
    const { items } = await n8n.run({
      items: [{ title: 'Order 7', customer: 'Ada' }],
      parameters: byFields('Good step', 'Bad step', 'Last step'),
      onError: 'continueRegularOutput',
    });
    expect(recorded(n8n)).toEqual(['231-1-1: Order 7', '231-1-1: Good step', '231-1-1: Last step']);
    expect(items).toHaveLength(4);
    expect(items[2]).toEqual({
      json: {
        title: 'Order 7',
        customer: 'Ada',
        error: {
          message: expect.stringContaining('Desk answered 422 INVALID_DATA "No"') as unknown,
          title: 'Bad step',
          status: 422,
          errorCode: 'INVALID_DATA',
          mayBeRecorded: false,
        },
      },
      pairedItem: { item: 0 },
    });
  });
});
