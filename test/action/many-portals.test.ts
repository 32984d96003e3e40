import { describe, expect, test } from '@jest/globals';
import { logsWithTitles, stepTitles, type With } from './desk-and-job.ts';
import { githubSceneForEachTest } from './github/github-scene.ts';
import { job as githubJob, REPORTING_JOB } from './github/run-fixtures.ts';
import {
  inEach,
  listInputs,
  portalsOf,
  throughBothDoors,
  throughInvoke,
  throughOAuth,
} from './many-portals.ts';
import { linesOf } from './report/summary-text.ts';
import { linesOfFile, shownLines } from './step-end.ts';

const scene = githubSceneForEachTest({ portals: 5 });

/** One step that logs to every portal of the Desk, through both doors. */
async function runForAll(given: With) {
  const { desk, job } = scene();
  return job.run({ with: { ...listInputs(desk, throughBothDoors(desk.portals)), ...given } });
}

test('one use logs the same group to every portal, through whichever door each has', async () => {
  const { desk } = scene();
  const end = await runForAll({ title: 'Release', logs: logsWithTitles('Build', 'Deploy'), reference: 'r' });
  expect([end.exitCode, end.stderr]).toEqual([0, '']);
  expect(portalsOf(desk)).toEqual(inEach(desk.portals, { r: ['Release', 'Build', 'Deploy'] }));
  const first = desk
    .logs()
    .find(({ orgId, title }) => orgId === desk.portals[0]?.orgId && title === 'Release');
  expect(end.outputs).toMatchObject({
    ok: 'true',
    reference: 'r',
    'parent-log-id': first?.logId,
    'log-ids': '[]',
    delivered: '15',
    undelivered: '0',
    'undelivered-file': '',
    installations: '5',
    'failed-installations': '[]',
  });
  const results = await linesOfFile(end.outputs['results-file'] ?? '');
  const recorded = desk.logs().map(({ installationId, orgId, title, logId }) => ({
    installationId,
    orgId,
    reference: 'r',
    part: 1,
    title,
    logId,
  }));
  expect(results).toHaveLength(15);
  expect(new Set(results.map((line) => JSON.stringify(line)))).toEqual(
    new Set(recorded.map((line) => JSON.stringify(line))),
  );
});

test('no request carries what belongs to another portal', async () => {
  const { desk } = scene();
  await runForAll({ logs: logsWithTitles('Build', 'Deploy') });
  for (const { body, headers, orgId, path } of desk.requests()) {
    const sent = decodeURIComponent(`${path} ${JSON.stringify(headers)} ${body.replaceAll('+', ' ')}`);
    const others = desk.portals.filter((portal) => portal.orgId !== orgId);
    for (const other of others) {
      const own = [
        other.orgId,
        other.refreshToken,
        ...other.installations.flatMap(({ installationId, securityContext }) => [
          installationId,
          securityContext,
        ]),
      ];
      expect(own.filter((text) => sent.includes(text))).toEqual([]);
    }
  }
});

test('an entry that names an installation goes there alone, the others everywhere', async () => {
  const { desk } = scene();
  const [, second] = desk.portals;
  const installationId = second?.installations[0]?.installationId ?? '';
  const logs = JSON.stringify(['Release', { title: 'Only yours', installationId }, 'Done']);
  const end = await runForAll({ logs, reference: 'r' });
  const usual = inEach(desk.portals, { r: ['Release', 'Done'] });
  expect(portalsOf(desk)).toEqual({
    ...usual,
    [second?.name ?? '']: { r: ['Release', 'Only yours', 'Done'] },
  });
  expect(end.outputs['delivered']).toBe('11');
});

test('a long group is split in every portal, and condensed in every portal', async () => {
  const { desk } = scene();
  await runForAll({ logs: logsWithTitles(...stepTitles(12)), reference: 'long' });
  const [first] = Object.values(portalsOf(desk));
  expect(first).toEqual({
    long: stepTitles(10),
    'long-2': ['Step 1 (part 2 of 2)', 'Step 11', 'Step 12'],
  });
  await runForAll({ logs: logsWithTitles(...stepTitles(12)), reference: 'short', overflow: 'condense' });
  for (const groups of Object.values(portalsOf(desk))) {
    expect(Object.keys(groups)).toEqual(['long', 'long-2', 'short']);
    expect(groups['short']).toHaveLength(10);
  }
});

test('a collected run is read once and logged to all', async () => {
  const { desk, github, job, step } = scene();
  github.answer({ jobs: [githubJob(1, 'build'), githubJob(2, 'deploy', 'failure'), REPORTING_JOB] });
  const { env, context } = step();
  const given = { ...listInputs(desk, throughBothDoors(desk.portals)), collect: 'run' };
  const end = await job.run({ with: given, ...(env && { env }), ...(context && { context }) });
  expect([end.exitCode, github.requests().length]).toEqual([0, 1]);
  expect(linesOf(end.summary).slice(0, 2)).toEqual([
    expect.stringMatching(/^❌ .*: failed · 1 of 2 jobs · 1 m 0 s$/),
    '❌ deploy · 1 m 0 s',
  ]);
  const shown = Object.values(portalsOf(desk));
  expect(shown).toHaveLength(5);
  expect(new Set(shown.map((groups) => JSON.stringify(groups))).size).toBe(1);
  expect(shown[0]?.['gh-9001-1']?.slice(1)).toEqual([
    'Passed · build · 1 m 0 s',
    'Failed · deploy · 1 m 0 s',
  ]);
});

