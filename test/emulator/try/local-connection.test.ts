import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../emulator/start-emulator.ts';
import { localInputs } from '../../../emulator/try/local-connection.ts';
import { postLog } from '../desk-client.ts';

let desk: Emulator;
beforeAll(async () => {
  desk = await startEmulator({ portals: 2 });
});
afterAll(() => desk.close());

test('a real id or secret is replaced, what is left out stays out, and the rest is as it was', () => {
  const { own, connection } = localInputs({ 'org-id': '1', 'client-secret': 'real', title: 'x' }, desk);
  expect(own).toEqual({ title: 'x' });
  expect(connection).toEqual({
    'org-id': desk.credentials.orgId,
    'client-secret': desk.credentials.clientSecret,
    'desk-url': desk.url,
    'accounts-url': desk.url,
  });
});

test('an access token is one that the local Desk takes', async () => {
  const { connection } = localInputs({ 'access-token': 'real' }, desk);
  const authorization = `Zoho-oauthtoken ${connection['access-token']}`;
  expect((await postLog(desk, {}, { authorization })).status).toBe(200);
});

test.each(['installations', 'installations-file'])('%s is the list of the local portals', (name) => {
  const vendors = localInputs({ [name]: 'x', 'extension-secret': 'real' }, desk).connection;
  const entries = JSON.parse(vendors['installations'] ?? '') as Record<string, string>[];
  expect(entries.map(({ orgId }) => orgId)).toEqual(desk.portals.map(({ orgId }) => orgId));
  expect(entries[0]?.['securityContext']).toBe(desk.portals[0]?.installations[0]?.securityContext);
  expect(vendors['installations-file']).toBeUndefined();

  const ofClient = localInputs({ [name]: 'x', 'client-id': 'real' }, desk).connection;
  const [first] = JSON.parse(ofClient['installations'] ?? '') as Record<string, string>[];
  expect(first).toMatchObject({ refreshToken: desk.portals[0]?.refreshToken });
  expect(first?.['securityContext']).toBeUndefined();
});
