import { describe, expect, test } from '@jest/globals';
import {
  engineForEachTest,
  logRequests,
  tokenRequests,
  type Outcome,
  type Trial,
} from './engine/engine-for-tests.ts';

const n8n = engineForEachTest({ portals: 6 });

interface Row extends Record<string, unknown> {
  orgId: string;
  installationId: string;
  securityContext: string;
}

/** A list of customers as a flow keeps it: a row for each portal. */
function customers(): [Row, ...Row[]] {
  const rows = n8n.desk.portals.flatMap(({ orgId, installations: [first] }) =>
    first === undefined ? [] : [{ orgId, ...first }],
  );
  const [first, ...others] = rows;
  if (first === undefined) throw new Error('The Desk has no portal.');
  return [first, ...others];
}

const fromItem = {
  authentication: 'invoke',
  orgId: '={{ $json.orgId }}',
  securityContext: '={{ $json.securityContext }}',
  installationId: '={{ $json.installationId }}',
  title: '={{ $json.title ?? "Version 2.4.0 is live" }}',
};

function run(items: Record<string, unknown>[], trial: Trial = {}): Promise<Outcome> {
  return n8n.run({ ...trial, items, parameters: { ...fromItem, ...trial.parameters } });
}

/** The logs of each portal, as `reference: title`, by its orgId. */
function recordedByPortal(): Record<string, string[]> {
  const byPortal = Map.groupBy(n8n.desk.logs(), ({ orgId }) => orgId);
  return Object.fromEntries(
    [...byPortal].map(([orgId, logs]) => [
      orgId,
      logs.map(({ reference, title }) => `${reference}: ${title}`),
    ]),
  );
}

function expectNoSecret({ everything }: Pick<Outcome, 'everything'>): void {
  const contexts = customers().map(({ securityContext }) => securityContext);
  const hashes = n8n.desk.requests().flatMap(({ headers }) => headers['hash'] ?? []);
  for (const secret of [n8n.desk.credentials.extensionSecret, ...contexts, ...hashes]) {
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain(secret.slice(0, 16));
    expect(everything).not.toContain(secret.slice(-16));
  }
}

const errorOf = (item: { json: Record<string, unknown> } | undefined) =>
  item?.json['error'] as Record<string, unknown> | undefined;

describe('With the Invoke API, one run', () => {
  test('writes to the portal of every customer, and to each only what is theirs', async () => {
    const rows = customers().map((row) => ({ ...row, title: `For ${row.orgId}` }));
    const outcome = await run(rows);
    expect(outcome.status).toBe('success');
    expect(recordedByPortal()).toEqual(
      Object.fromEntries(rows.map(({ orgId }) => [orgId, [`231: For ${orgId}`]])),
    );
    expect(outcome.items.map(({ json, pairedItem }) => [json['title'], json['part'], pairedItem])).toEqual(
      rows.map(({ title }, item) => [title, 1, { item }]),
    );
    for (const request of n8n.desk.requests()) {
      const foreign = rows.filter(({ orgId }) => orgId !== request.orgId);
      const whole = decodeURIComponent(JSON.stringify(request).replaceAll('+', ' '));
      for (const { orgId, installationId, securityContext } of foreign)
        for (const text of [`For ${orgId}`, installationId, securityContext])
          expect(whole).not.toContain(text);
    }
    expectNoSecret(outcome);
  });

  test('asks for no token and sends no OAuth header', async () => {
    await run(customers());
    expect(tokenRequests(n8n)).toBe(0);
    for (const { headers, path } of n8n.desk.requests()) {
      expect(path).toMatch(/^\/api\/v1\/invoke\?orgId=\d+$/);
      expect(headers).not.toHaveProperty('authorization');
    }
  });

  test('gives each portal groups of its own under one reference', async () => {
    const [first, second] = customers();
    const steps = Array.from({ length: 12 }, (_, index) => `Step ${index + 1}`);
    const parameters = {
      operation: 'addGroup',
      reference: 'release-7',
      specifyLogs: 'json',
      logsJson: steps,
    };
    const { items } = await run([first, second!], { parameters });
    const ofOne = [
      ...['Version 2.4.0 is live', ...steps.slice(0, 9)].map((title) => `release-7: ${title}`),
      ...['Version 2.4.0 is live (part 2 of 2)', ...steps.slice(9)].map((title) => `release-7-2: ${title}`),
    ];
    const recorded = recordedByPortal();
    for (const { orgId } of [first, second!]) expect(recorded[orgId]?.toSorted()).toEqual(ofOne.toSorted());
    expect(items).toHaveLength(2 * 13);
  });

  test('trims a security context, which a cell of a sheet often ends with a line break', async () => {
    const [row] = customers();
    const { status } = await run([{ ...row, securityContext: ` ${row.securityContext}\n` }]);
    expect(status).toBe('success');
    expect(n8n.desk.logs()).toHaveLength(1);
  });

  test.each(['object', 'text'] as const)('reads an inner answer that comes as %s', async (invokeAnswer) => {
    n8n.desk.configure({ invokeAnswer });
    const { items } = await run(customers());
    expect(items.map(({ json }) => json['logId'])).toEqual(n8n.desk.logs().map(({ logId }) => logId));
  });
});

