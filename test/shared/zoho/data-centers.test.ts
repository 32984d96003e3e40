import { expect, test } from '@jest/globals';
import { DATA_CENTER_IDS, DATA_CENTERS, dataCenterOfApiDomain } from '../../../shared/zoho/data-centers.ts';

/** The contract's table: accounts, desk and api hosts of each data center. */
const DOCUMENTED = {
  us: ['accounts.zoho.com', 'desk.zoho.com', 'www.zohoapis.com'],
  eu: ['accounts.zoho.eu', 'desk.zoho.eu', 'www.zohoapis.eu'],
  in: ['accounts.zoho.in', 'desk.zoho.in', 'www.zohoapis.in'],
  au: ['accounts.zoho.com.au', 'desk.zoho.com.au', 'www.zohoapis.com.au'],
  jp: ['accounts.zoho.jp', 'desk.zoho.jp', 'www.zohoapis.jp'],
  ca: ['accounts.zohocloud.ca', 'desk.zohocloud.ca', 'www.zohoapis.ca'],
  sa: ['accounts.zoho.sa', 'desk.zoho.sa', 'www.zohoapis.sa'],
  sg: ['accounts.zoho.sg', 'desk.zoho.sg', 'www.zohoapis.sg'],
  ae: ['accounts.zoho.ae', 'desk.zoho.ae', 'www.zohoapis.ae'],
  uk: ['accounts.zoho.uk', 'desk.zoho.uk', 'www.zohoapis.uk'],
  cn: ['accounts.zoho.com.cn', 'desk.zoho.com.cn', 'www.zohoapis.com.cn'],
};

test('the eleven data centers answer where Zoho says', () => {
  expect(
    Object.fromEntries(
      DATA_CENTER_IDS.map((id) => {
        const { accountsUrl, deskUrl, apiDomain } = DATA_CENTERS[id];
        return [id, [accountsUrl, deskUrl, apiDomain].map((url) => url.replace(/^https:\/\//, ''))];
      }),
    ),
  ).toEqual(DOCUMENTED);
});

test('an api_domain names its data center; an unknown one names none', () => {
  for (const id of DATA_CENTER_IDS) expect(dataCenterOfApiDomain(DATA_CENTERS[id].apiDomain)).toBe(id);
  expect(dataCenterOfApiDomain('https://www.example.com')).toBeUndefined();
});