test('with log-at: job-end nothing is sent before the job ends, then all', async () => {
  const { desk, job } = scene();
  const given = { 'log-at': 'job-end', title: 'Release', reference: 'r' };
  const step = { with: { ...listInputs(desk, throughBothDoors(desk.portals)), ...given } };
  const main = await job.run(step);
  expect([main.exitCode, desk.requests()]).toEqual([0, []]);
  const post = await job.runPost(step, main);
  expect([post.exitCode, portalsOf(desk)]).toEqual([0, inEach(desk.portals, { r: ['Release'] })]);
});

test('uses with a title alone build one group live in every portal, and ask for one token each', async () => {
  const { desk, job } = scene();
  const portals = desk.portals.slice(0, 3);
  const given = listInputs(desk, [
    ...portals.slice(0, 1).map(throughInvoke),
    ...portals.slice(1).map(throughOAuth),
  ]);
  for (const title of stepTitles(11)) await job.run({ with: { ...given, title, reference: 'r' } });
  expect(portalsOf(desk)).toEqual(
    inEach(portals, { r: stepTitles(10), 'r-2': ['Step 1 (part 2)', 'Step 11'] }),
  );
  const tokens = desk.requests().filter(({ path }) => path.startsWith('/oauth/'));
  expect(tokens.map(({ orgId }) => orgId)).toEqual(portals.slice(1).map(({ orgId }) => orgId));
});

test('an undelivered log of one portal alone is replayed to it alone, whichever door it has', async () => {
  const { desk, job } = scene();
  const { orgId = '' } = desk.portals[1] ?? {};
  desk.fault({ kind: 'html404', orgId, times: 'always' });
  const first = await runForAll({ logs: logsWithTitles('Build', 'Deploy'), reference: 'r' });
  expect([first.exitCode, first.outputs['undelivered']]).toEqual([1, '2']);
  desk.reset();
  const second = await job.run({
    with: {
      ...listInputs(desk, throughBothDoors(desk.portals)),
      'logs-file': first.outputs['undelivered-file'] ?? '',
    },
  });
  expect([second.exitCode, second.outputs['installations']]).toEqual([0, '1']);
  expect(portalsOf(desk)).toEqual({ [desk.portals[1]?.name ?? '']: { r: ['Build', 'Deploy'] } });
});

test('a token endpoint that fails for every portal is reported three times, then counted', async () => {
  const { desk, job } = scene();
  desk.fault({ kind: 'error500', on: 'token', times: 5 });
  const list = desk.portals.map(throughOAuth);
  const end = await job.run({ with: { ...listInputs(desk, list), title: 'Release' } });
  expect(end.exitCode).toBe(0);
  const told = shownLines(end).filter((line) => line.includes('did not issue an access token'));
  expect(told.slice(0, 3)).toEqual(Array(3).fill(expect.stringMatching(/^Access token, attempt 1: /)));
  expect(told.slice(3)).toEqual([expect.stringMatching(/ · 5 times$/)]);
});

describe('shard', () => {
  test('the jobs of a matrix reach every installation, and none twice', async () => {
    const { desk } = scene();
    for (const shard of ['1/3', '2/3', '3/3']) {
      const end = await runForAll({ title: 'Release', reference: 'r', shard });
      expect(end.exitCode).toBe(0);
    }
    expect(portalsOf(desk)).toEqual(inEach(desk.portals, { r: ['Release'] }));
  });

  test('an empty piece is a success that says there is nothing to do', async () => {
    const { desk } = scene();
    const end = await runForAll({ title: 'Release', reference: 'r', shard: '1/7' });
    expect([end.exitCode, desk.requests()]).toEqual([0, []]);
    const why = 'Nothing to do: none of the logs is for an installation in shard 1/7.';
    expect(shownLines(end)).toEqual([why]);
    expect(end.summary).toContain(why);
    expect(end.outputs).toMatchObject({ ok: 'true', reference: 'r', installations: '0', delivered: '0' });
  });

  test('so is a piece that none of the logs is for', async () => {
    const { desk } = scene();
    const installationId = desk.portals[0]?.installations[0]?.installationId;
    const logs = JSON.stringify([{ title: 'Only yours', installationId }]);
    const end = await runForAll({ logs, shard: '2/2' });
    expect([end.exitCode, desk.requests(), end.outputs['ok']]).toEqual([0, [], 'true']);
    expect(shownLines(end)[0]).toMatch(/^Nothing to do: /);
  });
});

test('a dry run of a list shows the tree once, and needs no credentials', async () => {
  const { desk, job } = scene();
  const list = desk.portals.map(({ orgId, installations: [one] }) => ({
    orgId,
    installationId: one?.installationId ?? '',
  }));
  const end = await job.run({
    with: {
      installations: JSON.stringify(list),
      'desk-url': desk.url,
      logs: logsWithTitles('Build', 'Deploy'),
      'dry-run': 'true',
    },
  });
  expect([end.exitCode, desk.requests(), end.outputs['installations']]).toEqual([0, [], '5']);
  expect(shownLines(end)).toEqual(['Build', '  Deploy', 'Dry run: 10 logs planned, nothing was sent.']);
  expect(end.stdout).toContain('::group::Reference gh-9001-1, 5 installations: 2 logs\n');
});
