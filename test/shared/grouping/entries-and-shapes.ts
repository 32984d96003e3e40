import type { Entry } from '../../../shared/entries/entry.ts';
import type { Group } from '../../../shared/grouping/part.ts';

/** Numbered entries of one group. */
export function entriesOf(reference: string | undefined, count: number, installationId = '1'): Entry[] {
  return Array.from({ length: count }, (_, index) => {
    const title = `${reference ?? 'alone'} ${index + 1}`;
    return { title, description: title, installationId, ...(reference !== undefined && { reference }) };
  });
}

/** What a group's parts look like: wire reference, heading and number of logs of each. */
export const shape = ({ parts }: Group) =>
  parts.map(({ wireReference, heading, logs }) => [wireReference, heading?.title, logs.length]);