describe('Trouble of one customer', () => {
  test('is that item’s alone, and its error shows no context', async () => {
    const [, gone] = customers();
    n8n.desk.configurePortal(gone!.orgId, { installed: false });
    const outcome = await run(customers(), { onError: 'continueRegularOutput' });
    expect(Object.keys(recordedByPortal()).sort()).toEqual(
      customers()
        .map(({ orgId }) => orgId)
        .filter((orgId) => orgId !== gone!.orgId),
    );
    const failed = outcome.items.filter((item) => errorOf(item) !== undefined);
    expect(failed).toHaveLength(1);
    expect(failed[0]?.pairedItem).toEqual({ item: 1 });
    expect(errorOf(failed[0])?.['message']).toMatch(/the extension was uninstalled there/);
    // What the item brought passes through; the node's own texts have nothing of it.
    const { error, ...own } = failed[0]?.json ?? {};
    expect(own).toEqual(gone);
    expect(JSON.stringify(error)).not.toContain(gone!.securityContext.slice(0, 16));
  });

  test('fails the node once the others are recorded', async () => {
    const [, gone] = customers();
    n8n.desk.configurePortal(gone!.orgId, { installed: false });
    const outcome = await run(customers());
    expect(n8n.desk.logs()).toHaveLength(5);
    expect(outcome.error?.message).toMatch(/^Item 1: Desk's Invoke API answered 401/);
    expect(outcome.error?.description).toContain('Already recorded: 5 logs');
    expect(outcome.error?.description).not.toContain('connect it again');
    expectNoSecret(outcome);
  });
});

test('a wrong secret is reported with what to check, and not shown', async () => {
  const extensionSecret = 'f00dfeedc0debeef';
  const outcome = await run(customers(), { credential: { extensionSecret } });
  expect(outcome.error?.message).toMatch(
    /^Items? 0: Desk's Invoke API answered 401 .+ check the extension's secret and its connection link name/,
  );
  expect(outcome.error?.description).toContain('Not recorded: 6 logs (items 0–5).');
  expect(n8n.desk.logs()).toEqual([]);
  expectNoSecret(outcome);
  expect(outcome.everything).not.toContain(extensionSecret);
});

describe('Bad input is reported before anything is sent', () => {
  /** A secret with an ordinary word in it hides that word in our own messages too. */
  const WITHOUT_WORDS = '10ca1de5c4b1e';
  const swapped = { orgId: '={{ $json.securityContext }}', securityContext: '={{ $json.orgId }}' };

  test.each([
    [
      'a missing security context',
      [{ securityContext: '' }],
      {},
      'Item 0, Security Context: is missing. It is what Desk sent when the customer installed the extension; drag that field in here.',
    ],
    [
      'a blank security context',
      [{ securityContext: ' \n' }],
      {},
      'Item 0, Security Context: is missing. It is what Desk sent when the customer installed the extension; drag that field in here.',
    ],
    [
      'a security context with a line break in it',
      [{ securityContext: 'half of a context\nand the other half' }],
      {},
      'Item 0, Security Context: must be one line. Copy it again.',
    ],
    [
      'a missing organization',
      [{ orgId: '' }],
      {},
      'Item 0, Organization ID: is missing. It is what Desk sent as orgId when the customer installed the extension; drag that field in here.',
    ],
    [
      'a security context in the field of the organization, which is not shown',
      [{}],
      swapped,
      'Item 0, Organization ID: "***… must be digits only. It is what Desk sent as orgId when the customer installed the extension; drag that field in here.',
    ],
    [
      'a security context in the field of the installation, which is not shown',
      [{ securityContext: 'two words, and long enough to be a context' }],
      { installationId: '={{ $json.securityContext }}' },
      'Item 0, Installation ID: "***" must have no spaces. It is what the extension receives as serviceAppId when it is installed.',
    ],
    [
      'two contexts for one installation',
      [{}, { securityContext: 'another-context' }],
      {},
      'Item 1, Security Context: differs from that of an earlier item for the installation 4000000000123001. Keep the one that Desk sent last.',
    ],
    [
      'a sub-log for another installation',
      [{}],
      {
        operation: 'addGroup',
        reference: 'r',
        specifyLogs: 'json',
        logsJson: '[{"title":"Step","installationId":"4000000000123002"}]',
      },
      'Item 0, Sub-Logs (JSON): "4000000000123002" is another installation. Give it an item of its own, with its own security context.',
    ],
    [
      'a sub-log for another portal',
      [{}],
      {
        operation: 'addGroup',
        reference: 'r',
        specifyLogs: 'json',
        logsJson: '[{"title":"Step","orgId":"7"}]',
      },
      'Item 0, Sub-Logs (JSON): "7" is the orgId of another portal. Give it an item of its own, with its own security context.',
    ],
  ])('%s', async (_name, changes: Record<string, unknown>[], parameters, message) => {
    const [row] = customers();
    const outcome = await run(
      changes.map((change) => ({ ...row, ...change })),
      { parameters, credential: { extensionSecret: WITHOUT_WORDS } },
    );
    expect(outcome.error?.message).toBe(message);
    expect(logRequests(n8n)).toBe(0);
    expectNoSecret(outcome);
  });

  test('a credential without its secret, and an item without a title, at once', async () => {
    const outcome = await run([{ ...customers()[0], title: ' ' }], { credential: { extensionSecret: '' } });
    expect(outcome.error?.message.split('\n')).toEqual([
      'Extension Secret: is missing. It is the "secret" in the extension\'s plugin-manifest.json.',
      'Item 0, Title: must not be empty. Say what happened.',
    ]);
    expect(logRequests(n8n)).toBe(0);
  });
});

test('with OAuth, a sub-log that names another portal is refused', async () => {
  const { error } = await n8n.run({
    items: [{ title: 'Order 7' }],
    parameters: {
      operation: 'addGroup',
      reference: 'r',
      specifyLogs: 'json',
      logsJson: '[{"title":"Step","orgId":"7"}]',
    },
  });
  expect(error?.message).toBe(
    'Item 0, Sub-Logs (JSON): "7" is the orgId of another portal than the credential\'s. Log it with a credential of its own.',
  );
  expect(logRequests(n8n)).toBe(0);
});
