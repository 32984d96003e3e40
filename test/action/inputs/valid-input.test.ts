import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { entriesByPortal } from '../../../action/inputs/addressed-entries.ts';
import type { With } from '../desk-and-job.ts';
import { checkStep, CONNECTION, NO_CLIENT, VENDOR_SECRETS } from './checking.ts';

/** What a step asks for; fails with its problems where it has any. */
async function checked(given: With) {
  const { problems, value, learnt } = await checkStep({ title: 'Release', ...given });
  expect(problems).toEqual([]);
  if (value === undefined) throw new Error('neither valid nor a problem');
  return { ...value, learnt };
}

async function titlesOf(given: With): Promise<string[]> {
  const { what } = await checked({ title: '', ...given });
  return what.kind === 'entries' ? what.entries.map(({ title }) => title) : [];
}

describe('a list of logs, however a step has printed it', () => {
  const LISTS: Readonly<Record<string, string>> = {
    'as it should be': '- Build\n- Deploy\n',
    'every line indented': '  - Build\n  - Deploy\n',
    'indented, and trimmed where it was handed on': '- Build\n    - Deploy',
    'with CRLF': '  - Build\r\n  - Deploy\r\n',
    'with lone CR': '- Build\r- Deploy',
    'with a byte order mark': '\uFEFF- Build\n- Deploy',
    'with a byte order mark before an indented list': '\uFEFF  - Build\n  - Deploy',
    'with blank lines first': '\n\n  \n  - Build\n\n  - Deploy\n\n',
    'with blank lines of spaces and tabs': '  - Build\n\t\n  - Deploy',
    'with a tab after the dash': '-\tBuild\n-\tDeploy',
    'as indented mappings': '    - title: Build\n      status: success\n    - title: Deploy',
    'as mappings, trimmed': '- title: Build\n      status: success\n    - title: Deploy',
    'as JSON with tabs': '[\n\t"Build",\n\t"Deploy"\n]',
  };

  test.each(Object.entries(LISTS))('%s', async (_how, logs) => {
    expect(await titlesOf({ logs })).toEqual(['Build', 'Deploy']);
  });

  test('a tab within a description stays', async () => {
    const logs = '- title: Build\n  description: |-\n    a\n    \tb';
    const { what } = await checked({ title: '', logs });
    expect(what).toMatchObject({ entries: [{ title: 'Build', description: 'a\n\tb' }] });
  });

  test('a title that goes on in the next line is one title', async () => {
    expect(await titlesOf({ logs: '- Built\n  and signed\n- Deployed' })).toEqual([
      'Built and signed',
      'Deployed',
    ]);
  });
});

test('spaces around a value, and the words that YAML has for true, are taken as meant', async () => {
  const { settings } = await checked({ 'org-id': ' 60001234567\n', concurrency: ' 5 ', 'dry-run': 'True' });
  expect(settings).toMatchObject({ 'org-id': '60001234567', concurrency: 5, 'dry-run': true });
});

test.each([
  'http://localhost:8080',
  'http://127.0.0.1:8080',
  'http://[::1]:8080',
  'http://host.docker.internal:8080',
])('%s may be reached without https', async (url) => {
  const { destinations } = await checked({ 'desk-url': `${url}/`, 'accounts-url': url });
  expect(destinations[0]?.portal).toMatchObject({ deskUrl: url, accountsUrl: url });
});

test('detail is outcome unless the workflow asks for more', async () => {
  expect((await checked({})).settings.detail).toBe('outcome');
  expect((await checked({ detail: 'full' })).settings.detail).toBe('full');
});

describe('a dry run', () => {
  const WITHOUT_ANYTHING = { ...NO_CLIENT, 'org-id': '', 'installation-id': '', 'dry-run': 'true' };

  test('needs no ids and no credentials', async () => {
    const { destinations } = await checked(WITHOUT_ANYTHING);
    expect(destinations).toMatchObject([{ installationId: '', door: undefined }]);
  });

  test('needs none for a list of installations either', async () => {
    const installations = `- { installationId: "1", securityContext: ${VENDOR_SECRETS.securityContext} }\n- { installationId: "2" }`;
    const { destinations } = await checked({ ...WITHOUT_ANYTHING, installations });
    expect(destinations.map(({ installationId, door }) => [installationId, door])).toEqual([
      ['1', undefined],
      ['2', undefined],
    ]);
  });

  test('takes an undelivered file of another portal', async () => {
    const logs = '- { title: a, orgId: "71", installationId: "9" }\n- b';
    const { destinations, what } = await checked({ ...WITHOUT_ANYTHING, title: '', logs });
    const entries = what.kind === 'entries' ? what.entries : [];
    const [planned] = entriesByPortal(entries, destinations);
    expect(planned?.entries.map(({ title, installationId }) => [title, installationId])).toEqual([
      ['a', '9'],
      ['b', ''],
    ]);
  });
});

