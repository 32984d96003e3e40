import { afterEach, describe, expect, test } from '@jest/globals';
import {
  engineForEachTest,
  logRequests,
  recorded,
  tokenRequests,
  type Trial,
} from './engine/engine-for-tests.ts';

const n8n = engineForEachTest();

const DESCRIPTION_LIMIT = 100_000;
const GOOD = [{ title: 'Good' }];
const FAILS = '={{ $("Nowhere").first().json.x }}';
const group = { operation: 'addGroup', reference: 'r', specifyLogs: 'json' };

/** What is wrong, and all of what the message says. */
const CASES: [string, Trial, string][] = [
  [
    'empty title',
    { items: [{ title: 'Good' }, { title: '' }] },
    'Item 1, Title: is missing. Say what happened.',
  ],
  ['blank title', { items: [{ title: '  ' }] }, 'Item 0, Title: must not be empty. Say what happened.'],
  [
    'title of 1,001 characters',
    { items: [{ title: 'x'.repeat(1_001) }] },
    `Item 0, Title: "${'x'.repeat(58)}… has 1001 characters; at most 1000 are allowed. Move the detail to the description.`,
  ],
  [
    'title that is an object',
    { items: [{ title: { a: 1 } }] },
    'Item 0, Title: must be text, but its expression gives an object. Name one of its fields in the expression, or use JSON.stringify( ).',
  ],
  [
    'title that is a list',
    { items: [{ title: ['a', 'b'] }] },
    'Item 0, Title: must be text, but its expression gives a list. Name one of its entries in the expression, or use .join(", ").',
  ],
  [
    'title that is a calculation with something that is not a number',
    { items: [{ title: 'ten' }], parameters: { title: '={{ $json.title * 2 }}' } },
    'Item 0, Title: must be text, but its expression gives NaN. Look at the values that it calculates with.',
  ],
  [
    'description that is a date which does not exist',
    { items: GOOD, parameters: { description: '={{ new Date("soon") }}' } },
    'Item 0, Description: must be text, but its expression gives a date that does not exist. Look at the value that it is made of.',
  ],
  [
    'missing installation id',
    { items: GOOD, parameters: { installationId: '={{ $json.id }}' } },
    'Item 0, Installation ID: is missing. It is what the extension receives as serviceAppId when it is installed.',
  ],
  [
    'installation id with a space',
    { items: GOOD, parameters: { installationId: '400 1' } },
    'Item 0, Installation ID: "400 1" must have no spaces. It is what the extension receives as serviceAppId when it is installed.',
  ],
  [
    'installation id that was rounded as a number',
    { items: GOOD, parameters: { installationId: '={{ 400000000004567001 }}' } },
    'Item 0, Installation ID: is a number too long to be exact (400000000004567000). Give it as text.',
  ],
  [
    '500 KB of description',
    {
      items: [{ title: 'Good', text: 'y'.repeat(500_000) }],
      parameters: { description: '={{ $json.text }}' },
    },
    `Item 0, Description: "${'y'.repeat(58)}… has 500000 characters; at most ${DESCRIPTION_LIMIT} are allowed. Shorten it, or link to the whole text.`,
  ],
  [
    'reference of two lines',
    { items: GOOD, parameters: { reference: 'a\nb' } },
    'Item 0, Reference: "a\\nb" must be one line. Take the line break out.',
  ],
  [
    'group without reference',
    { items: GOOD, parameters: { ...group, logsJson: '["Step"]', reference: '={{ $json.order }}' } },
    'Item 0, Reference: must not be empty: it groups the parent and its sub-logs. Give each item a reference of its own.',
  ],
  [
    'sub-logs whose expression fails',
    { items: GOOD, parameters: { ...group, logsJson: FAILS } },
    "Item 0, Sub-Logs (JSON): cannot be evaluated: Referenced node doesn't exist. Correct its expression.",
  ],
  [
    'a way to give sub-logs whose expression fails',
    { items: GOOD, parameters: { ...group, specifyLogs: FAILS } },
    "Item 0, Specify Sub-Logs: cannot be evaluated: Referenced node doesn't exist. Correct its expression.",
  ],
  [
    'a way to give sub-logs that does not exist',
    { items: GOOD, parameters: { ...group, specifyLogs: '={{ "list" }}' } },
    'Item 0, Specify Sub-Logs: "list" must be one of fields, json. Choose one of them, or leave it out.',
  ],
  [
    'logsJson that is not an array',
    { items: GOOD, parameters: { ...group, logsJson: '{"title":"Step"}' } },
    'Item 0, Sub-Logs (JSON): must be an array, but is {"title":"Step"}. Write one such as ["Checked", "Sent"], or an expression that gives one.',
  ],
  [
    'logsJson that does not parse',
    { items: GOOD, parameters: { ...group, logsJson: '["Step",' } },
    'Item 0, Sub-Logs (JSON): is not valid JSON: Unexpected end of JSON input. Write one such as ["Checked", "Sent"], or an expression that gives one.',
  ],
  [
    'a sub-log with an empty title',
    { items: GOOD, parameters: { ...group, logsJson: '["Step", {"title": ""}]' } },
    'Item 0, Sub-Logs (JSON)[1].title: must not be empty. Say what happened.',
  ],
  [
    'a sub-log with an unknown key',
    { items: GOOD, parameters: { ...group, logsJson: '[{"title": "Step", "level": "info"}]' } },
    'Item 0, Sub-Logs (JSON)[0]: has the unknown key "level". An entry takes title, description, status, reference, installationId and orgId; a text with a colon goes in quotes.',
  ],
  [
    'a sub-log field without title',
    {
      items: GOOD,
      parameters: {
        ...group,
        specifyLogs: 'fields',
        logs: { log: [{ title: '={{ $json.step }}', description: '' }] },
      },
    },
    'Item 0, Sub-Logs[0].title: is missing. Say what happened.',
  ],
  [
    'a sub-log field that is an object',
    {
      items: [{ title: 'Good', step: { name: 'Checked' } }],
      parameters: {
        ...group,
        specifyLogs: 'fields',
        logs: { log: [{ title: 'Sent' }, { title: '={{ $json.step }}', description: '' }] },
      },
    },
    'Item 0, Sub-Logs[1].title: must be text, but its expression gives an object. Name one of its fields in the expression, or use JSON.stringify( ).',
  ],
  [
    'organization id with letters',
    { items: GOOD, credential: { orgId: '6000x' } },
    'Organization ID: "6000x" must be digits only. Find it in Zoho Desk under Setup > Developer Space > API.',
  ],
  [
    'data center that does not exist',
    { items: GOOD, credential: { dataCenter: 'mars' } },
    'Data Center: "mars" must be one of us, eu, in, au, jp, ca, sa, sg, ae, uk, cn. It is the one whose address you sign in at: zoho.eu is eu.',
  ],
  [
    'Desk URL with a path',
    { items: GOOD, credential: { deskUrl: 'https://desk.example.com/agent' } },
    'Desk URL: "https://desk.example.com/agent" must be an origin such as https://desk.example.com, without a path. Only a loopback address and host.docker.internal may use http.',
  ],
  [
    'credential that was never connected',
    { items: GOOD, credential: { oauthTokenData: undefined } },
    'Credential: is not connected to a Zoho account. Open it and connect it.',
  ],
  [
    'concurrency of 0',
    { items: GOOD, parameters: { options: { concurrency: 0 } } },
    'Concurrency: 0 must be a whole number from 1 to 100.',
  ],
  [
    'an option whose expression fails',
    { items: GOOD, parameters: { options: { concurrency: FAILS } } },
    "Options: cannot be evaluated: Referenced node doesn't exist. Correct its expression.",
  ],
  [
    'a way in that does not exist',
    { items: GOOD, parameters: { authentication: 'password' } },
    'Authentication: "password" must be one of oAuth2, invoke. Choose one of them, or leave it out.',
  ],
  [
    'an item without title, in a real data center',
    { items: [{ title: '' }], credential: { dataCenter: 'eu', accountsUrl: '', deskUrl: '' } },
    'Item 0, Title: is missing. Say what happened.',
  ],
  [
    'options that do not exist',
    { items: GOOD, parameters: { options: { overflow: 'drop', delivery: 'never', timeoutSeconds: 'soon' } } },
    'Overflow: "drop" must be one of split, condense, error. Choose one of them, or leave it out.\n' +
      'Delivery: "never" must be one of at-least-once, at-most-once. Choose one of them, or leave it out.\n' +
      'Timeout (Seconds): "soon" must be a whole number from 1 to 21600. Write digits only.',
  ],
];

