import { describe, expect, test } from '@jest/globals';
import type { Entry } from '../../../shared/entries/entry.ts';
import type { Fault, Switches } from '../../../emulator/start-emulator.ts';
import {
  delivered,
  deliveredTo,
  desk,
  journal,
  kinds,
  logs,
  no,
  ok,
  seen,
  told,
} from './emulated-delivery.ts';

/** Every form in which the Invoke API may answer. */
const VARIANTS = (['object', 'text'] as const).flatMap((invokeAnswer) =>
  (['inner', 'outer'] as const).map((invokeErrors) => ({ invokeAnswer, invokeErrors })),
);

/** What goes to a portal of the desk: logs of one group for its first installation. */
function logsFor(portal: number, count = 2): Entry[] {
  return logs(count, 'run', desk.portals[portal]?.installations[0]?.installationId);
}

describe.each(VARIANTS)('through the vendor’s door, answered with %j', (variant: Partial<Switches>) => {
  test('a long group is recorded in order, in parts, without any token', async () => {
    const entries = logs(12).map((log) => ({ ...log, title: `größer & = 🚀\n${log.title}` }));
    const report = await delivered(entries, { door: 'invoke', switches: variant });
    expect(kinds(report)).toEqual(Array(12).fill(ok));
    expect(desk.logs().map(({ reference, title }) => `${reference} ${title}`)).toEqual([
      ...entries.slice(0, 10).map(({ title }) => `run ${title}`),
      `run-2 ${entries[0]?.title} (part 2 of 2)`,
      ...entries.slice(10).map(({ title }) => `run-2 ${title}`),
    ]);
    expect(desk.requests().some(({ path }) => path.includes('token'))).toBe(false);
  });

  test.each<[string, Fault[]]>([
    ['too many calls', [{ kind: 'tooMany', times: 3 }]],
    ['a pause that Desk asks for', [{ kind: 'tooMany', retryAfter: 7 }]],
    ['503 with Retry-After', [{ kind: 'error503', retryAfter: 7 }]],
    ['500', [{ kind: 'error500' }]],
    ['500 after the log was recorded', [{ kind: 'error500After' }]],
    ['502', [{ kind: 'error502' }]],
    ['a reset', [{ kind: 'resetBefore' }]],
    ['a reset after the log was recorded', [{ kind: 'resetAfter' }]],
    ['an unreadable answer', [{ kind: 'unreadableAfter' }]],
    ['a web page', [{ kind: 'html' }]],
    ['a huge body', [{ kind: 'hugeBody' }]],
    ['used-up credits', [{ kind: 'credits' }]],
    ['a title that Desk refuses', [{ kind: 'respond', status: 422, body: refusalOf('/title') }]],
    ['an endless outage', [{ kind: 'error500', times: 'always' }]],
  ])('%s comes to what it comes to through the direct door', async (_, faults) => {
    for (const mode of ['at-least-once', 'at-most-once'] as const) {
      desk.reset();
      const direct = await delivered(logs(3), { faults, mode });
      const expected = { kinds: kinds(direct), logs: titles(), requests: logRequests() };
      desk.reset();
      const invoked = await delivered(logs(3), { faults, mode, door: 'invoke', switches: variant });
      expect({ kinds: kinds(invoked), logs: titles(), requests: logRequests() }).toEqual(expected);
    }
  });

  test('a reference that others filled goes on in the next part', async () => {
    const others = logs(10).map((log) => ({ ...log, title: `theirs ${log.title}` }));
    await delivered(others, { door: 'invoke', switches: variant });
    const report = await delivered(logs(2), { door: 'invoke', switches: variant });
    expect(kinds(report)).toEqual([ok, ok]);
    expect(titles().slice(-3)).toEqual(['run-2 log 1 (part 2)', 'run-2 log 1', 'run-2 log 2']);
  });

  test.each([400, 401, 403] as const)('a wrong secret, answered %d, names what to check', async (badHash) => {
    const report = await delivered(logs(3), {
      door: 'invoke',
      switches: { ...variant, badHash },
      extensionSecret: 'another-secret-of-the-manifest',
    });
    expect(told(report)).toEqual(
      Array(3).fill(
        expect.stringMatching(new RegExp(`^not recorded: .* answered ${badHash} .*the extension's secret`)),
      ),
    );
    expect(seen()).toHaveLength(1);
    expect(JSON.stringify([report, journal])).not.toContain('another-secret');
  });
});

function refusalOf(fieldName: string): string {
  const errors = [{ fieldName, errorType: 'invalid', errorMessage: '' }];
  return JSON.stringify({ errorCode: 'INVALID_DATA', message: 'No.', errors });
}
const titles = () => desk.logs().map(({ reference, title }) => `${reference} ${title}`);
const logRequests = () => seen().filter((line) => !line.startsWith('token')).length;

describe('many portals in one delivery', () => {
  const orgIdOf = (portal: number) => desk.portals[portal]?.orgId ?? '';
  const recordedIn = () =>
    Map.groupBy(
      desk.requests().filter(({ path }) => !path.includes('token')),
      ({ path, headers }) => new URLSearchParams(path.split('?')[1]).get('orgId') ?? headers['orgid'],
    );

  test('through both doors, each portal gets its own logs under its own context or token', async () => {
    const report = await deliveredTo([
      { portal: 0, door: 'oauth', entries: logsFor(0) },
      { portal: 1, door: 'invoke', entries: logsFor(1) },
      { portal: 2, door: 'oauth', entries: logsFor(2) },
      { portal: 3, door: 'invoke', entries: logsFor(3) },
    ]);
    expect(kinds(report)).toEqual(Array(8).fill(ok));
    for (const portal of [0, 1, 2, 3]) expect(recordedIn().get(orgIdOf(portal))).toHaveLength(2);
  });

  test('an extension that was uninstalled in two portals loses nothing in the others', async () => {
    for (const portal of [1, 3]) desk.configurePortal(orgIdOf(portal), { installed: false });
    const report = await deliveredTo(
      [0, 1, 2, 3].map((portal) => ({ portal, door: 'invoke', entries: logsFor(portal) })),
    );
    expect(kinds(report)).toEqual([ok, ok, no, no, ok, ok, no, no]);
    expect(told(report)[2]).toContain('the extension was uninstalled there');
    expect(recordedIn().get(orgIdOf(1))).toHaveLength(1);
  });

  test('a secret that is wrong everywhere stops everything', async () => {
    const report = await deliveredTo(
      [0, 1, 2, 3, 4, 5].map((portal) => ({ portal, door: 'invoke', entries: logsFor(portal, 5) })),
      { extensionSecret: 'another-secret-of-the-manifest' },
    );
    expect(kinds(report)).toEqual(Array(30).fill(no));
    expect(desk.requests().length).toBeLessThanOrEqual(6);
    expect(desk.logs()).toEqual([]);
  });
});