describe('installations', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'installations '));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const VENDOR = { ...NO_CLIENT, 'installation-id': '', 'extension-secret': VENDOR_SECRETS.extensionSecret };

  test('each takes from the inputs what it leaves out, and both doors may be in one list', async () => {
    const { destinations } = await checked({
      'installation-id': '',
      'extension-secret': VENDOR_SECRETS.extensionSecret,
      'connection-link-name': 'zohodesk',
      'data-center': 'eu',
      installations: JSON.stringify([
        { installationId: '1' },
        { installationId: '2', orgId: '72', dataCenter: 'in', refreshToken: '1000.own.token', name: 'Acme' },
        { installationId: '3', orgId: '73', securityContext: VENDOR_SECRETS.securityContext },
      ]),
    });
    expect(destinations).toMatchObject([
      {
        portal: { orgId: '60001234567', deskUrl: 'https://desk.zoho.eu' },
        door: { kind: 'oauth-client', client: { refreshToken: CONNECTION['refresh-token'] } },
      },
      {
        portal: { orgId: '72', deskUrl: 'https://desk.zoho.in', accountsUrl: 'https://accounts.zoho.in' },
        door: { kind: 'oauth-client', client: { refreshToken: '1000.own.token' } },
      },
      {
        portal: { orgId: '73', deskUrl: 'https://desk.zoho.eu' },
        door: {
          kind: 'invoke',
          key: { extensionSecret: VENDOR_SECRETS.extensionSecret, connectionLinkName: 'zohodesk' },
          securityContext: VENDOR_SECRETS.securityContext,
        },
      },
    ]);
  });

  test('take the orgId as the number that Desk sends, and so do entries', async () => {
    const { destinations, what } = await checked({
      ...VENDOR,
      title: '',
      installations: `- { installationId: "1", orgId: 387238, securityContext: ${VENDOR_SECRETS.securityContext} }`,
      logs: '[{ "title": "Built", "orgId": 387238 }]',
    });
    expect(destinations).toMatchObject([{ portal: { orgId: '387238' } }]);
    expect(what).toMatchObject({ entries: [{ title: 'Built', orgId: '387238' }] });
  });

  test('are read from a file with a byte order mark and line ends of Windows', async () => {
    const path = join(folder, 'windows.jsonl');
    const lines = [1, 2].map((id) =>
      JSON.stringify({ installationId: `${id}`, securityContext: `context-${id}` }),
    );
    await writeFile(path, `\uFEFF${lines.join('\r\n')}\r\n`);
    const { destinations } = await checked({ ...VENDOR, 'installations-file': path });
    expect(destinations.map(({ installationId }) => installationId)).toEqual(['1', '2']);
  });

  test.each(['json', 'jsonl', 'yaml', 'yml'])('are read from a .%s file', async (extension) => {
    const list = [1, 2, 3].map((id) => ({ installationId: String(id), securityContext: `context-of-${id}` }));
    const text =
      extension === 'jsonl' ? list.map((one) => JSON.stringify(one)).join('\n') : JSON.stringify(list);
    const path = join(folder, `customers.${extension}`);
    await writeFile(path, text);
    const { destinations, learnt } = await checked({ ...VENDOR, 'installations-file': path });
    expect(destinations.map(({ installationId }) => installationId)).toEqual(['1', '2', '3']);
    expect(learnt).toEqual(expect.arrayContaining(['context-of-1', 'context-of-2', 'context-of-3']));
  });

  test('shards are contiguous pieces of about one size, and together the list', async () => {
    const installations = JSON.stringify(
      Array.from({ length: 7 }, (_, index) => ({ installationId: String(index) })),
    );
    const pieces = [];
    for (const number of [1, 2, 3, 4, 5]) {
      const { destinations } = await checked({
        'installation-id': '',
        installations,
        shard: ` ${number} / 5 `,
      });
      pieces.push(destinations.map(({ installationId }) => installationId).join(' '));
    }
    expect(pieces).toEqual(['0', '1', '2 3', '4', '5 6']);
    expect((await checked({ 'installation-id': '', installations, shard: '8/9' })).destinations).toHaveLength(
      1,
    );
    expect((await checked({ 'installation-id': '', installations, shard: '1/9' })).destinations).toEqual([]);
  });

  test('an entry of logs for an installation of another piece is no mistake', async () => {
    const installations = '- { installationId: "1" }\n- { installationId: "2" }';
    const logs = '- { title: a, installationId: "2" }';
    const { destinations } = await checked({ 'installation-id': '', installations, logs, shard: '1/2' });
    expect(destinations.map(({ installationId }) => installationId)).toEqual(['1']);
  });
});
