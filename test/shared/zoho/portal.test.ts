import { describe, expect, test } from '@jest/globals';
import type * as z from 'zod/mini';
import {
  portalIn,
  dataCenterSchema,
  installationIdSchema,
  orgIdSchema,
  originSchema,
} from '../../../shared/zoho/portal.ts';
import { check, problemLine } from '../../../shared/problem.ts';

function read<T>(schema: z.ZodMiniType<T>, value: unknown) {
  const checked = check(schema, value, 'it');
  return checked.ok ? checked.value : checked.problems.map(problemLine).join('\n');
}

describe('an organization id', () => {
  test.each(['60001234567', '0', '9'.repeat(40)])('%s', (id) => expect(read(orgIdSchema, id)).toBe(id));

  test.each(['12a', ' 12', '12\n', '-1', '1.5', '１２', '0x1f'])('%j is invalid', (id) => {
    expect(read(orgIdSchema, id)).toBe(
      `it: ${JSON.stringify(id)} must be digits only. Find it in Zoho Desk under Setup > Developer Space > API.`,
    );
  });

  test.each([387238, 0, 387238n, 10n ** 30n])('%p, as Desk sends it, is text from then on', (id) => {
    expect(read(orgIdSchema, id)).toBe(String(id));
  });

  test.each([-1, -1n, 1.5])('%p is invalid', (id) => {
    expect(read(orgIdSchema, id)).toMatch(/must be digits only\. Find it in Zoho Desk/);
  });

  test('a number that has lost digits when it was read is invalid, and quotes keep them', () => {
    expect(read(orgIdSchema, 2 ** 53)).toBe(
      'it: 9007199254740992 has more digits than a JSON number keeps. Put it in quotes.',
    );
  });

  test.each([null, true, ['1']])('%j is invalid', (id) => {
    expect(read(orgIdSchema, id)).toMatch(/must be text\. Put it in quotes\./);
  });

  test.each(['', undefined])('%p is missing, and the message says where to find it', (id) => {
    expect(read(orgIdSchema, id)).toBe(
      'it: is missing. Find it in Zoho Desk under Setup > Developer Space > API.',
    );
  });
});

describe('an installation id', () => {
  test.each(['4000000000123001', 'a-b_c'])('%s', (id) => expect(read(installationIdSchema, id)).toBe(id));

  test.each(['a b', ' a', 'a\n', ' ', '\u00a0'])('%j is invalid', (id) => {
    expect(read(installationIdSchema, id)).toMatch(
      /must have no spaces\. It is what the extension receives as serviceAppId/,
    );
  });

  test('a missing one is found as serviceAppId', () => {
    expect(read(installationIdSchema, '')).toMatch(/^it: is missing\. .*serviceAppId/);
  });
});

test('a data center that does not exist is answered with those that do', () => {
  expect(read(dataCenterSchema, 'eu')).toBe('eu');
  for (const value of ['EU', 'de', '', 'toString', '__proto__']) {
    expect(read(dataCenterSchema, value)).toContain(
      'must be one of us, eu, in, au, jp, ca, sa, sg, ae, uk, cn.',
    );
  }
});

describe('an origin', () => {
  test.each([
    ['https://desk.example.com', 'https://desk.example.com'],
    ['https://desk.example.com/', 'https://desk.example.com'],
    ['HTTPS://Desk.Example.com:443', 'https://desk.example.com'],
    ['https://desk.example.com:8443', 'https://desk.example.com:8443'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
    ['http://127.8.9.1', 'http://127.8.9.1'],
    ['http://[::1]:80', 'http://[::1]'],
  ])('%s', (text, origin) => expect(read(originSchema, text)).toBe(origin));

  test.each([
    'http://desk.example.com',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://0.0.0.0',
    'http://[::2]',
    'https://desk.example.com/api',
    'https://desk.example.com?x=1',
    'https://desk.example.com#x',
    'https://user@desk.example.com',
    'https://user:password@desk.example.com',
    'ftp://desk.example.com',
    'desk.example.com',
    'https://',
    '',
    'javascript:alert(1)',
  ])('%j is invalid', (text) => {
    const told = read(originSchema, text);
    expect(told).toContain('must be an origin such as https://desk.example.com, without a path.');
  });
});

test('a data center’s own origins, and those that were overridden', () => {
  expect(portalIn('ca', '7')).toEqual({
    accountsUrl: 'https://accounts.zohocloud.ca',
    deskUrl: 'https://desk.zohocloud.ca',
    orgId: '7',
  });
  expect(portalIn('eu', '7', { deskUrl: 'http://localhost:1', accountsUrl: undefined })).toEqual({
    accountsUrl: 'https://accounts.zoho.eu',
    deskUrl: 'http://localhost:1',
    orgId: '7',
  });
});
