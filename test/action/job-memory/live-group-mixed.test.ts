import { expect, test } from '@jest/globals';
import { logsWithTitles, portalOf, stepTitles } from '../desk-and-job.ts';
import { sceneForEachTest } from '../scene-for-each-test.ts';
import { errorsOf } from '../step-end.ts';

const scene = sceneForEachTest();
const largest = (portal: Record<string, string[]>) =>
  Math.max(...Object.values(portal).map(({ length }) => length));

test.each(['error', 'newParent'] as const)(
  'an undelivered file given back in the same job goes on behind the group, and fills no part twice (overflow=%s)',
  async (overflow) => {
    const { desk, run } = scene();
    desk.configure({ overflow });
    for (const step of [2, 3, 12, 13]) {
      desk.fault({
        kind: 'respond',
        status: 400,
        body: '{"errorCode":"BAD_REQUEST"}',
        match: `"Step ${step}"`,
      });
    }
    const logs = logsWithTitles(...stepTitles(17));
    const first = await run({ title: 'Release', logs, 'fail-on-error': 'false', concurrency: '1' });
    expect(first.outputs['undelivered']).toBe('4');
    const again = await run({ 'logs-file': first.outputs['undelivered-file'] ?? '' });
    expect([again.exitCode, again.outputs['delivered']]).toEqual([0, '4']);
    const portal = portalOf(desk);
    expect(Object.keys(portal)).toEqual(['gh-9001-1', 'gh-9001-1-2', 'gh-9001-1-3']);
    expect(portal['gh-9001-1']).toHaveLength(8);
    expect(portal['gh-9001-1-2']?.slice(-3)).toEqual(['Step 2', 'Step 3', 'Step 12']);
    expect(portal['gh-9001-1-3']).toEqual(['Step 13']);
    expect(largest(portal)).toBe(10);
    desk.configure({ overflow: 'error' });
  },
);

test('a group never goes on in a reference that another one has begun', async () => {
  const { desk, run } = scene();
  await run({ title: 'Nightly', reference: 'rel-2' });
  await run({ title: 'Release', logs: logsWithTitles(...stepTitles(12)), reference: 'rel' });
  await run({ title: 'Nightly, again', reference: 'rel-2' });
  expect(portalOf(desk)).toEqual({
    'rel-2': ['Nightly', 'Nightly, again'],
    rel: ['Release', ...stepTitles(9)],
    'rel-3': ['Release (part 3 of 3)', 'Step 10', 'Step 11', 'Step 12'],
  });
});

test('a later log stands under the parent in the job log and in the summary, as in the portal', async () => {
  const { run } = scene();
  const parent = await run({ title: 'Release' });
  const later = await run({ title: 'Smoke tests passed' });
  expect(parent.stdout).toContain('\nRelease (');
  expect(parent.summary).toContain('<b>Release</b>');
  expect(later.stdout).toContain('\n  Smoke tests passed (');
  expect(later.summary).toContain('<td>&nbsp;&nbsp;Smoke tests passed</td>');
  const planned = await run({ title: 'Announced', 'dry-run': 'true' });
  expect(planned.stdout).toContain('\n  Announced');
});

test('condense fits what comes later into what is left of the part', async () => {
  const { desk, run } = scene();
  await run({ title: 'Release' });
  await run({ logs: logsWithTitles(...stepTitles(14)), overflow: 'condense' });
  const portal = portalOf(desk);
  expect(Object.keys(portal)).toEqual(['gh-9001-1']);
  expect(portal['gh-9001-1']).toHaveLength(10);
  expect(portal['gh-9001-1']?.[1]).toMatch(/^6 went well: Step 1, Step 2/);
});

test('with overflow error, a use that does not fit beside the earlier ones sends nothing', async () => {
  const { desk, run } = scene();
  await run({ title: 'Release' });
  const end = await run({ logs: logsWithTitles(...stepTitles(10)), overflow: 'error' });
  expect(errorsOf(end)[0]).toContain(
    'overflow: "error" allows 10 logs to a reference, and "gh-9001-1" has 11.',
  );
  expect([end.exitCode, desk.logs().length]).toEqual([1, 1]);
});
