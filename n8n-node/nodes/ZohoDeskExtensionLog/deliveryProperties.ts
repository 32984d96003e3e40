import type { INodeProperties } from 'n8n-workflow';
import { forOperation } from './forOperation.ts';

/** The collection `options`, with the core's defaults. */
export const howToDeliver: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  ...forOperation('add', 'addGroup'),
  default: {},
  description: 'They hold for all items: expressions are evaluated for the first one',
  options: [
    {
      displayName: 'Concurrency',
      name: 'concurrency',
      type: 'number',
      typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 0 },
      default: 5,
      description:
        'Most requests at a time, 1 to 100. Desk allows 5 to 25, by edition; when it says that there are too many, the node slows down by itself and loses nothing.',
    },
    {
      displayName: 'Delivery',
      name: 'delivery',
      type: 'options',
      options: [
        {
          name: 'At Least Once',
          value: 'at-least-once',
          description: 'When an answer is lost, send the log again: it may stand in the portal twice',
        },
        {
          name: 'At Most Once',
          value: 'at-most-once',
          description: 'When an answer is lost, report the log as possibly recorded and do not send it again',
        },
      ],
      default: 'at-least-once',
      description: 'What to do when the connection breaks before Desk has answered',
    },
    {
      displayName: 'Overflow',
      name: 'overflow',
      type: 'options',
      options: [
        {
          name: 'Condense',
          value: 'condense',
          description: 'One part of ten: merge neighbours that went well',
        },
        { name: 'Error', value: 'error', description: 'Send nothing of a group that is too long' },
        { name: 'Split', value: 'split', description: 'Go on in further parts, each under a heading' },
      ],
      default: 'split',
      description: 'What to do with more than ten logs under one reference',
    },
    {
      displayName: 'Timeout (Seconds)',
      name: 'timeoutSeconds',
      type: 'number',
      typeOptions: { minValue: 1 },
      default: 120,
      description: 'How long the node may take for all items together, waiting and retries included',
    },
  ],
};
