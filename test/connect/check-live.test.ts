import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, startEmulator, type Switches } from '../../emulator/start-emulator.ts';
import { initialSwitches } from '../../emulator/desk/switches.ts';
import { foreignTo } from '../../connect/live/trials.ts';
import { addressesOf, connectWithPipes, variablesOf, type PipedEnd } from './connect-command.ts';
import { refreshTokenWithScope } from './consent.ts';

let desk: Emulator;
beforeAll(async () => {
  desk = await startEmulator();
});
beforeEach(() => {
  desk.reset();
  desk.configure(initialSwitches());
});
afterAll(() => desk.close());

/** What someone has who has everything. */
async function everything(): Promise<Record<string, string>> {
  return {
    ...variablesOf(desk),
    ZOHO_SECOND_INSTALLATION_ID: desk.credentials.furtherInstallationIds[0] ?? '',
    ZOHO_OTHER_REFRESH_TOKEN: await refreshTokenWithScope(desk, 'Desk.basic.READ'),
    ZOHO_EXTENSION_SECRET: desk.credentials.extensionSecret,
    ZOHO_SECURITY_CONTEXT: desk.portals[0]?.installations[0]?.securityContext ?? '',
    ZOHO_CONNECTION_LINK_NAME: desk.credentials.connectionLinkName,
  };
}

const checkLive = async (answers: readonly string[], env: Record<string, string>): Promise<PipedEnd> =>
  connectWithPipes(['--check-live', ...addressesOf(desk)], answers, env);

