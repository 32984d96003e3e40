import {
  NodeConnectionTypes,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
} from 'n8n-workflow';
import { addLogs } from './addLogs.ts';
import { checkInvokeCredential } from './checkInvokeCredential.ts';
import { properties } from './properties.ts';

/** What the node says under its name on the canvas. Other parameters may hold expressions, which the canvas cannot evaluate. */
const SUBTITLE =
  '={{ $parameter["operation"] === "addGroup" ? "a parent and its sub-logs" : "a log for each item" }}';

/** Writes Zoho Desk extension logs, which the people of a help desk see in their own portal. */
export class ZohoDeskExtensionLog implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Zoho Desk Extension Log',
    name: 'zohoDeskExtensionLog',
    icon: {
      light: 'file:../../icons/extensionLog.svg',
      dark: 'file:../../icons/extensionLog.dark.svg',
    },
    group: ['output'],
    version: 1,
    subtitle: SUBTITLE,
    description:
      'Write extension logs to a Zoho Desk portal, where the people of the help desk see what an extension or automation did. A log has a title and a description and belongs to one installation; logs with the same reference form a group of a parent and its sub-logs.',
    defaults: { name: 'Zoho Desk Extension Log' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [
      {
        name: 'zohoDeskExtensionLogOAuth2Api',
        required: true,
        displayOptions: { show: { authentication: ['oAuth2'] } },
      },
      {
        name: 'zohoDeskExtensionInvokeApi',
        required: true,
        displayOptions: { show: { authentication: ['invoke'] } },
        testedBy: 'checkInvokeCredential',
      },
    ],
    properties,
  };

  methods = { credentialTest: { checkInvokeCredential } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return [await addLogs(this)];
  }
}
