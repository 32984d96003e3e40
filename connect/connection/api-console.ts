import { DATA_CENTERS, type DataCenterId } from '../../shared/zoho/data-centers.ts';

/**
 * Where the API clients of a data center are made; each has a console of its own beside its accounts.
 * Source: https://www.zoho.com/accounts/protocol/oauth/multi-dc.html.
 */
export function apiConsoleOf(dataCenter: DataCenterId): string {
  return DATA_CENTERS[dataCenter].accountsUrl.replace('//accounts.', '//api-console.');
}
