import { describe, expect, test } from '@jest/globals';
import { deskAddress, rowOfInstallation, shownWith } from '../../../action/report/summary-html.ts';
import { createSecrets } from '../../../shared/redaction.ts';

const secrets = createSecrets();
secrets.learn('s3cr3t-of-the-portal');
const shown = shownWith(secrets);

const INSTALLATION = {
  installationId: '4000000000123001',
  orgId: '60001234567',
  deskUrl: 'https://desk.zoho.eu',
  name: 'Fjord & Sons <b>',
  parts: [],
  recorded: 4,
  undelivered: 0,
  reason: undefined,
};

describe('an installation of the table', () => {
  test('has its name, which links to the portal where the data center gives its address', () => {
    expect(rowOfInstallation(INSTALLATION, shown)).toBe(
      '<tr><td><a href="https://desk.zoho.eu">Fjord &amp; Sons &lt;b&gt;</a><br>' +
        'installation <code>4000000000123001</code>, organization <code>60001234567</code></td><td>4 of 4</td></tr>',
    );
  });

  test('without a name its ids link there', () => {
    const row = rowOfInstallation({ ...INSTALLATION, name: undefined }, shown);
    expect(row).toMatch(/^<tr><td><a href="https:\/\/desk\.zoho\.eu">installation <code>4000000000123001/);
  });

  test('says why logs are missing, without the secret that Desk may have quoted', () => {
    const row = rowOfInstallation(
      { ...INSTALLATION, recorded: 3, undelivered: 1, reason: 'Not <valid>: s3cr3t-of-the-portal' },
      shown,
    );
    expect(row).toContain('<br>Not &lt;valid&gt;: ***</td><td>⚠️ 3 of 4</td>');
  });
});

test.each([
  ['https://desk.zoho.com', 'https://desk.zoho.com'],
  ['https://desk.zohocloud.ca', 'https://desk.zohocloud.ca'],
  ['http://127.0.0.1:8080', undefined],
  ['https://desk-api.example.com', undefined],
])('the API at %s is the help desk at %s', (deskUrl, address) => {
  expect(deskAddress(deskUrl)).toBe(address);
});
