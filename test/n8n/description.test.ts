import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DATA_CENTERS } from '../../shared/zoho/data-centers.ts';
import { SCOPE } from '../../shared/zoho/portal.ts';
import { OVERFLOW_MODES } from '../../shared/grouping/plan.ts';
import { DELIVERY_DEFAULTS, DELIVERY_MODES } from '../../shared/delivery/delivery-options.ts';
import {
  engineForEachTest,
  INVOKE_CREDENTIAL,
  OAUTH_CREDENTIAL,
  type Description,
  type Property,
} from './engine/engine-for-tests.ts';

const n8n = engineForEachTest();

function named(properties: Property[], name: string, operation?: string): Property {
  const found = properties.find(
    (one) =>
      one.name === name &&
      (operation === undefined || one.displayOptions?.show?.['operation']?.includes(operation)),
  );
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
}

async function credentialNamed(name: string): Promise<Description> {
  const { credentials } = await n8n.describe();
  const found = credentials[name];
  if (found === undefined) throw new Error(`There is no credential ${name}.`);
  return found;
}

const values = ({ options = [] }: Property) => options.map(({ value }) => value);

/** Name, type and default of what one operation shows. */
function shown({ properties }: Description, operation: string): [string, string, unknown][] {
  return properties
    .filter(({ displayOptions }) => displayOptions?.show?.['operation']?.includes(operation))
    .map(({ name, type, default: value }) => [name, type, value]);
}

test('the node has the names, types and defaults that workflows rely on', async () => {
  const { node } = await n8n.describe();
  expect(node).toMatchObject({
    name: 'zohoDeskExtensionLog',
    displayName: 'Zoho Desk Extension Log',
    version: 1,
    usableAsTool: true,
    inputs: ['main'],
    outputs: ['main'],
    credentials: [
      {
        name: 'zohoDeskExtensionLogOAuth2Api',
        required: true,
        displayOptions: { show: { authentication: ['oAuth2'] } },
      },
      {
        name: 'zohoDeskExtensionInvokeApi',
        required: true,
        displayOptions: { show: { authentication: ['invoke'] } },
      },
    ],
  });
  expect(named(node.properties, 'authentication').default).toBe('oAuth2');
  expect(values(named(node.properties, 'authentication'))).toEqual(['oAuth2', 'invoke']);
  for (const name of ['orgId', 'securityContext'])
    expect(named(node.properties, name).displayOptions?.show).toEqual({ authentication: ['invoke'] });
  expect(values(named(node.properties, 'resource'))).toEqual(['extensionLog']);
  expect(values(named(node.properties, 'operation'))).toEqual(['add', 'addGroup']);
  expect(shown(node, 'add')).toEqual([
    ['installationId', 'string', ''],
    ['title', 'string', ''],
    ['description', 'string', ''],
    ['reference', 'string', '={{ $execution.id }}'],
    ['addNotice', 'notice', ''],
    ['options', 'collection', {}],
  ]);
  expect(shown(node, 'addGroup')).toEqual([
    ['installationId', 'string', ''],
    ['title', 'string', ''],
    ['description', 'string', ''],
    ['reference', 'string', '={{ $execution.id }}-{{ $runIndex + 1 }}-{{ $itemIndex + 1 }}'],
    ['addGroupNotice', 'notice', ''],
    ['specifyLogs', 'options', 'fields'],
    ['logs', 'fixedCollection', {}],
    ['logsJson', 'json', '[]'],
    ['options', 'collection', {}],
  ]);
  const logs = named(node.properties, 'logs');
  expect(logs.options?.map(({ name, values: fields }) => [name, fields?.map((field) => field.name)])).toEqual(
    [['log', ['title', 'description']]],
  );
  expect(logs.displayOptions?.show?.['specifyLogs']).toEqual(['fields']);
  expect(named(node.properties, 'logsJson').displayOptions?.show?.['specifyLogs']).toEqual(['json']);
});

