import { describe, expect, test } from '@jest/globals';
import { deliver } from '../../../shared/delivery/deliver.ts';
import { Traffic } from '../../../shared/delivery/pace/traffic.ts';
import type { Recorder, RecordResult } from '../../../shared/delivery/recorder.ts';
import type { Entry } from '../../../shared/entries/entry.ts';
import { planLogs } from '../../../shared/grouping/plan.ts';
import type { World } from '../../../shared/ports.ts';
import { createSecrets } from '../../../shared/redaction.ts';
import { deadlineIn } from '../../../shared/retry/deadline.ts';
import { http, onConnection, web } from '../loopback-servers.ts';
import { delivered, kinds, logs, no, ok, told } from './emulated-delivery.ts';
import { VirtualClock } from './virtual-clock.ts';

const SECRET = 'a-secret-of-the-client';

const entries = (count: number): Entry[] =>
  Array.from({ length: count }, (_, index) => {
    const title = `log ${index + 1}`;
    return { title, description: title, installationId: '1', ...(index >= 3 && { reference: 'run' }) };
  });

/** Delivers six logs, two at a time, through one recorder. */
async function deliverBy(recorder: Recorder, broken: Partial<World> = {}) {
  const clock = new VirtualClock();
  const secrets = createSecrets();
  secrets.learn(SECRET);
  const world: World = {
    transport: { send: () => Promise.reject(new Error('not used')) },
    sleep: clock.sleep,
    every: () => () => {},
    now: clock.now,
    random: () => 0.5,
    journal: { info: () => {}, warn: () => {} },
    secrets,
    ...broken,
  };
  const deadline = deadlineIn(60_000, 0, new AbortController().signal);
  const terms = { mode: 'at-least-once', concurrency: 2, deadline, traffic: new Traffic() } as const;
  const { plan } = planLogs(entries(6), 'split');
  return clock.run(deliver([{ portal: 'one', plan, recorder }], terms, world));
}

const recorded = (id: string): RecordResult => ({
  kind: 'recorded',
  answer: { logId: id, parentLogId: id, body: {} },
});
const busy: RecordResult = {
  kind: 'refused',
  problem: { answered: 'Busy.', advice: '', status: 503, reach: 'log', sharedCause: false },
};

describe('whatever throws, every log is recorded or reported', () => {
  test('a recorder, once: the log may be recorded, so it counts as lost and goes out again', async () => {
    let thrown = 0;
    const report = await deliverBy({
      record: ({ title }) =>
        title === 'log 4' && thrown++ === 0
          ? Promise.reject(new Error('boom'))
          : Promise.resolve(recorded(title)),
    });
    expect(kinds(report)).toEqual(Array(6).fill(ok));
    expect(report.parts.find(({ reference }) => reference === 'run')?.slotsTaken).toBe(4);
  });

  test('a recorder, always: each log is reported, and may be recorded', async () => {
    const report = await deliverBy({
      record: () => {
        throw new Error(`no such door, ${SECRET}`);
      },
    });
    expect(told(report)).toEqual(
      Array(6).fill('perhaps recorded: The attempt failed unexpectedly: no such door, ***.'),
    );
  });

  test('something that is not an error', async () => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- that is the point
    const report = await deliverBy({ record: () => Promise.reject(`text of ${SECRET}`) });
    expect(told(report)[5]).toBe('perhaps recorded: The attempt failed unexpectedly: text of ***.');
  });

  test.each<[string, Partial<World>]>([
    ['the journal', { journal: { info: explode, warn: explode } }],
    ['the source of randomness', { random: explode }],
    ['the sleep', { sleep: explode }],
  ])('%s: the logs that need it are reported, the others recorded', async (_, broken) => {
    const report = await deliverBy(
      { record: ({ title }) => Promise.resolve(title === 'log 2' ? busy : recorded(title)) },
      broken,
    );
    expect(kinds(report)).toEqual([ok, no, ok, ok, ok, ok]);
    expect(told(report)[1]).toContain('failed unexpectedly: it exploded');
  });
});

function explode(): never {
  throw new Error('it exploded');
}

describe('over real sockets, whatever a server answers, every log is recorded or reported', () => {
  const saying = async (text: string) =>
    onConnection((socket) => socket.once('data', () => socket.end(text)));

  test.each<[string, () => Promise<{ port: number }>]>([
    ['something that is not HTTP', () => saying('SSH-2.0-x\r\n')],
    ['a header of 20 KB', () => saying(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}\r\n\r\n{}`)],
    ['101 Switching Protocols', () => saying('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n')],
    [
      'broken gzip',
      () =>
        web((_, response) => {
          response.writeHead(200, { 'content-encoding': 'gzip' }).end(Buffer.from([0x1f, 0x8b, 8, 0, 1, 2]));
        }),
    ],
    ['5 MB', () => web((_, response) => void response.end(Buffer.alloc(5_242_880, 'x')))],
  ])('%s', async (_, start) => {
    const server = await start();
    const report = await delivered(logs(3), {
      accessToken: '1000.a-token',
      mode: 'at-most-once',
      concurrency: 3,
      portal: { deskUrl: new URL(http(server)).origin },
      allowedMs: 20_000,
    });
    expect(kinds(report)).toEqual([no, no, no]);
    expect(told(report)[0]).toMatch(/^perhaps recorded: /);
  });
});
