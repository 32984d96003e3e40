import {
  headingLog,
  LOGS_PER_PART,
  wireReferenceOf,
  type BegunGroup,
  type Part,
  type PartAddress,
  type PlannedLog,
} from './part.ts';

/**
 * Lays a group out in parts of at most ten: the first under the reference itself, each further one
 * at the next free address, opened by a heading and followed by up to nine logs, in order. A group
 * that was begun earlier goes on where it has room, and its headings do not say how many parts there
 * will be.
 */
export function split(
  logs: readonly PlannedLog[],
  reference: string,
  nextFreePart: () => PartAddress,
  begun?: BegunGroup,
): Part[] {
  const { part: number, slotsTaken } = begun ?? { part: 1, slotsTaken: 0 };
  const room = LOGS_PER_PART - slotsTaken;
  const first: Part = {
    number,
    wireReference: wireReferenceOf(reference, number),
    slotsTaken,
    logs: logs.slice(0, room),
  };
  const chunks = chunksOf(logs.slice(room), LOGS_PER_PART - 1);
  const further = chunks.map((chunk) => ({ ...nextFreePart(), slotsTaken: 0, logs: chunk }));
  const count = begun === undefined ? further.at(-1)?.number : undefined;
  const parentTitle = begun?.parentTitle ?? logs[0]?.title ?? '';
  const installationId = logs[0]?.installationId ?? '';
  return [
    ...(first.logs.length > 0 ? [first] : []),
    ...further.map((part) => ({
      ...part,
      heading: headingLog(parentTitle, installationId, part.number, count),
    })),
  ];
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
