import { describe, expect, test } from '@jest/globals';
import { startEmulator, type Fault } from '../../../emulator/start-emulator.ts';
import { delivered, desk, journal, kinds, logs, no, ok, seen, slept, told } from './emulated-delivery.ts';

test('when all goes well: the token once, then the logs in order, and Desk’s ids as it gave them', async () => {
  const report = await delivered(logs(3));
  expect(seen()).toEqual(['token 200', 'run: log 1 200', 'run: log 2 200', 'run: log 3 200']);
  const ids = report.outcomes.map((outcome) => outcome.kind === 'recorded' && outcome.answer.logId);
  expect(ids).toEqual(desk.logs().map(({ logId }) => logId));
  expect(slept).toEqual([]);
});

describe('refused before being processed', () => {
  test('429 without Retry-After: sent again until the portal has room', async () => {
    expect(kinds(await delivered(logs(1), { faults: [{ kind: 'tooMany', times: 4 }] }))).toEqual([ok]);
    expect(seen()).toEqual(['token 200', ...Array<string>(4).fill('run: log 1 429'), 'run: log 1 200']);
  });

  test.each(['tooMany', 'error503'] as const)(
    '%s with Retry-After: waits that long, no less',
    async (kind) => {
      expect(kinds(await delivered(logs(1), { faults: [{ kind, retryAfter: 7 }] }))).toEqual([ok]);
      expect(slept).toEqual([7_000]);
      expect(desk.logs()).toHaveLength(1);
    },
  );

  test.each(['tooMany', 'error503'] as const)(
    '%s with Retry-After: 0: the pause is our own',
    async (kind) => {
      await delivered(logs(1), { faults: [{ kind, retryAfter: 0, times: 3 }] });
      expect(slept).toEqual([250, 500, 1_000]);
      expect(journal.join()).not.toContain('new token');
    },
  );

  test('Retry-After beyond the deadline ends the attempt at once', async () => {
    const report = await delivered(logs(1), { faults: [{ kind: 'tooMany', retryAfter: 121 }] });
    expect(seen()).toEqual(['token 200', 'run: log 1 429']);
    expect(slept).toEqual([]);
    expect(told(report)).toEqual([
      'not recorded: Desk answered 429 TOO_MANY_REQUESTS "The maximum number of Concurrent API Calls that can be made has been exceeded". ' +
        "It asks to wait 2 m 1 s, which is longer than the time left. The portal's edition allows fewer concurrent calls. " +
        'Lower the concurrency, or give the delivery more time.',
    ]);
  });

  test('429 again and again: the delivery ends by the deadline, and says so', async () => {
    const report = await delivered(logs(1), { faults: [{ kind: 'tooMany', times: 'always' }] });
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(120_000);
    expect(told(report)[0]).toMatch(
      /^not recorded: Desk answered 429 .*\. No time was left for it: the delivery may take 120 s\. /,
    );
  });

  test('nothing listens: tried until the deadline, and the network is named', async () => {
    const gone = await startEmulator();
    await gone.close();
    const report = await delivered(logs(2), { portal: { deskUrl: gone.url }, allowedMs: 7_000 });
    // The fifth pause would reach beyond the deadline: it is cut, and the last try is made.
    expect(slept.slice(0, 4)).toEqual([250, 500, 1_000, 2_000]);
    expect(slept[4]).toBeGreaterThan(0);
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(7_000);
    for (const line of told(report)) {
      expect(line).toMatch(/^not recorded: Desk was not reached: 127\.0\.0\.1:\d+ .*ECONNREFUSED/);
      expect(line).toContain('Check the address and the network.');
    }
  });
});

describe('the token endpoint', () => {
  test.each([
    ['500', { kind: 'error500' }],
    ['502', { kind: 'error502' }],
    ['a reset', { kind: 'resetBefore' }],
  ] as const)('%s is asked again', async (_, fault) => {
    const report = await delivered(logs(1), { faults: [{ ...fault, on: 'token', times: 2 }] });
    expect(kinds(report)).toEqual([ok]);
    expect(seen().map((line) => line.split(' ')[0])).toEqual(['token', 'token', 'token', 'run:']);
    expect(slept).toEqual([250, 500]);
  });

  test('503 with Retry-After is waited for', async () => {
    await delivered(logs(1), { faults: [{ kind: 'error503', on: 'token', retryAfter: 3 }] });
    expect(slept).toEqual([3_000]);
  });

  test.each([200, 400] as const)('the throttle as a %d ends all at once', async (tokenThrottleStatus) => {
    const body = '{"error_description":"Demasiadas solicitudes.","error":"Access Denied","status":"failure"}';
    const report = await delivered(logs(3), {
      faults: [{ kind: 'respond', on: 'token', status: tokenThrottleStatus, body }],
    });
    expect(seen()).toEqual([`token ${tokenThrottleStatus}`]);
    expect(told(report)).toEqual(
      Array(3).fill(expect.stringMatching(/Demasiadas solicitudes.*ten access tokens in ten minutes/)),
    );
  });

  test.each(['invalid_code', 'invalid_client', 'invalid_client_secret', 'general_error'])(
    '%s, though it comes with a 200, ends all at once',
    async (error) => {
      const fault: Fault = { kind: 'respond', on: 'token', body: JSON.stringify({ error }) };
      const report = await delivered(logs(12), { faults: [fault], concurrency: 5 });
      expect(seen()).toEqual(['token 200']);
      expect(told(report)[11]).toContain(`200 ${error}`);
    },
  );
});

