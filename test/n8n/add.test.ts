import { describe, expect, test } from '@jest/globals';
import { engineForEachTest, logRequests, recorded } from './engine/engine-for-tests.ts';

const n8n = engineForEachTest();

function titled(count: number): { title: string }[] {
  return Array.from({ length: count }, (_, index) => ({ title: `Step ${index + 1}` }));
}

describe('Add', () => {
  test('makes a log of each item, grouped under the execution, in order', async () => {
    const { items, status } = await n8n.run({ items: titled(3) });
    expect(status).toBe('success');
    expect(recorded(n8n)).toEqual(['231: Step 1', '231: Step 2', '231: Step 3']);
    const [parent, ...others] = n8n.desk.logs();
    expect(items).toEqual([
      {
        json: {
          logId: parent?.logId,
          title: 'Step 1',
          description: 'Step 1',
          installationId: n8n.desk.credentials.installationId,
          extensionName: 'Local Extension',
          logTime: parent?.logTime,
          reference: '231',
          part: 1,
        },
        pairedItem: { item: 0 },
      },
      ...others.map(({ logId, title }, index) => ({
        json: expect.objectContaining({
          logId,
          title,
          parentLogId: parent?.logId,
          reference: '231',
          part: 1,
        }),
        pairedItem: { item: index + 1 },
      })),
    ]);
  });

  test('sends what Desk documents, with the exact header', async () => {
    await n8n.run({
      items: [{ title: 'Sent', detail: 'to 3 people' }],
      parameters: { description: '={{ $json.detail }}', reference: 'order-7' },
    });
    const [request] = n8n.desk.requests();
    expect(request?.headers['authorization']).toMatch(/^Zoho-oauthtoken 1000\./);
    expect(request?.headers['orgid']).toBe(n8n.desk.credentials.orgId);
    expect(JSON.parse(request?.body ?? '')).toEqual({
      title: 'Sent',
      description: 'to 3 people',
      installationId: n8n.desk.credentials.installationId,
      reference: 'order-7',
    });
  });

  test('groups by a reference of the item', async () => {
    const items = ['a', 'b', 'a'].map((order, index) => ({ title: `Step ${index + 1}`, order }));
    const { items: output } = await n8n.run({ items, parameters: { reference: '={{ $json.order }}' } });
    expect(recorded(n8n).sort()).toEqual(['a: Step 1', 'a: Step 3', 'b: Step 2']);
    expect(output.map(({ json }) => [json['title'], json['reference']])).toEqual([
      ['Step 1', 'a'],
      ['Step 2', 'b'],
      ['Step 3', 'a'],
    ]);
  });

  test('does not group a log without reference, and gives it no part', async () => {
    const { items } = await n8n.run({ items: titled(2), parameters: { reference: '' } });
    expect(n8n.desk.logs().map(({ reference, parentLogId }) => [reference, parentLogId])).toEqual([
      [null, null],
      [null, null],
    ]);
    for (const { json } of items) {
      expect(json).not.toHaveProperty('reference');
      expect(json).not.toHaveProperty('part');
    }
  });

  test('takes numbers and booleans from expressions as text', async () => {
    await n8n.run({
      items: [{ title: 42, order: 1042, done: true }],
      parameters: { description: '={{ $json.done }}', reference: '={{ $json.order }}' },
    });
    expect(n8n.desk.logs()).toMatchObject([{ title: '42', description: 'true', reference: '1042' }]);
  });

  test('takes a date from an expression as its ISO text, as n8n shows it', async () => {
    await n8n.run({
      items: titled(1),
      parameters: {
        description: '={{ DateTime.fromISO("2026-11-25T17:30:00Z", { zone: "utc" }) }}',
        reference: '={{ new Date(0) }}',
      },
    });
    expect(n8n.desk.logs()).toMatchObject([
      { description: '2026-11-25T17:30:00.000Z', reference: '1970-01-01T00:00:00.000Z' },
    ]);
  });

  test('keeps every digit of an id that is too long for a number', async () => {
    const { items } = await n8n.run({ items: titled(1) });
    expect(items[0]?.json['logId']).toBe(n8n.desk.logs()[0]?.logId);
  });
});

