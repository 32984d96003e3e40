import { describe, expect, test } from '@jest/globals';
import { undeliveredLogs } from '../../../shared/delivery/undelivered-log.ts';
import { readEntries } from '../../../shared/entries/read-entries.ts';
import { delivered, desk, kinds, logs, no, ok, seen, told } from './emulated-delivery.ts';

describe('a reference that others have filled', () => {
  const byOthers = (count: number, reference: string) =>
    delivered(logs(count, reference).map((log) => ({ ...log, title: `theirs ${log.title}` })));

  test('goes on in the next part, with a heading and nothing lost', async () => {
    await byOthers(7, 'run');
    const report = await delivered(logs(5));
    expect(kinds(report)).toEqual(Array(5).fill(ok));
    expect(seen().slice(-7)).toEqual([
      'run: log 1 200',
      'run: log 2 200',
      'run: log 3 200',
      'run: log 4 422',
      'run-2: log 1 (part 2) 200',
      'run-2: log 4 200',
      'run-2: log 5 200',
    ]);
  });

  test('skips parts that are full too', async () => {
    await byOthers(10, 'run');
    await byOthers(10, 'run-2');
    const report = await delivered(logs(1));
    expect(told(report)).toEqual([ok]);
    expect(seen().slice(-4)).toEqual([
      'run: log 1 422',
      'run-2: log 1 (part 2) 422',
      'run-3: log 1 (part 3) 200',
      'run-3: log 1 200',
    ]);
  });

  test('ten full parts in a row are enough: Desk refuses the reference itself', async () => {
    const body =
      '{"errorCode":"INVALID_DATA","message":"No.","errors":[{"fieldName":"/reference","errorType":"invalid"}]}';
    const report = await delivered(logs(3), {
      faults: [{ kind: 'respond', status: 422, body, times: 'always' }],
    });
    expect(seen()).toHaveLength(1 + 10);
    expect(told(report)).toEqual(
      Array(3).fill(
        expect.stringMatching(/^not recorded: Desk refused every part of this reference\. Desk answered 422/),
      ),
    );
  });

  test('a 422 that names another field too is about the log, not about its part', async () => {
    const errors = ['/reference', '/installationId'].map((fieldName) => ({
      fieldName,
      errorType: 'invalid',
    }));
    const body = JSON.stringify({ errorCode: 'INVALID_DATA', message: 'No.', errors });
    const report = await delivered(logs(3), {
      faults: [{ kind: 'respond', status: 422, body, times: 'always' }],
    });
    expect(seen()).toEqual(['token 200', 'run: log 1 422']);
    expect(told(report)[2]).toContain('Check the installation id');
  });

  test('logs without a reference have no further part', async () => {
    const body = '{"errorCode":"INVALID_DATA","errors":[{"fieldName":"/reference","errorType":"invalid"}]}';
    const report = await delivered(logs(1, null), { faults: [{ kind: 'respond', status: 422, body }] });
    expect(seen()).toEqual(['token 200', '-: log 1 422']);
    expect(kinds(report)).toEqual([no]);
  });
});

describe('a replay in another job', () => {
  test('never writes an eleventh log under a reference, lost attempts included', async () => {
    // Thirteen under one reference: nine are recorded, three answers are lost, and then Desk turns all away.
    const first = await delivered(logs(13), {
      mode: 'at-most-once',
      switches: { overflow: 'newParent' },
      faults: [
        { kind: 'resetAfter', skip: 9, times: 3 },
        { kind: 'error503', times: 2, retryAfter: 600 },
      ],
    });
    expect(kinds(first)).toEqual([...Array<string>(9).fill(ok), no, no, no, no]);
    const lines = undeliveredLogs(first).map((log): unknown => JSON.parse(JSON.stringify(log)));
    const read = readEntries(lines, 'logs-file', { installationId: 'none' });
    if (!read.ok) throw new Error('An undelivered file has to be readable.');
    const second = await delivered(read.value, { faults: [{ kind: 'resetAfter', times: 12, skip: 1 }] });
    expect(kinds(second).filter((kind) => kind === ok)).not.toEqual([]);
    const received = Map.groupBy(desk.logs(), ({ reference }) => reference);
    for (const [reference, group] of received)
      expect([reference, group.length <= 10]).toEqual([reference, true]);
    expect(received.size).toBeGreaterThan(2);
  });
});

describe('what Desk answers', () => {
  test.each(['absent', 'null', 'empty', 'self'] as const)(
    'parentIdOfParent=%s: still a parent',
    async (parentIdOfParent) => {
      const { outcomes } = await delivered(logs(2), { switches: { parentIdOfParent } });
      const parent = desk.logs()[0]?.logId;
      expect(outcomes.map((outcome) => outcome.kind === 'recorded' && outcome.answer.parentLogId)).toEqual([
        parent,
        parent,
      ]);
    },
  );

  test('ids beyond 2^53 that came without quotes keep every digit', async () => {
    const body = '{"logId": 400000000004567003, "parentLogId": 400000000004567001, "title": "log 1"}';
    const { outcomes } = await delivered(logs(1), { faults: [{ kind: 'respond', body }] });
    expect(outcomes[0]).toMatchObject({
      answer: { logId: '400000000004567003', parentLogId: '400000000004567001' },
    });
  });

  test.each(['{}', '{"logId":""}', '{"logId":null}', '[]', 'null', '', '{"errorCode":"X"}'])(
    '200 with %s is not a log',
    async (body) => {
      const report = await delivered(logs(1), { mode: 'at-most-once', faults: [{ kind: 'respond', body }] });
      expect(told(report)).toEqual([expect.stringMatching(/^perhaps recorded: .*is not a log/)]);
    },
  );
});

describe('side by side', () => {
  test('parts go side by side, up to the concurrency', async () => {
    const report = await delivered(logs(40), { concurrency: 3, switches: { latencyMs: 5 } });
    desk.configure({ latencyMs: 0 });
    expect(kinds(report)).toEqual(Array(40).fill(ok));
    expect(desk.mostInFlight()).toBe(3);
  });

  test('a portal that allows two calls gets all logs of a client that would send eight', async () => {
    const report = await delivered(logs(80), {
      concurrency: 8,
      switches: { latencyMs: 5, concurrentCalls: 2 },
    });
    desk.configure({ latencyMs: 0 });
    expect(kinds(report)).toEqual(Array(80).fill(ok));
  });
});
