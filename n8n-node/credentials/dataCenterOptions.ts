import type { INodePropertyOptions } from 'n8n-workflow';
import { DATA_CENTER_IDS, DATA_CENTERS, type DataCenterId } from '../../shared/zoho/data-centers.ts';

/** Where the people of a data center sign in, in words. */
const PLACES: Record<DataCenterId, string> = {
  us: 'United States',
  eu: 'Europe',
  in: 'India',
  au: 'Australia',
  jp: 'Japan',
  ca: 'Canada',
  sa: 'Saudi Arabia',
  sg: 'Singapore',
  ae: 'United Arab Emirates',
  uk: 'United Kingdom',
  cn: 'China',
};

/** The choice of a data center, as both credentials offer it. `custom` asks for addresses. */
export const dataCenterOptions: INodePropertyOptions[] = [
  ...DATA_CENTER_IDS.map((id) => ({ name: `${PLACES[id]} (${domainOf(id)})`, value: id })),
  { name: 'Custom', value: 'custom' },
];

function domainOf(id: DataCenterId): string {
  return DATA_CENTERS[id].deskUrl.replace('https://desk.', '');
}