describe('25 items in one reference', () => {
  test('go on in further parts, whose headings are not items', async () => {
    const { items } = await n8n.run({ items: titled(25) });
    const byReference = Map.groupBy(n8n.desk.logs(), ({ reference }) => reference);
    expect([...byReference].map(([reference, logs]) => [reference, logs.length]).sort()).toEqual([
      ['231', 10],
      ['231-2', 10],
      ['231-3', 7],
    ]);
    expect(byReference.get('231-2')?.[0]?.title).toBe('Step 1 (part 2 of 3)');
    expect(byReference.get('231-3')?.[0]?.title).toBe('Step 1 (part 3 of 3)');
    expect(items.map(({ json }) => json['title'])).toEqual(titled(25).map(({ title }) => title));
    expect(items.map(({ pairedItem }) => pairedItem)).toEqual(titled(25).map((_, item) => ({ item })));
    expect(new Set(items.map(({ json }) => json['reference']))).toEqual(new Set(['231']));
    expect(items.map(({ json }) => json['part'])).toEqual([
      ...Array.from({ length: 10 }, () => 1),
      ...Array.from({ length: 9 }, () => 2),
      ...Array.from({ length: 6 }, () => 3),
    ]);
  });

  test('condensed, each item comes out with the log that covers it', async () => {
    const { items } = await n8n.run({ items: titled(25), parameters: { options: { overflow: 'condense' } } });
    expect(n8n.desk.logs()).toHaveLength(10);
    expect(items).toHaveLength(25);
    expect(items.map(({ pairedItem }) => pairedItem)).toEqual(titled(25).map((_, item) => ({ item })));
    expect(items[0]?.json['title']).toBe('Step 1');
    for (const [index, { json }] of items.entries()) {
      const log = n8n.desk.logs().find(({ logId }) => logId === json['logId']);
      expect(`${log?.title}\n${log?.description}`).toMatch(new RegExp(`Step ${index + 1}\\b`));
    }
  });

  test('with overflow "error", nothing is sent', async () => {
    const { error } = await n8n.run({ items: titled(25), parameters: { options: { overflow: 'error' } } });
    expect(error?.message).toContain('Overflow: "error" allows 10 logs to a reference, and "231" has 25.');
    expect(logRequests(n8n)).toBe(0);
  });

  test('with overflow "error" and continue on fail, the groups that fit go on', async () => {
    const items = titled(12).map(({ title }, index) => ({ title, order: index === 5 ? 'short' : 'long' }));
    const { items: output } = await n8n.run({
      items,
      parameters: { reference: '={{ $json.order }}', options: { overflow: 'error' } },
      onError: 'continueRegularOutput',
    });
    expect(recorded(n8n)).toEqual(['short: Step 6']);
    expect(output).toHaveLength(12);
    expect(output[5]?.json).toMatchObject({ title: 'Step 6', reference: 'short' });
    expect(output[0]?.json).toMatchObject({
      title: 'Step 1',
      order: 'long',
      error: { mayBeRecorded: false },
    });
  });

  test('with overflow "error", each group that is too long has its own problem', async () => {
    const sizes = { x: 12, y: 3, z: 11 };
    const items = Object.entries(sizes).flatMap(([order, size]) =>
      titled(size).map(({ title }) => ({ title: `${order} ${title}`, order })),
    );
    const parameters = { reference: '={{ $json.order }}', options: { overflow: 'error' } };
    const { items: output } = await n8n.run({ items, parameters, onError: 'continueRegularOutput' });
    const messages = Map.groupBy(output, ({ json }) => json['order'] ?? json['reference']);
    const messageOf = (order: string) => [
      ...new Set(messages.get(order)?.map(({ json }) => (json['error'] as { message: string })?.message)),
    ];
    expect(messageOf('x')).toEqual([expect.stringContaining('and "x" has 12.')]);
    expect(messageOf('y')).toEqual([undefined]);
    expect(messageOf('z')).toEqual([expect.stringContaining('and "z" has 11.')]);
    expect(recorded(n8n)).toEqual(['y: y Step 1', 'y: y Step 2', 'y: y Step 3']);
  });

  test('with overflow "error", the problems of all groups are reported at once', async () => {
    const items = ['x', 'y'].flatMap((order) => titled(11).map(({ title }) => ({ title, order })));
    const parameters = { reference: '={{ $json.order }}', options: { overflow: 'error' } };
    const { error } = await n8n.run({ items, parameters });
    const lines = error?.message.split('\n') ?? [];
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      /^Items 0–10, Overflow: "error" allows 10 logs to a reference, and "x" has 11\./,
    );
    expect(lines[1]).toMatch(
      /^Items 11–21, Overflow: "error" allows 10 logs to a reference, and "y" has 11\./,
    );
    expect(logRequests(n8n)).toBe(0);
  });
});
