import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { FAULT_KINDS } from '../../emulator/faults/fault-input.ts';
import type { EmulatedPortal, Fault } from '../../emulator/start-emulator.ts';
import { inBatches, logsWithTitles, stepTitles, withScene } from './desk-and-job.ts';
import { leaksOf, piecesIn, secretsOf, WAYS, type WayName } from './leaks.ts';
import { quotesOf } from './secret-forms.ts';

const WAY_NAMES = Object.keys(WAYS) as WayName[];

test('the search for pieces finds them', () => {
  const secret = '1000.0f8e27c6d94b3a51e08f7c26ad95b413.77c1e05f93ab2d468e0f19d3c5b7a286';
  for (const quote of quotesOf(secret)) expect(piecesIn(`x ${quote} y`, [secret])).not.toEqual([]);
});

// Every second portal is entered by the other door, so each kind meets both.
test.concurrent.each([
  ['log', 0],
  ['log', 1],
  ['token', 0],
  ['token', 1],
] as const)(
  'no secret is shown in any failure of the %s endpoint, one kind for each portal from number %i on',
  async (on, first) => {
    const faults = (portals: readonly EmulatedPortal[]) =>
      portals.map(({ orgId, refreshToken }, at): Fault => {
        const kind = FAULT_KINDS[(at + first) % FAULT_KINDS.length] ?? 'respond';
        return { kind, on, times: 'always', ...(on === 'log' ? { orgId } : { match: refreshToken }) };
      });
    const given = { logs: logsWithTitles(...stepTitles(3)), 'timeout-seconds': '3' };
    expect(await leaksOf('list of installations', given, faults, FAULT_KINDS.length)).toEqual([]);
  },
);

/** An answer in which the service quotes what it was asked, in every field that a message is made of. */
function quoting(one: string, two = one, three = one): object {
  return {
    errorCode: one,
    error: one,
    message: `Bad request: Authorization: Zoho-oauthtoken ${two}`,
    error_description: `Bad request: refresh_token=${two}&client_secret=${two}`,
    errors: [{ fieldName: `/${three}`, errorType: three, errorMessage: three }],
  };
}

/** As the Invoke API hands on what the inner call answered. */
function wrapped(statusCode: number, inner: object): string {
  return JSON.stringify({ response: JSON.stringify({ statusCode, statusMessage: inner }) });
}

test.concurrent.each(WAY_NAMES)(
  'no secret is shown when Desk quotes it, whole, in pieces or encoded: %s',
  async (way) => {
    const quotes = (await secretsOf(way)).flatMap(quotesOf);
    const titles = stepTitles(quotes.length);
    // Once as an answer that is final, once as one that is tried again, and as the inner answer of the Invoke API.
    const faults = [422, 500].map((status) =>
      quotes.flatMap((quote): Fault[] => {
        const body = quoting(quote);
        return [
          { kind: 'respond', status, body: JSON.stringify(body) },
          { kind: 'respond', status: 200, body: wrapped(status, body) },
        ];
      }),
    );
    const given = { logs: logsWithTitles(...titles), 'timeout-seconds': '3' };
    const leaks = await Promise.all(faults.map((ofStatus) => leaksOf(way, given, ofStatus)));
    expect(leaks).toEqual([[], []]);
  },
  30_000,
);

test.concurrent(
  'no secret is shown when the token endpoint quotes it',
  async () => {
    const quotes = (await secretsOf('OAuth client')).flatMap(quotesOf);
    const threes = Array.from({ length: Math.ceil(quotes.length / 3) }, (_, at) =>
      quotes.slice(at * 3, at * 3 + 3),
    );
    const leaks = await inBatches(threes, 3, (three) => {
      const body = JSON.stringify(quoting(three[0] ?? '', three[1], three[2]));
      return leaksOf('OAuth client', { title: 'Release', 'timeout-seconds': '1' }, [
        { kind: 'respond', on: 'token', status: 500, body },
        { kind: 'respond', on: 'token', status: 400, body },
      ]);
    });
    expect(leaks.flat()).toEqual([]);
  },
  40_000,
);

test.concurrent.each(WAY_NAMES)('no secret is shown when the texts to be logged have it: %s', async (way) => {
  const secrets = await secretsOf(way);
  const title = `Deployed with ${secrets.join(' and "')}`;
  const given = {
    logs: JSON.stringify([title, { title: 'b', description: title }]),
    reference: title.slice(0, 90),
  };
  const lost: Fault = { kind: 'html404', times: 'always' };
  expect(await leaksOf(way, given, [lost])).toEqual([]);
  expect(await leaksOf(way, given, [])).toEqual([]);
  expect(await leaksOf(way, { ...given, 'dry-run': 'true' }, [])).toEqual([]);
  expect(await leaksOf(way, { ...given, 'log-at': 'job-end' }, [lost])).toEqual([]);
});

test.concurrent(
  'no secret is shown when it stands in the wrong place of a list of installations',
  async () => {
    const [secret = ''] = await secretsOf('list of installations');
    const lists = [
      `- { installationId: "1", securitycontext: ${secret} }`,
      `- { installationId: "1", securityContext:${secret} }`,
      `- ${secret}`,
      `- installationId: "1"\n\tsecurityContext: ${secret}`,
      `- { installationId: "1", securityContext: "${secret} }`,
      `[{ "securityContext": "${secret}" }]`,
    ];
    for (const installations of lists) {
      // Where it cannot be told from the text around it, it cannot be masked either: it is not shown.
      const leaks = await leaksOf('list of installations', { installations, title: 'Release' }, []);
      expect(leaks.filter((leak) => leak.startsWith('shows'))).toEqual([]);
    }
  },
);

test.concurrent('the undelivered file is JSON lines whatever the secrets have in them', async () => {
  const secret = '","title":"x\\"';
  const titles = await withScene(async ({ desk, run }) => {
    desk.fault({ kind: 'html404', times: 'always' });
    const { given } = WAYS['access token'](desk);
    const end = await run({ ...given, 'access-token': secret, title: `a ${secret} b` });
    const file = await readFile(end.outputs['undelivered-file'] ?? '', 'utf8');
    return file
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { title: string }).title);
  });
  expect(titles).toEqual(['a *** b']);
});