describe('Bad input is reported before anything is sent', () => {
  afterEach(() => {
    expect(logRequests(n8n)).toBe(0);
    expect(tokenRequests(n8n)).toBe(0);
  });

  test.each(CASES)('%s', async (_name, trial, message) => {
    const { error, status } = await n8n.run(trial);
    expect(error?.message).toContain(message);
    expect(error?.message.split('\n')).toHaveLength(message.split('\n').length);
    expect(error?.name).toBe('NodeOperationError');
    expect(status).toBe('error');
  });

  test('an expression that fails for one item names field and item', async () => {
    const { error } = await n8n.run({
      items: [{ title: 'Good' }, { title: 'Bad' }],
      parameters: { description: '={{ $itemIndex === 1 ? $("Nowhere").first().json.x : "fine" }}' },
    });
    expect(error?.message).toMatch(/^Item 1, Description: cannot be evaluated: .+ Correct its expression\.$/);
    expect(error?.context?.itemIndex).toBe(1);
  });

  test('a secret in the wrong field is not shown', async () => {
    const { clientSecret } = n8n.desk.credentials;
    const { error, everything } = await n8n.run({
      items: GOOD,
      credential: { orgId: clientSecret },
      parameters: { installationId: `=a ${clientSecret}` },
    });
    expect(error?.message).toContain('Organization ID: "***" must be digits only.');
    expect(error?.message).toContain('Item 0, Installation ID: "a ***" must have no spaces.');
    expect(everything).not.toContain(clientSecret);
  });

  test('all problems of all items at once', async () => {
    const { error } = await n8n.run({
      items: [{ title: 'Good' }, { title: '' }, { title: 'Good' }, { title: '', id: ' ' }],
      parameters: { installationId: '={{ $json.id ?? 4000 }}' },
    });
    expect(error?.message.split('\n')).toEqual([
      'Items 1, 3, Title: is missing. Say what happened.',
      'Item 3, Installation ID: " " must have no spaces. It is what the extension receives as serviceAppId when it is installed.',
    ]);
    expect(error?.description).toContain('Nothing was sent.');
  });

  test('two hundred bad items are all named', async () => {
    const items = Array.from({ length: 200 }, (_, index) => ({ title: 'Good', order: `order\n${index}` }));
    const { error } = await n8n.run({ items, parameters: { reference: '={{ $json.order }}' } });
    expect(error?.message.split('\n')).toHaveLength(21);
    expect(error?.message).toMatch(/\nAnd 180 more, in all items 0–199\.$/);
  });

  test('items with the same problem share a line', async () => {
    const { error } = await n8n.run({
      items: [{ title: '' }, { title: '' }, { title: 'Good' }, { title: '' }],
    });
    expect(error?.message).toBe('Items 0–1, 3, Title: is missing. Say what happened.');
  });
});

