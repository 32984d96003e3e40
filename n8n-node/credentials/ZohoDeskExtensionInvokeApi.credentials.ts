import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { dataCenterOptions } from './dataCenterOptions.ts';

/** What the vendor of an extension signs calls of Zoho's Invoke API with. It needs no token of any customer. */
export class ZohoDeskExtensionInvokeApi implements ICredentialType {
  name = 'zohoDeskExtensionInvokeApi';

  displayName = 'Zoho Desk Extension Invoke API';

  icon: Icon = { light: 'file:../icons/extensionLog.svg', dark: 'file:../icons/extensionLog.dark.svg' };

  documentationUrl =
    'https://github.com/zoho-desk-extension-log/zoho-desk-extension-log/blob/main/n8n-node/README.md#write-to-every-customer-as-a-vendor';

  properties: INodeProperties[] = [
    {
      displayName: 'Data Center',
      name: 'dataCenter',
      type: 'options',
      options: dataCenterOptions,
      default: 'us',
      description:
        "The one that your customers' portals are in. For customers in another, make a second credential and a second node.",
    },
    {
      displayName: 'Desk URL',
      name: 'deskUrl',
      type: 'string',
      displayOptions: { show: { dataCenter: ['custom'] } },
      default: '',
      required: true,
      placeholder: 'e.g. https://desk.example.com',
      description: 'Where logs are sent. An origin, without a path.',
    },
    {
      displayName: 'Extension Secret',
      name: 'extensionSecret',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      required: true,
      description: 'The secret in the plugin-manifest.json of your extension. Every call is signed with it.',
    },
    {
      displayName: 'Connection Link Name',
      name: 'connectionLinkName',
      type: 'string',
      default: '',
      placeholder: 'e.g. deskconnection',
      description:
        "The extension's own connector for Zoho Desk, as plugin-manifest.json names it. Its scopes must include Desk.extensions.CREATE.",
    },
  ];
}