/** What the table says, by what was tried. */
function foundIn(stdout: string): Record<string, string> {
  const table = stdout.slice(stdout.indexOf('| What was tried'));
  const rows = table.split('\n').filter((line) => line.startsWith('| '));
  return Object.fromEntries(
    rows.slice(2).map((line) => {
      const [, question = '', , found = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
      return [question, found];
    }),
  );
}

const PARENT = "A parent's own `parentLogId` in the answer";
const ELEVENTH = 'The 11th log under one reference';
const WITHOUT_DESCRIPTION = 'Without `description`';
const UNKNOWN_KEY = 'A key in the body that *Add a Log* does not know';
const FOREIGN = 'An installation that the portal does not have';
const SCOPE = 'One reference in two installations of a portal';
const THROTTLE = 'More than ten access tokens in ten minutes';
const INVOKE_FORM = 'Invoke API: form of the answer to a log that was recorded';
const INVOKE_ERROR = 'Invoke API: an error of the inner call (an installation that the portal does not have)';
const WRONG_HASH = 'Invoke API: a wrong HASH';

test('with everything given, the table says what the local Desk does', async () => {
  const { exitCode, stdout, stderr } = await checkLive(['y', 'y'], await everything());
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(foundIn(stdout)).toEqual({
    [PARENT]: 'absent',
    [ELEVENTH]: 'refused: 422 INVALID_DATA, /reference invalid',
    'Two logs that open a reference at the same time': 'one parent and its sub-log',
    [WITHOUT_DESCRIPTION]: 'refused: 422 INVALID_DATA, /description missing',
    'With an empty `description`': 'refused: 422 INVALID_DATA, /description invalid',
    'With an empty `title`': 'refused: 422 INVALID_DATA, /title invalid',
    'A `title` of 250, 1,000, 10,000 characters':
      '250 recorded, as sent; 1,000 recorded, as sent; 10,000 recorded, as sent',
    'A `description` of 1,000, 10,000, 100,000 characters':
      '1,000 recorded, as sent; 10,000 recorded, as sent; 100,000 recorded, as sent',
    'HTML, quotes, line breaks, umlauts and emoji in the texts':
      'recorded; title as sent, description as sent',
    [UNKNOWN_KEY]: 'refused: 422 UNPROCESSABLE_ENTITY',
    'A parameter in the query': 'refused: 422 UNPROCESSABLE_ENTITY',
    [FOREIGN]: 'refused: 422 INVALID_DATA, /installationId invalid',
    '`Authorization: Bearer` instead of `Zoho-oauthtoken`': 'recorded',
    'Without the header `orgId`': 'refused: 403 OAUTH_ORG_MISMATCH',
    [SCOPE]: 'a group in each installation',
    'A token without the scope `Desk.extensions.CREATE`': 'refused: 403 SCOPE_MISMATCH',
    [INVOKE_FORM]: 'recorded; `statusMessage` is an object, `statusCode` 200',
    [INVOKE_ERROR]: 'outer status 200, `statusCode` 422; refused: 422 INVALID_DATA, /installationId invalid',
    [WRONG_HASH]: 'refused: 401 UNAUTHORIZED',
    'Invoke API: `{{installationId}}` in the body': 'refused: 422 INVALID_DATA, /installationId invalid',
    [THROTTLE]: 'refused with 400, `status: failure`',
  });
});

const VARIANTS: readonly [Partial<Switches>, string, string][] = [
  [{ parentIdOfParent: 'null' }, PARENT, 'null'],
  [{ parentIdOfParent: 'empty' }, PARENT, 'an empty text'],
  [{ parentIdOfParent: 'self' }, PARENT, 'its own `logId`'],
  [{ overflow: 'newParent' }, ELEVENTH, 'recorded as a parent of its own'],
  [{ overflow: 'newParent', parentIdOfParent: 'self' }, ELEVENTH, 'recorded as a parent of its own'],
  [{ referenceScope: 'organization' }, SCOPE, 'one group for both'],
  [{ requireDescription: false }, WITHOUT_DESCRIPTION, 'recorded'],
  [{ unknownKeys: 'ignore' }, UNKNOWN_KEY, 'recorded'],
  [{ badInstallation: 404 }, FOREIGN, 'refused: 404 URL_NOT_FOUND'],
  [{ badInstallation: 403 }, FOREIGN, 'refused: 403 FORBIDDEN'],
  [{ tokenThrottleStatus: 200 }, THROTTLE, 'refused with 200, `status: failure`'],
  [{ invokeAnswer: 'text' }, INVOKE_FORM, 'recorded; `statusMessage` is JSON text, without `statusCode`'],
  [
    { invokeErrors: 'outer' },
    INVOKE_ERROR,
    'outer status 422, `statusCode` 422; refused: 422 INVALID_DATA, /installationId invalid',
  ],
  [{ badHash: 403 }, WRONG_HASH, 'refused: 403 FORBIDDEN'],
  [{ badHash: 400 }, WRONG_HASH, 'refused: 400 BAD_REQUEST'],
];

test.each(VARIANTS)('%j: %s', async (switches, question, found) => {
  desk.configure(switches);
  const { stdout } = await checkLive(['y', 'y'], await everything());
  expect(foundIn(stdout)[question]).toBe(found);
});

test('every switch that stands for something unknown is tried in each of its variants', () => {
  const tried = VARIANTS.flatMap(([switches]) => Object.keys(switches));
  const notTried = Object.keys(initialSwitches()).filter((name) => !tried.includes(name));
  expect(notTried).toEqual(['edition', 'users', 'latencyMs', 'creditsPerDay', 'concurrentCalls']);
});

const TITLES = 'A `title` of 250, 1,000, 10,000 characters';
const DESCRIPTIONS = 'A `description` of 1,000, 10,000, 100,000 characters';
const AT_ONCE = 'Two logs that open a reference at the same time';
const TEXTS = 'HTML, quotes, line breaks, umlauts and emoji in the texts';
const OTHER_SCOPE = 'A token without the scope `Desk.extensions.CREATE`';

describe('answers that no variant of the local Desk gives', () => {
  const recorded = (fields: object) => ({ kind: 'respond', body: JSON.stringify(fields) }) as const;

  test('are told as they are: another parent, a text cut short or changed, one log refused', async () => {
    const env = await everything();
    desk.fault({ ...recorded({ logId: '1', parentLogId: '2' }), skip: 1 });
    desk.fault({ ...recorded({ logId: '3', parentLogId: '4' }), match: 'with logs, 11' });
    desk.fault({ ...recorded({ logId: '5', title: 'Test log: what' }), match: 'with logs....' });
    desk.fault({ kind: 'error502', match: 'with logs....' });
    desk.fault({ ...recorded({ logId: '6', description: 'Something else' }), match: 'three days....' });
    desk.fault({ kind: 'respond', status: 413, body: '', match: 'three days....' });
    desk.fault({ kind: 'error500', match: '&amp;' });
    desk.fault({ kind: 'error502', match: env['ZOHO_SECOND_INSTALLATION_ID'] ?? '' });
    const { stdout } = await checkLive(['n', 'y'], env);
    expect(foundIn(stdout)).toMatchObject({
      [PARENT]: 'another id',
      [ELEVENTH]: 'recorded as a sub-log of another parent',
      [TITLES]: '250 recorded, cut to 14; 1,000 failed: 502, a web page',
      [DESCRIPTIONS]: '1,000 recorded, changed; 10,000 refused: 413',
      [TEXTS]: 'failed: 500 INTERNAL_SERVER_ERROR',
      [SCOPE]: 'in the second: failed: 502, a web page',
    });
  });

  test('a reference that takes an eleventh log, and two logs at once that both become parents', async () => {
    desk.fault({ ...recorded({ logId: '1' }), match: 'logs, 1"' });
    desk.fault({ ...recorded({ logId: '2', parentLogId: '1' }), match: 'logs, 11"' });
    // The first trial's log lets it pass; then it strikes one of the two.
    desk.fault({ ...recorded({ logId: '3' }), match: 'with logs"', skip: 1 });
    const { stdout } = await checkLive(['', '', '', 'n', 'y'], variablesOf(desk));
    expect(foundIn(stdout)).toMatchObject({
      [ELEVENTH]: 'recorded as one more sub-log of the same parent',
      [AT_ONCE]: '2 parents',
    });
  });

  test('a Desk that fails at everything, and a token endpoint without a throttle', async () => {
    const env = await everything();
    desk.fault({ kind: 'error502', skip: 1, times: 'always' });
    const body = JSON.stringify({ access_token: '1000.aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbb', expires_in: 3600 });
    desk.fault({ kind: 'respond', on: 'token', body, skip: 1, times: 'always' });
    const { exitCode, stdout } = await checkLive(['y', 'y'], env);
    expect(exitCode).toBe(0);
    const { [THROTTLE]: throttle, ...found } = foundIn(stdout);
    expect(throttle).toBe('11 were issued');
    for (const [question, answer] of Object.entries(found)) {
      expect([question, answer]).toEqual([question, expect.stringMatching(/failed: 502, a web page$/)]);
    }
    expect(desk.logs()).toEqual([]);
  });

  test('connections that break, and tokens that are refused', async () => {
    const env = { ...(await everything()), ZOHO_OTHER_REFRESH_TOKEN: '1000.revoked.0123456789' };
    desk.fault({ kind: 'resetBefore', skip: 1, times: 'always' });
    desk.fault({ kind: 'respond', on: 'token', status: 400, body: '{"error":"general_error"}', skip: 2 });
    const { exitCode, stdout } = await checkLive(['y', 'y'], env);
    expect(exitCode).toBe(0);
    expect(foundIn(stdout)).toMatchObject({
      [PARENT]: 'no answer: lost',
      [INVOKE_FORM]: 'no answer: lost',
      [WRONG_HASH]: 'no answer: lost',
      [OTHER_SCOPE]: 'not tried: Zoho issued no token, invalid_code',
      [THROTTLE]: 'refused: 400 general_error',
    });
  });

  test.each([
    ['4000000000123001', '9000000000123000'],
    ['4000000000123000', '9000000000123001'],
  ])('%s: the id that the portal does not have is %s', (installationId, foreign) => {
    expect(foreignTo(installationId)).toBe(foreign);
  });
});

describe('what it writes and shows', () => {
  test('nothing without a yes', async () => {
    const { exitCode, stdout } = await checkLive(['', '', '', 'n', 'n'], variablesOf(desk));
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Write up to \d+ test logs into the installation 4000000000123001 now\? \[y\/N\]/);
    expect(stdout).toMatch(/Nothing was written\.\n$/);
    expect(desk.logs()).toEqual([]);
  });

  test('no more logs than it says, each of which says that it is a test', async () => {
    desk.configure({ overflow: 'newParent', requireDescription: false, unknownKeys: 'ignore' });
    const { stdout } = await checkLive(['y', 'y'], await everything());
    const [, most = ''] = /up to (\d+) test logs/.exec(stdout) ?? [];
    expect(desk.logs().length).toBeLessThanOrEqual(Number(most));
    for (const { title } of desk.logs()) expect(title).toMatch(/^Test log: /);
  });

  test('no id and no secret in the table, and none of the secrets anywhere', async () => {
    const everyMeans = await everything();
    const { stdout } = await checkLive(['y', 'y'], everyMeans);
    const table = stdout.slice(stdout.indexOf('Zoho Desk, data center us'));
    expect(table).not.toMatch(/\d{6,}/);
    const hidden = [
      'ZOHO_CLIENT_SECRET',
      'ZOHO_REFRESH_TOKEN',
      'ZOHO_OTHER_REFRESH_TOKEN',
      'ZOHO_EXTENSION_SECRET',
    ];
    for (const name of [...hidden, 'ZOHO_SECURITY_CONTEXT']) {
      expect(stdout).not.toContain((everyMeans[name] ?? '').slice(0, 12));
    }
  });

  test('a trial that Desk fails on says so, and the others go on', async () => {
    desk.fault({ kind: 'error502', skip: 1 });
    const { exitCode, stdout } = await checkLive(['', '', '', 'n', 'y'], variablesOf(desk));
    expect(exitCode).toBe(0);
    expect(foundIn(stdout)).toMatchObject({
      [PARENT]: 'failed: 502, a web page',
      [WITHOUT_DESCRIPTION]: 'refused: 422 INVALID_DATA, /description missing',
    });
  });

  test('a success without a log in it is not taken for a recorded log', async () => {
    desk.fault({ kind: 'html', skip: 1 });
    const { stdout } = await checkLive(['', '', '', 'n', 'y'], variablesOf(desk));
    expect(foundIn(stdout)[PARENT]).toBe('answered 200, a web page, without a log');
  });

  test('input that ends leaves the rest out, and writes nothing', async () => {
    const { exitCode, stdout } = await checkLive([], variablesOf(desk));
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Nothing was written\.\n$/);
    expect(desk.logs()).toEqual([]);
  });

  test('a variable that is not valid: one that is needed ends it, a further one is asked for', async () => {
    const wrong = await checkLive([], { ...variablesOf(desk), ZOHO_ORG_ID: '12a' });
    expect([wrong.exitCode, desk.requests()]).toEqual([1, []]);
    expect(wrong.stdout).toMatch(/✗ ZOHO_ORG_ID: "12a" must be digits only\..*\n$/);
    const env = { ...variablesOf(desk), ZOHO_SECOND_INSTALLATION_ID: 'two words' };
    const further = await checkLive(
      [desk.credentials.furtherInstallationIds[0] ?? '', '', '', 'n', 'y'],
      env,
    );
    expect(further.stdout).toContain('✗ ZOHO_SECOND_INSTALLATION_ID: "two words"');
    expect(foundIn(further.stdout)[SCOPE]).toBe('a group in each installation');
  });

  test('a wrong client secret is said before anything is asked', async () => {
    const env = { ...variablesOf(desk), ZOHO_CLIENT_SECRET: 'wrong-secret-0123456789' };
    const { exitCode, stdout } = await checkLive([], env);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/✗ Zoho did not issue an access token\. .*invalid_client_secret.*\n$/);
    expect(stdout).not.toContain('Some trials need more');
  });

  test('a connection that does not work is said before anything is asked', async () => {
    const { exitCode, stdout } = await checkLive([], { ...variablesOf(desk), ZOHO_ORG_ID: '999' });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/✗ Desk answered 403 OAUTH_ORG_MISMATCH .*\n$/);
  });
});
