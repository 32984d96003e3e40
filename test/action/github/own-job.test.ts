import { describe, expect, test } from '@jest/globals';
import type { GithubJob, GithubStep } from '../../../emulator/github/fake-github.ts';
import { findOwnJob, isSettled, type OwnJob, stepsToReport } from '../../../action/github/own-job.ts';
import { readRunJobs, type RunJob } from '../../../action/github/run-jobs.ts';
import { ACTION_STEP, at, current, job, ownJob, pending, step } from './run-fixtures.ts';

const NOW = Date.parse('2026-11-22T20:10:00Z');
const OWN: OwnJob = {
  checkRunId: '',
  jobStatus: 'success',
  runnerName: 'GitHub Actions 7',
  jobKey: 'deploy',
  actionRepository: 'zoho-desk-extension-log/zoho-desk-extension-log',
  actionRef: 'v1',
  isInComposite: false,
  phase: 'main',
  startedAt: NOW,
};

function asRead(...jobs: GithubJob[]): RunJob[] {
  const read = readRunJobs(JSON.parse(JSON.stringify({ jobs }).replaceAll('"now"', `"${at(600)}"`)));
  if (read === undefined) throw new Error('not a list of jobs');
  return read;
}

describe('the job that the process runs in', () => {
  const open = (id: number, name: string, runner: string | null) => ({
    ...ownJob([]),
    id,
    name,
    runner_name: runner,
  });
  const jobs = [
    open(1, 'deploy', 'GitHub Actions 7'),
    open(2, 'deploy (2)', 'GitHub Actions 8'),
    job(3, 'deploy', 'success', { runner_name: 'GitHub Actions 7' }),
  ];

  test.each([
    ['by its id, whatever the names say', { checkRunId: '3' }, 3],
    ['not at all by an id that is not there', { checkRunId: '4' }, undefined],
    ['by the runner, of the jobs that are not over', {}, 1],
    ['by its key where the runner is not known', { runnerName: '' }, 1],
    ['not at all among several that may be it', { runnerName: '', jobKey: 'other' }, undefined],
  ])('is found %s', (_how, own, id) => {
    expect(findOwnJob(asRead(...jobs), { ...OWN, ...own })?.id).toBe(id);
  });

  test('is the only open one, where nothing else tells', () => {
    const two = asRead(open(2, 'x', null), job(3, 'deploy'));
    expect(findOwnJob(two, { ...OWN, runnerName: '', jobKey: 'y' })?.id).toBe(2);
  });
});

describe('the list has caught up', () => {
  const began = (name: string, secondsAgo: number): GithubStep => ({
    ...current(name),
    started_at: at(600 - secondsAgo),
  });
  const settled = (own: Partial<OwnJob>, runningMs: number, ...steps: GithubStep[]) =>
    asRead(ownJob(steps)).map((one) => isSettled(one, { ...OWN, ...own }, runningMs))[0];

  test.each<[boolean, string, Partial<OwnJob>, GithubStep[]]>([
    [true, 'with its own step in progress', {}, [step('a'), began('Tell', 2)]],
    [
      false,
      'not with a step that began long before the process, where its own may follow',
      {},
      [step('a'), began('b', 4), pending('Tell')],
    ],
    [
      true,
      'with such a step where none follows: it is a composite action’s',
      {},
      [step('a'), began('Tell', 4)],
    ],
    [
      false,
      'not with a step whose start is not known, where its own may follow',
      {},
      [{ ...current('b'), started_at: null }, pending('Tell')],
    ],
    [false, 'not while the next step is the Action', {}, [began('b', 0), pending(ACTION_STEP)]],
    [true, 'with one use of the Action before another', {}, [began(ACTION_STEP, 0), pending(ACTION_STEP)]],
    [true, 'with a use of the Action further on', {}, [began('Tell', 0), pending('c'), pending(ACTION_STEP)]],
    [false, 'not in the post phase with a main step', { phase: 'post' }, [step('a'), began('b', 0)]],
    [true, 'in the post phase with a post step', { phase: 'post' }, [step('a'), began('Post a', 0)]],
    [
      false,
      'not with a failed job and no failed step',
      { jobStatus: 'failure' },
      [step('a'), began('Tell', 0)],
    ],
    [
      true,
      'with a failed job and its failed step',
      { jobStatus: 'failure' },
      [step('a', 'failure'), began('Tell', 0)],
    ],
    [false, 'not without steps', {}, []],
  ])('%s %s', (is, _when, own, steps) => {
    expect(settled(own, 100, ...steps)).toBe(is);
  });
});

describe('inside a composite action, whose own step is all that is listed', () => {
  const steps = [step('a'), { ...current('Composite'), started_at: at(540) }, pending('Later')];
  const isSettledAfter = (own: Partial<OwnJob>, runningMs: number) =>
    asRead(ownJob(steps)).map((one) => isSettled(one, { ...OWN, ...own }, runningMs))[0];

  test('a step that began before the process may be one that lags, until the list has had its time', () => {
    expect(isSettledAfter({ isInComposite: true }, 100)).toBe(false);
    expect(isSettledAfter({ isInComposite: true }, 3_000)).toBe(true);
  });

  test('elsewhere it never becomes its own step, however long it takes', () => {
    expect(isSettledAfter({ isInComposite: false }, 9_000)).toBe(false);
  });
});

describe('steps to report', () => {
  const reported = (own: Partial<OwnJob>, isOwn: boolean, ...steps: GithubStep[]) =>
    asRead(ownJob(steps)).flatMap((one) =>
      stepsToReport(one, { ...OWN, ...own }, isOwn).map(({ name }) => name),
    );

  test.each(['@v1', '/folder@v1'])('the Action’s own unnamed step is not one of them: %s', (rest) => {
    const name = `Run zoho-desk-extension-log/zoho-desk-extension-log${rest}`;
    expect(reported({}, false, step('a'), step(name))).toEqual(['a']);
  });

  test.each([
    'actions/checkout@v5',
    'acme/tools/deploy@main',
    './',
    './.github/actions/notify',
    'docker://alpine:3',
  ])('a step that only names the action it uses is left out where it went well: %s', (reference) => {
    const name = `Run ${reference}`;
    const conclusions = ['success', 'skipped', 'neutral', 'failure', 'cancelled'];
    const steps = conclusions.map((conclusion) => ({ ...step(name, conclusion), name }));
    expect(reported({}, false, ...steps)).toEqual([name, name]);
  });

  test.each(['make deploy', './deploy.sh', 'scripts/deploy.sh production', 'npm publish @acme/tool'])(
    'a command is reported: %s',
    (command) => {
      expect(reported({}, false, step(`Run ${command}`))).toEqual([`Run ${command}`]);
    },
  );

  test('of another job, what is going on and to come as well', () => {
    const steps = [step('a'), { ...current('b') }, pending('c')];
    expect(reported({}, false, ...steps)).toEqual(['a', 'b', 'c']);
    expect(reported({}, true, ...steps)).toEqual(['a']);
  });

  test('a user’s "Post" step in between, though a step has that name', () => {
    expect(
      reported({}, false, step('Deploy'), step('Post Deploy'), step('Notify'), step('Post Notify')),
    ).toEqual(['Deploy', 'Post Deploy', 'Notify']);
  });
});
