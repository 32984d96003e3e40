/** Where one of Zoho's data centers answers. All are origins, without a path. */
export interface DataCenter {
  readonly accountsUrl: string;
  readonly deskUrl: string;
  /** What a token answer of this data center says as `api_domain`; the Desk API is not there. */
  readonly apiDomain: string;
}

function dataCenter(accounts: string, desk: string, api: string): DataCenter {
  return { accountsUrl: `https://${accounts}`, deskUrl: `https://${desk}`, apiDomain: `https://${api}` };
}

/** Zoho's eleven data centers by the id that users write. Canada alone has a domain of its own. */
export const DATA_CENTERS = {
  us: dataCenter('accounts.zoho.com', 'desk.zoho.com', 'www.zohoapis.com'),
  eu: dataCenter('accounts.zoho.eu', 'desk.zoho.eu', 'www.zohoapis.eu'),
  in: dataCenter('accounts.zoho.in', 'desk.zoho.in', 'www.zohoapis.in'),
  au: dataCenter('accounts.zoho.com.au', 'desk.zoho.com.au', 'www.zohoapis.com.au'),
  jp: dataCenter('accounts.zoho.jp', 'desk.zoho.jp', 'www.zohoapis.jp'),
  ca: dataCenter('accounts.zohocloud.ca', 'desk.zohocloud.ca', 'www.zohoapis.ca'),
  sa: dataCenter('accounts.zoho.sa', 'desk.zoho.sa', 'www.zohoapis.sa'),
  sg: dataCenter('accounts.zoho.sg', 'desk.zoho.sg', 'www.zohoapis.sg'),
  ae: dataCenter('accounts.zoho.ae', 'desk.zoho.ae', 'www.zohoapis.ae'),
  uk: dataCenter('accounts.zoho.uk', 'desk.zoho.uk', 'www.zohoapis.uk'),
  cn: dataCenter('accounts.zoho.com.cn', 'desk.zoho.com.cn', 'www.zohoapis.com.cn'),
} as const satisfies Record<string, DataCenter>;

/** A data center as users write it: `us`, `eu`, … */
export type DataCenterId = keyof typeof DATA_CENTERS;

/** All of them, in the order in which messages list them. */
export const DATA_CENTER_IDS = Object.keys(DATA_CENTERS) as DataCenterId[];

/** The data center whose tokens name this `api_domain`, if there is one and it is Zoho's. */
export function dataCenterOfApiDomain(apiDomain: string | undefined): DataCenterId | undefined {
  return DATA_CENTER_IDS.find((id) => DATA_CENTERS[id].apiDomain === apiDomain);
}