test('the options offer what the core knows, with the core’s defaults', async () => {
  const { node } = await n8n.describe();
  const options = named(node.properties, 'options').options as Property[];
  expect(options.map(({ name, default: value }) => [name, value])).toEqual([
    ['concurrency', DELIVERY_DEFAULTS.concurrency],
    ['delivery', DELIVERY_DEFAULTS.delivery],
    ['overflow', DELIVERY_DEFAULTS.overflow],
    ['timeoutSeconds', DELIVERY_DEFAULTS.timeoutSeconds],
  ]);
  expect(values(named(options, 'overflow')).sort()).toEqual([...OVERFLOW_MODES].sort());
  expect(values(named(options, 'delivery')).sort()).toEqual([...DELIVERY_MODES].sort());
});

test('every field that a builder fills in says what it is for', async () => {
  const { node, credentials } = await n8n.describe();
  const ofCredentials = Object.values(credentials).flatMap(({ properties }) => properties);
  const fields = [...node.properties, ...ofCredentials].filter(
    ({ type, name }) =>
      !['notice', 'hidden', 'collection'].includes(type) &&
      !['resource', 'operation', 'specifyLogs', 'logs'].includes(name),
  );
  for (const { name, description } of fields)
    expect([name, description]).toEqual([name, expect.stringMatching(/.{20}/)]);
});

test('the OAuth credential knows every data center, one scope, and asks for offline access with consent', async () => {
  const credential = await credentialNamed(OAUTH_CREDENTIAL);
  expect(values(named(credential.properties, 'dataCenter'))).toEqual([
    ...Object.keys(DATA_CENTERS),
    'custom',
  ]);
  expect(named(credential.properties, 'scope')).toMatchObject({ type: 'hidden', default: SCOPE });
  expect(named(credential.properties, 'authQueryParameters')).toMatchObject({
    type: 'hidden',
    default: 'access_type=offline&prompt=consent',
  });
  expect(named(credential.properties, 'authentication').default).toBe('body');
  for (const name of ['accountsUrl', 'deskUrl'])
    expect(named(credential.properties, name).displayOptions?.show).toEqual({ dataCenter: ['custom'] });
});

test('the Invoke credential knows every data center, and hides the secret', async () => {
  const credential = await credentialNamed(INVOKE_CREDENTIAL);
  expect(credential.properties.map(({ name }) => name)).toEqual([
    'dataCenter',
    'deskUrl',
    'extensionSecret',
    'connectionLinkName',
  ]);
  expect(values(named(credential.properties, 'dataCenter'))).toEqual([
    ...Object.keys(DATA_CENTERS),
    'custom',
  ]);
  expect(named(credential.properties, 'deskUrl').displayOptions?.show).toEqual({ dataCenter: ['custom'] });
  expect(named(credential.properties, 'extensionSecret')['typeOptions']).toEqual({ password: true });
});

describe('The test of the Invoke credential', () => {
  const complete = { dataCenter: 'eu', extensionSecret: 'a-secret', connectionLinkName: 'desk' };

  test('passes when its fields are valid, and does not claim that the secret is right', async () => {
    expect(await n8n.testCredential(INVOKE_CREDENTIAL, complete)).toEqual({
      status: 'OK',
      message: 'The fields are valid. The first log shows whether the secret is right.',
    });
  });

  test('names every field that is wrong, and shows no secret', async () => {
    const data = { dataCenter: 'custom', deskUrl: 'desk.example.com', extensionSecret: 'a secret\n' };
    expect(await n8n.testCredential(INVOKE_CREDENTIAL, data)).toEqual({
      status: 'Error',
      message:
        'Desk URL: "desk.example.com" must be an origin such as https://desk.example.com, without a path. Only a loopback address and host.docker.internal may use http.\n' +
        'Extension Secret: must not have spaces or line breaks. Copy it again.',
    });
  });
});

test('the README of the package names every field and option of the panel', async () => {
  const readme = readFileSync(join(import.meta.dirname, '../../n8n-node/README.md'), 'utf8');
  const { node, credentials } = await n8n.describe();
  const ofCredentials = Object.values(credentials).flatMap(({ properties }) => properties);
  const options = named(node.properties, 'options').options as Property[];
  const names = [...node.properties, ...ofCredentials, ...options]
    .filter(({ type }) => type !== 'notice' && type !== 'hidden')
    .map(({ displayName }) => displayName);
  expect(names.filter((name) => !readme.includes(name))).toEqual([]);
});
