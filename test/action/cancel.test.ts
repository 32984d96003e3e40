import type { ChildProcess } from 'node:child_process';
import { expect, test } from '@jest/globals';
import type { StepEnd } from '../../emulator/runner/local-job.ts';
import { logRequests, logsWithTitles, stepTitles, type With } from './desk-and-job.ts';
import { sceneForEachTest } from './scene-for-each-test.ts';
import { errorsOf, undeliveredLines } from './step-end.ts';

const scene = sceneForEachTest();

/** Runs a step and sends it signals once so many requests have arrived. */
async function cancelled(
  given: With,
  requests: number,
  signals: readonly NodeJS.Signals[] = ['SIGINT'],
): Promise<StepEnd> {
  const { desk, run } = scene();
  const onStart = (process: ChildProcess) => {
    const watch = setInterval(() => {
      if (desk.requests().length < requests) return;
      clearInterval(watch);
      for (const signal of signals) process.kill(signal);
    }, 5);
    process.once('close', () => clearInterval(watch));
  };
  return run(given, { onStart });
}

async function expectAllReported(end: StepEnd): Promise<void> {
  expect(end.exitCode).toBe(1);
  expect(errorsOf(end)).toContain('The run was cancelled.');
  expect([end.stderr, end.outputs['ok']]).toEqual(['', 'false']);
  const lines = await undeliveredLines(end);
  expect(lines).toHaveLength(Number(end.outputs['undelivered']));
  // The signal ended each log's wait, and neither a time-out nor the deadline did.
  for (const { reason } of lines) expect(reason).toContain('was cancelled');
  expect(end.summary).toMatch(new RegExp(`<b>${lines.length} logs? undelivered</b>`));
}

test('SIGINT while Desk stalls ends the request: everything is reported, the open log as possibly recorded', async () => {
  const { desk } = scene();
  desk.fault({ kind: 'stall', times: 'always', match: '"Step 2"' });
  const end = await cancelled({ logs: logsWithTitles(...stepTitles(4)) }, 3);
  await expectAllReported(end);
  expect(end.outputs).toMatchObject({ delivered: '1', undelivered: '3' });
  expect((await undeliveredLines(end)).map(({ title, mayBeRecorded }) => [title, mayBeRecorded])).toEqual([
    ['Step 2', true],
    ['Step 3', false],
    ['Step 4', false],
  ]);
  expect(logRequests(desk)).toHaveLength(2);
});

test('SIGINT and SIGTERM while parts are on their way: every log is recorded or reported', async () => {
  const { desk } = scene();
  desk.fault({ kind: 'latency', times: 'always', delayMs: 60 });
  const given = { logs: logsWithTitles(...stepTitles(40)) };
  const end = await cancelled(given, 12, ['SIGINT', 'SIGTERM']);
  await expectAllReported(end);
  const missing = (await undeliveredLines(end)).map(({ title }) => title);
  const recorded = desk.logs().map(({ title }) => title);
  for (const title of stepTitles(40)) expect([...missing, ...recorded]).toContain(title);
  expect(missing.length + Number(end.outputs['delivered'])).toBe(40);
});

test('SIGTERM alone while the token endpoint says nothing', async () => {
  const { desk } = scene();
  desk.fault({ kind: 'stallBefore', on: 'token', times: 'always' });
  const end = await cancelled({ title: 'Release' }, 1, ['SIGTERM']);
  await expectAllReported(end);
  expect(await undeliveredLines(end)).toMatchObject([
    {
      title: 'Release',
      mayBeRecorded: false,
      // No advice about the network: nothing is wrong with it.
      reason: expect.stringMatching(/^Zoho did not issue an access token: .* The run was cancelled\.$/),
    },
  ]);
  expect(logRequests(desk)).toEqual([]);
});

test('SIGINT while it waits to try again', async () => {
  const { desk } = scene();
  desk.fault({ kind: 'tooMany', retryAfter: 60, times: 'always' });
  const end = await cancelled({ title: 'Release' }, 2);
  await expectAllReported(end);
  expect(logRequests(desk)).toHaveLength(1);
});

test('a cancelled run fails even with fail-on-error false', async () => {
  scene().desk.fault({ kind: 'stall', times: 'always' });
  const end = await cancelled({ title: 'Release', 'fail-on-error': 'false' }, 2);
  expect(end.exitCode).toBe(1);
});

test.each([
  ['Desk', { kind: 'stall', times: 'always' } as const, true],
  ['the token endpoint', { kind: 'stallBefore', on: 'token', times: 'always' } as const, false],
])('the deadline ends a run against %s that stalls', async (_who, fault, mayBeRecorded) => {
  const { desk, run } = scene();
  desk.fault(fault);
  const end = await run({ logs: logsWithTitles(...stepTitles(3)), 'timeout-seconds': '3' });
  const lines = await undeliveredLines(end);
  expect([end.exitCode, end.stderr, lines.length, lines[0]?.['mayBeRecorded']]).toEqual([
    1,
    '',
    3,
    mayBeRecorded,
  ]);
  expect(end.summary).toContain('<b>3 logs undelivered</b>');
});

test('a wait that Desk asks for is not begun when it reaches beyond the deadline', async () => {
  const { desk, run } = scene();
  desk.fault({ kind: 'tooMany', retryAfter: 300, times: 'always' });
  const end = await run({ title: 'Release', 'timeout-seconds': '30' });
  expect(logRequests(desk)).toHaveLength(1);
  expect(errorsOf(end)[0]).toContain('It asks to wait 5 m 0 s, which is longer than the time left.');
});
