import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LocalJob, type StepEnd } from '../../emulator/runner/local-job.ts';
import { type EmulatedPortal, startEmulator } from '../../emulator/start-emulator.ts';
import { logsWithTitles, sceneOf, type Scene } from './desk-and-job.ts';
import { inEach, listInputs, portalsOf, throughBothDoors, throughInvoke } from './many-portals.ts';
import { linesOf, rowsOf } from './report/summary-text.ts';
import { sceneForEachTest } from './scene-for-each-test.ts';
import { errorsOf, foldedGroups, shownLines, undeliveredLines } from './step-end.ts';

describe('one of four portals has lost the extension, and one does not answer', () => {
  let scene: Scene;
  let end: StepEnd;
  let uninstalled: EmulatedPortal | undefined;
  let silent: EmulatedPortal | undefined;

  const inputs = () => listInputs(scene.desk, scene.desk.portals.map(throughInvoke));

  // One run for all that is looked at: it takes as long as its deadline.
  beforeAll(async () => {
    scene = sceneOf(await startEmulator({ portals: 4 }), await LocalJob.start());
    const { desk, job } = scene;
    [, uninstalled, silent] = desk.portals;
    desk.configurePortal(uninstalled?.orgId ?? '', { installed: false });
    desk.configurePortal(silent?.orgId ?? '', { reachable: false });
    const given = {
      logs: logsWithTitles('Release', 'Passed · Build'),
      reference: 'r',
      delivery: 'at-most-once',
      'timeout-seconds': '6',
    };
    end = await job.run({ with: { ...inputs(), ...given } });
  });
  afterAll(async () => {
    await scene.job.end();
    await scene.desk.close();
  });

  test('the other portals have all their logs', () => {
    const { desk } = scene;
    const well = desk.portals.filter((_portal, at) => at === 0 || at === 3);
    expect(portalsOf(desk)).toEqual(inEach(well, { r: ['Release', 'Passed · Build'] }));
  });

  test('the outputs count them all, and name the two that failed', () => {
    expect(end.exitCode).toBe(1);
    expect(end.outputs).toMatchObject({ ok: 'false', delivered: '4', undelivered: '4', installations: '4' });
    expect(JSON.parse(end.outputs['failed-installations'] ?? '')).toEqual([
      {
        installationId: uninstalled?.installations[0]?.installationId,
        orgId: uninstalled?.orgId,
        reason: expect.stringContaining('answered 401'),
      },
      {
        installationId: silent?.installations[0]?.installationId,
        orgId: silent?.orgId,
        reason: expect.stringContaining('The answer was lost'),
      },
    ]);
  });

  test('the summary names the failed ones first, and shows the tree once', () => {
    const { desk } = scene;
    const names = desk.portals.map(({ name }) => name);
    const rows = rowsOf(end.summary);
    const installations = rows.slice(rows.indexOf('Installation | Logs') + 1, rows.indexOf('Log'));
    expect(installations.map((row) => row.split(' / ')[0])).toEqual([names[1], names[2], names[0], names[3]]);
    expect(installations.map((row) => row.split(' | ').at(-1))).toEqual([
      '⚠️ 0 of 2',
      '⚠️ 0 of 2',
      '2 of 2',
      '2 of 2',
    ]);
    expect(rows.slice(rows.indexOf('Log'))).toEqual([
      'Log',
      'Reference r, 4 installations',
      'Release',
      '✅ Build',
    ]);
    expect(linesOf(end.summary).slice(0, 2)).toEqual([
      '✅ Release',
      expect.stringMatching(
        /^⚠️ 4 logs undelivered in 2 of 4 installations · 4 logs recorded in 2 of 4 installations · they expire /,
      ),
    ]);
  });

  test('the job log has a folded group for each installation, and one annotation for all', () => {
    const { desk } = scene;
    const groups = foldedGroups(end);
    expect(Object.keys(groups)).toEqual(
      desk.portals.map(({ name, orgId, installations: [one] }, at) => {
        const counts = at === 0 || at === 3 ? '2 logs recorded' : '0 logs recorded, 2 undelivered';
        return `${name}, installation ${one?.installationId} of organization ${orgId}: ${counts}`;
      }),
    );
    expect(Object.values(groups)[1]).toEqual([
      'Reference r',
      '  Undelivered: Release',
      '    Undelivered: Passed · Build',
    ]);
    expect(shownLines(end).at(-1)).toBe('4 logs recorded, 4 undelivered, in 4 installations.');
    expect(errorsOf(end)).toHaveLength(1);
    expect(errorsOf(end)[0]).toMatch(/^4 of 8 logs undelivered in 2 of 4 installations, 1 of them possibly/);
  });

  test('the undelivered file says which portal each log is for, and holds nothing secret', async () => {
    const { desk } = scene;
    const lines = await undeliveredLines(end);
    expect(lines.map(({ orgId, title }) => [orgId, title])).toEqual(
      [uninstalled?.orgId, silent?.orgId].flatMap((orgId) => [
        [orgId, 'Release'],
        [orgId, 'Passed · Build'],
      ]),
    );
    for (const line of lines) {
      expect(Object.keys(line).sort()).toEqual([
        'description',
        'installationId',
        'mayBeRecorded',
        'orgId',
        'reason',
        'reference',
        'slotsTaken',
        'title',
      ]);
    }
    const secrets = [
      desk.credentials.extensionSecret,
      ...desk.portals.flatMap(({ installations }) => installations.map((one) => one.securityContext)),
    ];
    for (const secret of secrets) expect(JSON.stringify(lines)).not.toContain(secret.slice(0, 10));
  });

  test('given back once the trouble is over, the file reaches those two, and no other portal twice', async () => {
    const { desk, job } = scene;
    desk.configurePortal(uninstalled?.orgId ?? '', { installed: true });
    desk.configurePortal(silent?.orgId ?? '', { reachable: true });
    const otherJob = { RUNNER_TEMP: `${job.folder}/other-job` };
    const replay = await job.run({
      with: {
        ...inputs(),
        'logs-file': end.outputs['undelivered-file'] ?? '',
      },
      env: otherJob,
    });
    expect(replay.outputs).toMatchObject({ ok: 'true', delivered: '4', installations: '2' });
    expect(portalsOf(desk)).toEqual(inEach(desk.portals, { r: ['Release', 'Passed · Build'] }));
  });
});

const largeScene = sceneForEachTest({ portals: 130 });

test('more than a hundred failed installations: a hundred are named, all are counted and kept', async () => {
  const { desk, job } = largeScene();
  desk.fault({ kind: 'respond', status: 422, body: '{"errorCode":"INVALID_DATA"}', times: 'always' });
  const end = await job.run({
    with: {
      ...listInputs(desk, throughBothDoors(desk.portals)),
      title: 'Release',
      'fail-on-error': 'false',
      concurrency: '2',
    },
  });
  expect([end.exitCode, end.outputs['installations'], end.outputs['undelivered']]).toEqual([0, '130', '130']);
  expect(JSON.parse(end.outputs['failed-installations'] ?? '')).toHaveLength(100);
  expect(await undeliveredLines(end)).toHaveLength(130);
  const rows = rowsOf(end.summary);
  expect(rows.indexOf('Log') - rows.indexOf('Installation | Logs') - 1).toBe(100);
  expect(linesOf(end.summary)).toContain('30 more rows are left out here.');
});