describe('401 INVALID_OAUTH', () => {
  test('one refresh, one resend', async () => {
    expect(kinds(await delivered(logs(2), { faults: [{ kind: 'unauthorized' }] }))).toEqual([ok, ok]);
    expect(seen()).toEqual(['token 200', 'run: log 1 401', 'token 200', 'run: log 1 200', 'run: log 2 200']);
    expect(journal).toEqual([
      '"log 1", attempt 1: Desk answered 401 INVALID_OAUTH "The OAuth Token you provided is invalid". A new token is asked for.',
    ]);
  });

  test('four at once: one refresh for all', async () => {
    const report = await delivered(logs(20, null), {
      concurrency: 20,
      faults: [{ kind: 'unauthorized', times: 4, delayMs: 30 }],
    });
    expect(kinds(report)).toEqual(Array(20).fill(ok));
    expect(seen().filter((line) => line.startsWith('token'))).toHaveLength(2);
    expect(seen()).toHaveLength(2 + 4 + 20);
  });

  test('a fresh token refused too: the whole delivery stops', async () => {
    const report = await delivered(logs(3), { faults: [{ kind: 'unauthorized', times: 'always' }] });
    expect(seen()).toEqual(['token 200', 'run: log 1 401', 'token 200', 'run: log 1 401']);
    expect(kinds(report)).toEqual([no, no, no]);
  });

  test('a token that the caller brought is not asked for again', async () => {
    const accessToken = desk.issueAccessToken({ expiresInSeconds: 0 });
    const report = await delivered(logs(2), { accessToken });
    expect(seen()).toEqual(['run: log 1 401']);
    expect(told(report)[1]).toContain('Make a new one with the scope Desk.extensions.CREATE');
    expect(JSON.stringify(report)).not.toContain(accessToken.slice(5, 13));
  });
});

describe('final', () => {
  const creditsUsedUp: Fault = { kind: 'credits' };
  const html404: Fault = { kind: 'html404', times: 'always' };
  const answer = (status: number, errorCode: string): Fault => ({
    kind: 'respond',
    times: 'always',
    status,
    body: JSON.stringify({ errorCode, message: 'No.' }),
  });

  test.each([
    ['a wrong host', html404, /Check the data center/],
    ['SCOPE_MISMATCH', answer(403, 'SCOPE_MISMATCH'), /lacks the scope Desk\.extensions\.CREATE/],
    ['OAUTH_ORG_MISMATCH', answer(403, 'OAUTH_ORG_MISMATCH'), /organization id/],
    ['LICENSE_ACCESS_LIMITED', answer(403, 'LICENSE_ACCESS_LIMITED'), /edition/],
    ['405', answer(405, 'METHOD_NOT_ALLOWED'), /does not take logs/],
    ['415', answer(415, 'UNSUPPORTED_MEDIA_TYPE'), /does not take logs/],
    ['credits used up', creditsUsedUp, /credits for today are used up/],
  ])('%s: one request, and everything stops', async (_, fault, advice) => {
    const report = await delivered([...logs(11), ...logs(2, 'other', '4000000000123002')], {
      faults: [fault],
    });
    expect(seen()).toHaveLength(2);
    expect(told(report)).toEqual(Array(13).fill(expect.stringMatching(advice)));
    expect(told(report).every((line) => line.startsWith('not recorded'))).toBe(true);
    expect(slept).toEqual([]);
  });

  test.each([403, 404, 422] as const)(
    'an installation refused with %d: the other goes on',
    async (status) => {
      const entries = [...logs(11, 'run', '4000000000999999'), ...logs(2, 'other')];
      const report = await delivered(entries, { switches: { badInstallation: status } });
      expect(seen()).toEqual(['token 200', `run: log 1 ${status}`, 'other: log 1 200', 'other: log 2 200']);
      expect(kinds(report)).toEqual([...Array<string>(11).fill(no), ok, ok]);
      expect(told(report)[10]).toContain('Check the installation id');
    },
  );

  test.each([
    [400, '{"message":"Error while Processing Request."}'],
    [413, '{"errorCode":"RESOURCE_SIZE_EXCEEDED","message":"Too large."}'],
    [
      422,
      '{"errorCode":"INVALID_DATA","message":"No.","errors":[{"fieldName":"/title","errorType":"invalid"}]}',
    ],
  ])('%d that is about one log: the part goes on, and the next is its parent', async (status, body) => {
    const report = await delivered(logs(3), { faults: [{ kind: 'respond', status, body }] });
    expect(seen()).toEqual(['token 200', `run: log 1 ${status}`, 'run: log 2 200', 'run: log 3 200']);
    expect(told(report)).toEqual([expect.stringMatching(/^not recorded: Desk answered/), ok, ok]);
    expect(desk.logs().map(({ title, parentLogId }) => [title, parentLogId === null])).toEqual([
      ['log 2', true],
      ['log 3', false],
    ]);
  });

  test('a redirect is never followed, and stops everything', async () => {
    const elsewhere = await startEmulator();
    const location = `${elsewhere.url}/api/v1/extensionLogs`;
    for (const status of [301, 302, 303, 307, 308]) {
      desk.reset();
      const report = await delivered(logs(3), {
        faults: [{ kind: 'respond', status, headers: { location }, times: 'always' }],
      });
      expect(seen()).toEqual(['token 200', `run: log 1 ${status}`]);
      expect(told(report)[0]).toContain('A redirect is never followed');
    }
    expect(elsewhere.requests()).toEqual([]);
    await elsewhere.close();
  });
});

test('a title cannot forge a line of the journal or bring a secret into it', async () => {
  const secret = desk.credentials.clientSecret;
  const forged = logs(1).map((log) => ({ ...log, title: `one\n::error::two ${secret}` }));
  await delivered(forged, { faults: [{ kind: 'tooMany' }] });
  expect(journal).toHaveLength(1);
  expect(journal[0]).toMatch(/^"one ::error::two \*\*\*", attempt 1: /);
});
