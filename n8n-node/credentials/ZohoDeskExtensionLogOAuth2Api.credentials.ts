import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { DATA_CENTER_IDS, DATA_CENTERS } from '../../shared/zoho/data-centers.ts';
import { dataCenterOptions } from './dataCenterOptions.ts';

/** An expression for an address at the data center's accounts server, so that nobody has to know it. */
function onAccounts(path: string): string {
  const origins = Object.fromEntries(DATA_CENTER_IDS.map((id) => [id, DATA_CENTERS[id].accountsUrl]));
  const custom = '$self["accountsUrl"].replace(/\\/+$/, "")';
  return `={{ (${JSON.stringify(origins)}[$self["dataCenter"]] ?? ${custom}) + "${path}" }}`;
}

const customOnly = { show: { dataCenter: ['custom'] } };

/** Connects n8n with one Zoho Desk portal, by OAuth2 and for the one scope that adding a log needs. */
export class ZohoDeskExtensionLogOAuth2Api implements ICredentialType {
  name = 'zohoDeskExtensionLogOAuth2Api';

  displayName = 'Zoho Desk Extension Log OAuth2 API';

  extends = ['oAuth2Api'];

  icon: Icon = { light: 'file:../icons/extensionLog.svg', dark: 'file:../icons/extensionLog.dark.svg' };

  documentationUrl =
    'https://github.com/zoho-desk-extension-log/zoho-desk-extension-log/blob/main/n8n-node/README.md#connect-your-zoho-account';

  properties: INodeProperties[] = [
    {
      displayName: 'Data Center',
      name: 'dataCenter',
      type: 'options',
      options: dataCenterOptions,
      default: 'us',
      description:
        'The one whose address you sign in at: if your Zoho Desk is at desk.zoho.eu, take Europe. A client made in another data center does not connect.',
    },
    {
      displayName: 'Accounts URL',
      name: 'accountsUrl',
      type: 'string',
      displayOptions: customOnly,
      default: '',
      required: true,
      placeholder: 'e.g. https://accounts.example.com',
      description: 'Where tokens are issued. An origin, without a path.',
    },
    {
      displayName: 'Desk URL',
      name: 'deskUrl',
      type: 'string',
      displayOptions: customOnly,
      default: '',
      required: true,
      placeholder: 'e.g. https://desk.example.com',
      description: 'Where logs are sent. An origin, without a path.',
    },
    {
      displayName: 'Organization ID',
      name: 'orgId',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. 60001234567',
      description:
        "The portal's number, digits only. In Zoho Desk: Setup > Developer Space > API. When Zoho asks for your consent, choose the same portal.",
    },
    { displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
    {
      displayName: 'Authorization URL',
      name: 'authUrl',
      type: 'hidden',
      default: onAccounts('/oauth/v2/auth'),
    },
    {
      displayName: 'Access Token URL',
      name: 'accessTokenUrl',
      type: 'hidden',
      default: onAccounts('/oauth/v2/token'),
    },
    { displayName: 'Scope', name: 'scope', type: 'hidden', default: 'Desk.extensions.CREATE' },
    {
      // Without `prompt=consent` Zoho gives a refresh token only the first time, and a connection without one ends after an hour.
      // https://www.zoho.com/accounts/protocol/oauth/web-apps/authorization.html
      displayName: 'Auth URI Query Parameters',
      name: 'authQueryParameters',
      type: 'hidden',
      default: 'access_type=offline&prompt=consent',
    },
    { displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
  ];
}