describe('With continue on fail', () => {
  test('a bad item keeps its own data, and the others go on', async () => {
    const { items } = await n8n.run({
      items: [{ title: 'First' }, { title: '', customer: 'Ada' }, { title: 'Last' }],
      onError: 'continueRegularOutput',
    });
    expect(recorded(n8n)).toEqual(['231: First', '231: Last']);
    expect(items[1]).toEqual({
      json: {
        title: '',
        customer: 'Ada',
        error: { message: 'Title: is missing. Say what happened.', mayBeRecorded: false },
      },
      pairedItem: { item: 1 },
    });
    expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
  });

  test('a bad item goes to the error output with its own data', async () => {
    const { items, errorItems } = await n8n.run({
      items: [{ title: 'First' }, { title: '', customer: 'Ada' }],
      onError: 'continueErrorOutput',
    });
    expect(items.map(({ json }) => json['title'])).toEqual(['First']);
    expect(errorItems.map(({ json }) => json)).toEqual([
      {
        title: '',
        customer: 'Ada',
        error: { message: 'Title: is missing. Say what happened.', mayBeRecorded: false },
      },
    ]);
  });

  test('a bad credential is every item’s problem', async () => {
    const { items } = await n8n.run({
      items: [{ title: 'First' }, { title: 'Second' }],
      credential: { orgId: 'x' },
      onError: 'continueRegularOutput',
    });
    expect(logRequests(n8n)).toBe(0);
    expect(items).toHaveLength(2);
    for (const { json } of items)
      expect((json['error'] as { message: string }).message).toMatch(
        /^Organization ID: "x" must be digits only/,
      );
  });
});
