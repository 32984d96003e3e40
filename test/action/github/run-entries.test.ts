import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ReportedJob } from '../../../action/github/job-entries.ts';
import { conclusionOf, overall } from '../../../action/github/conclusion.ts';
import { entriesByStep, entriesThatFit } from '../../../action/github/run-entries.ts';
import { durationMs, readRunJobs } from '../../../action/github/run-jobs.ts';
import { jobsSummary } from '../../../action/github/run-summary.ts';
import { shownSeconds, shownTimes } from '../../../action/github/time-text.ts';
import { planLogs } from '../../../shared/grouping/plan.ts';
import { at, job, step } from './run-fixtures.ts';

const ADDRESS = { installationId: '4000000000123001', reference: 'gh-9001-1' };
const OPTIONS = { address: ADDRESS, detail: 'outcome' } as const;
const FAILURES = ['failure', 'timed_out', 'cancelled', 'action_required', 'startup_failure', 'on_fire'];

/** Runs of every shape, in which each step and each job has a name of its own. */
const runs = fc
  .array(
    fc.record({
      conclusion: fc.constantFrom('success', 'skipped', 'neutral', ...FAILURES),
      steps: fc.array(fc.constantFrom('success', 'success', 'skipped', 'neutral', ...FAILURES), {
        maxLength: 12,
      }),
    }),
    { minLength: 1, maxLength: 30, size: 'max' },
  )
  .map((jobs) =>
    jobs.map(({ conclusion, steps }, index) =>
      job(index + 1, `<job ${index + 1}>`, conclusion, {
        steps: steps.map((of, at) => step(`<step ${index + 1}.${at + 1}>`, of)),
      }),
    ),
  );

function reported(jobs: unknown): ReportedJob[] {
  const read = readRunJobs({ jobs }) ?? [];
  return read.map((one) => ({ job: one, outcome: conclusionOf(one), steps: one.steps }));
}

const failed = (conclusion: string | null) => FAILURES.includes(conclusion ?? '');

describe('the sub-logs of a run', () => {
  test('are nine at most, hide no failure, and keep their order', () => {
    fc.assert(
      fc.property(runs, (jobs) => {
        const parent = { ...ADDRESS, title: 'Parent', description: 'Parent' };
        const planned = planLogs([parent, ...entriesThatFit(reported(jobs), OPTIONS)], 'condense');
        expect(planned.plan.groups.flatMap(({ parts }) => parts)).toHaveLength(1);
        const logs = planned.plan.logs.slice(1);
        expect(logs.length).toBeLessThanOrEqual(9);
        const failures = logs.filter(({ status }) => failed(status ?? null));
        const said = failures.map(({ title, description }) => `${title}\n${description}`).join('\n');
        for (const { name, conclusion, steps } of jobs) {
          for (const one of steps ?? []) if (failed(one.conclusion)) expect(said).toContain(one.name);
          if (failed(conclusion) && steps?.length === 0) expect(said).toContain(name);
        }
        const order = logs.map(({ title, description }) =>
          Number(/<(?:job|step) (\d+)/.exec(`${title}\n${description}`)?.[1]),
        );
        expect(order).toEqual([...order].sort((one, other) => one - other));
      }),
      { numRuns: 300 },
    );
  });

  test('by step there is one for each, and one for a job without steps', () => {
    fc.assert(
      fc.property(runs, (jobs) => {
        const names = jobs.flatMap(({ name, steps }) =>
          steps?.length ? steps.map((one) => one.name) : [name],
        );
        const entries = entriesByStep(reported(jobs), OPTIONS);
        expect(entries).toHaveLength(names.length);
        for (const [index, { title }] of entries.entries()) expect(title).toContain(names[index]);
      }),
    );
  });

  test('a job that passed in spite of a failed step says so, and is kept apart', () => {
    const steps = [step('Lint', 'failure'), step('Test', 'timed_out')];
    const jobs = reported(
      Array.from({ length: 9 }, (_, index) => job(index + 1, 'check', 'success', { steps })),
    );
    expect(entriesThatFit(jobs, OPTIONS)[0]).toMatchObject({
      title: 'Passed · check · 1 m 0 s · failed: Lint, Test',
      status: 'failure',
    });
  });

  test('a name that is too long is cut between characters', () => {
    const [entry] = entriesByStep(
      reported([job(1, 'build', 'success', { steps: [step('🚀'.repeat(600))] })]),
      OPTIONS,
    );
    expect(entry?.title.length).toBeLessThanOrEqual(1_000);
    expect(entry?.title.isWellFormed()).toBe(true);
    expect(entry?.title.endsWith('🚀…')).toBe(true);
  });
});

test.each([
  [['success', 'skipped', 'neutral'], 'passed'],
  [['skipped', 'skipped'], 'skipped'],
  [['success', 'cancelled'], 'cancelled'],
  [['cancelled', 'failure'], 'failed'],
  [['success', 'stale'], 'failed'],
  [['success', null], 'in progress'],
  [['failure', null], 'failed'],
])('%j together: %s', (conclusions, word) => {
  expect(
    overall(conclusions.map((conclusion) => conclusionOf({ status: 'completed', conclusion }))).word,
  ).toBe(word);
});

test.each([
  [0, '0 s'],
  [499, '0 s'],
  [59_600, '1 m 0 s'],
  [372_000, '6 m 12 s'],
  [11_100_000, '3 h 5 m'],
  [187_200_000, '2 d 4 h'],
])('%d ms is shown as %s', (ms, shown) => {
  expect(shownSeconds(ms)).toBe(shown);
});

test.each([
  [at(0), at(51), '2026-11-22 20:00:00 to 20:00:51 UTC'],
  [at(0), at(5 * 3_600), '2026-11-22 20:00:00 to 2026-11-23 01:00:00 UTC'],
  [at(0), null, '2026-11-22 20:00:00 UTC'],
  [at(9), at(0), '2026-11-22 20:00:09 UTC'],
  [null, at(9), ''],
])('from %s to %s is shown as "%s"', (from, to, shown) => {
  expect(shownTimes(from, to)).toBe(shown);
});

test('a duration is never negative, and unknown where an end is missing', () => {
  expect(durationMs({ started_at: at(9), completed_at: at(0) })).toBe(0);
  expect(durationMs({ started_at: at(0), completed_at: null })).toBeUndefined();
});

test('a run without any job is not one that passed', () => {
  expect(jobsSummary([])).toBe('in progress');
});

test.each([
  ['{}', undefined],
  ['{"jobs":null}', undefined],
  ['{"jobs":[{"id":"1"}]}', undefined],
  ['{"jobs":[]}', []],
  [
    '{"jobs":[{"id":1,"name":"a","status":"queued","conclusion":null,"started_at":7,"steps":null}]}',
    [
      {
        id: 1,
        name: 'a',
        status: 'queued',
        conclusion: null,
        started_at: null,
        completed_at: null,
        html_url: null,
        runner_name: null,
        steps: [],
      },
    ],
  ],
])('a page of %s', (page, jobs) => {
  expect(readRunJobs(JSON.parse(page))).toEqual(jobs);
});
