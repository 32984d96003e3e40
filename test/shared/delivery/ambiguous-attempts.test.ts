import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../../emulator/start-emulator.ts';
import { delivered, desk, kinds, logs, no, ok, seen, slept, told } from './emulated-delivery.ts';

describe('ambiguous', () => {
  const lostWithALog: Fault['kind'][] = ['resetAfter', 'error500After', 'error502After', 'unreadableAfter'];
  const lostWithout: Fault['kind'][] = [
    ...(['resetBefore', 'error500', 'error502', 'error503', 'error504', 'html'] as const),
    'hugeBody',
  ];

  test.each([...lostWithALog, ...lostWithout])('%s: sent again with at-least-once', async (kind) => {
    expect(kinds(await delivered(logs(2), { faults: [{ kind }] }))).toEqual([ok, ok]);
    expect(seen().map((line) => line.replace(/ \w+$/, ''))).toEqual([
      'token',
      'run: log 1',
      'run: log 1',
      'run: log 2',
    ]);
    expect(desk.logs()).toHaveLength(lostWithALog.includes(kind) ? 3 : 2);
  });

  test.each([...lostWithALog, ...lostWithout])('%s: never sent again with at-most-once', async (kind) => {
    const report = await delivered(logs(2), { mode: 'at-most-once', faults: [{ kind }] });
    expect(seen().map((line) => line.replace(/ \w+$/, ''))).toEqual(['token', 'run: log 1', 'run: log 2']);
    expect(told(report)).toEqual([expect.stringMatching(/^perhaps recorded/), ok]);
    expect(slept).toEqual([]);
  });

  test('silence ends with the deadline', async () => {
    // The transport waits in real time: long enough for a busy machine to send the request.
    const report = await delivered(logs(2), {
      faults: [{ kind: 'stall', times: 'always' }],
      allowedMs: 3_000,
    });
    expect(told(report)).toEqual([
      expect.stringMatching(/^perhaps recorded: The answer was lost: no answer from .* in time\./),
      'not recorded: No time was left for it: the delivery may take 3 s.',
    ]);
    expect(seen()).toEqual(['token 200', 'run: log 1 null']);
  });

  test('five lost answers of one log are enough; the others go on', async () => {
    const report = await delivered(logs(2), { faults: [{ kind: 'error500', times: 5 }] });
    expect(kinds(report)).toEqual([no, ok]);
    expect(seen().filter((line) => line.includes('log 1'))).toHaveLength(5);
  });

  test('lost attempts take slots, and the group goes on in the next part under a heading', async () => {
    const report = await delivered(logs(10), { faults: [{ kind: 'resetAfter', skip: 8, times: 2 }] });
    expect(kinds(report)).toEqual(Array(10).fill(ok));
    expect(seen().slice(9)).toEqual([
      'run: log 9 null',
      'run: log 9 null',
      'run-2: log 1 (part 2) 200',
      'run-2: log 9 200',
      'run-2: log 10 200',
    ]);
    expect(report.parts.map(({ address, slotsTaken }) => [address.wireReference, slotsTaken])).toEqual([
      ['run', 10],
      ['run-2', 3],
    ]);
  });

  test('with at-most-once a part whose parent’s answer was lost goes on', async () => {
    const report = await delivered(logs(2), { mode: 'at-most-once', faults: [{ kind: 'resetAfter' }] });
    expect(kinds(report)).toEqual([no, ok]);
    expect(desk.logs().map(({ title, parentLogId }) => [title, parentLogId === null])).toEqual([
      ['log 1', true],
      ['log 2', false],
    ]);
  });
});
