import type { INodeProperties } from 'n8n-workflow';
import { howToDeliver } from './deliveryProperties.ts';
import { forOperation } from './forOperation.ts';

/** @param grouping how logs come together in this operation */
function notice(name: string, operation: string, grouping: string): INodeProperties {
  const limits =
    'Zoho Desk takes ten logs under one reference and keeps them for three days. A longer group goes on in parts, each with a heading of its own (Options > Overflow).';
  return {
    displayName: `${grouping} ${limits}`,
    name,
    type: 'notice',
    ...forOperation(operation),
    default: '',
  };
}

const whoseDesk: INodeProperties = {
  displayName: 'Authentication',
  name: 'authentication',
  type: 'options',
  noDataExpression: true,
  options: [
    {
      name: 'OAuth2',
      value: 'oAuth2',
      description: 'Into one portal, with the consent of somebody there',
    },
    {
      name: 'Invoke API (Extension Vendor)',
      value: 'invoke',
      description: 'Into the portal of every customer who installed your extension',
    },
  ],
  default: 'oAuth2',
  description: 'Who logs: somebody with a login at the portal, or the vendor of the extension',
};

const whatToDo: INodeProperties[] = [
  {
    displayName: 'Resource',
    name: 'resource',
    type: 'options',
    noDataExpression: true,
    options: [{ name: 'Extension Log', value: 'extensionLog' }],
    default: 'extensionLog',
  },
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['extensionLog'] } },
    options: [
      {
        name: 'Add',
        value: 'add',
        description: 'Write one log for each item; items with the same reference become one group',
        action: 'Add an extension log',
      },
      {
        name: 'Add Group',
        value: 'addGroup',
        description: 'Write a parent log with its sub-logs for each item',
        action: 'Add a group of extension logs',
      },
    ],
    default: 'add',
  },
];

const withInvoke = { displayOptions: { show: { authentication: ['invoke'] } } };

const whichCustomer: INodeProperties[] = [
  {
    displayName: 'Organization ID',
    name: 'orgId',
    type: 'string',
    ...withInvoke,
    default: '',
    required: true,
    placeholder: 'e.g. 60001234567',
    description: "The customer's portal. Desk sends it as orgId when the customer installs the extension.",
  },
  {
    displayName: 'Security Context',
    name: 'securityContext',
    type: 'string',
    typeOptions: { password: true },
    ...withInvoke,
    default: '',
    required: true,
    description:
      'What Desk sends as securityContext when the customer installs the extension. It is a secret: drag the field in from a list that you keep, and do not type it in here.',
  },
];

const whatToLog: INodeProperties[] = [
  {
    displayName: 'Installation ID',
    name: 'installationId',
    type: 'string',
    ...forOperation('add', 'addGroup'),
    default: '',
    required: true,
    placeholder: 'e.g. 4000000000123001',
    description:
      'The installation of your extension whose portal shows the log. The extension receives it as serviceAppId when it is installed. Keep it as text: as a number it loses its last digits.',
  },
  {
    displayName: 'Title',
    name: 'title',
    type: 'string',
    ...forOperation('add', 'addGroup'),
    default: '',
    required: true,
    placeholder: 'e.g. Invoice 1042 was sent',
    description: 'What happened, in one line. In a group it is the title of the parent log.',
  },
  {
    displayName: 'Description',
    name: 'description',
    type: 'string',
    typeOptions: { rows: 3 },
    ...forOperation('add', 'addGroup'),
    default: '',
    placeholder: 'e.g. Sent to 3 people in 0.4 s',
    description: 'The detail that is shown when the log is opened. Empty: the title is repeated.',
  },
];

const howToGroup: INodeProperties[] = [
  {
    displayName: 'Reference',
    name: 'reference',
    type: 'string',
    ...forOperation('add'),
    default: '={{ $execution.id }}',
    placeholder: 'e.g. order-1042',
    description:
      'What ties logs together in the portal. By default all items of one execution become one group. Give each order, customer or run its own: drag the field that tells them apart in here.',
  },
  // A notice, because n8n shows no hint under a field that holds an expression.
  notice(
    'addNotice',
    'add',
    'Logs with the same reference become one group: the first is the parent, the others are its sub-logs. Leave the reference empty, and every log stands alone.',
  ),
  {
    displayName: 'Reference',
    name: 'reference',
    type: 'string',
    ...forOperation('addGroup'),
    default: '={{ $execution.id }}-{{ $runIndex + 1 }}-{{ $itemIndex + 1 }}',
    required: true,
    placeholder: 'e.g. order-1042',
    description: 'What ties the parent and its sub-logs together in the portal',
  },
  notice(
    'addGroupNotice',
    'addGroup',
    'Give each item a reference of its own: items that share one share a group, and the first of them is the parent of all.',
  ),
  {
    displayName: 'Specify Sub-Logs',
    name: 'specifyLogs',
    type: 'options',
    ...forOperation('addGroup'),
    options: [
      {
        name: 'Using Fields Below',
        value: 'fields',
        description: 'As many as you add here, the same for each item',
      },
      { name: 'Using JSON', value: 'json', description: 'A list from an expression, of any length' },
    ],
    default: 'fields',
  },
  {
    displayName: 'Sub-Logs',
    name: 'logs',
    type: 'fixedCollection',
    typeOptions: { multipleValues: true, sortable: true, multipleValueButtonText: 'Add Sub-Log' },
    displayOptions: {
      show: { resource: ['extensionLog'], operation: ['addGroup'], specifyLogs: ['fields'] },
    },
    default: {},
    placeholder: 'Add Sub-Log',
    options: [
      {
        displayName: 'Sub-Log',
        name: 'log',
        values: [
          {
            displayName: 'Title',
            name: 'title',
            type: 'string',
            default: '',
            required: true,
            placeholder: 'e.g. Checked the address',
          },
          {
            displayName: 'Description',
            name: 'description',
            type: 'string',
            default: '',
            description: 'Empty: the title is repeated',
          },
        ],
      },
    ],
  },
  {
    displayName: 'Sub-Logs (JSON)',
    name: 'logsJson',
    type: 'json',
    typeOptions: { rows: 6 },
    displayOptions: {
      show: { resource: ['extensionLog'], operation: ['addGroup'], specifyLogs: ['json'] },
    },
    default: '[]',
    required: true,
    placeholder: 'e.g. ["Checked the address", { "title": "Sent", "description": "By mail" }]',
    hint: 'An array of texts or of objects with title, and description and status if you like',
    description:
      'Drag a field that holds a list in here. Status is success, failure, cancelled or skipped; it only tells Condense what may be merged.',
  },
];

/** Everything that a builder sees in the node's panel, in this order. */
export const properties: INodeProperties[] = [
  whoseDesk,
  ...whatToDo,
  ...whichCustomer,
  ...whatToLog,
  ...howToGroup,
  howToDeliver,
];
