import { headingTitle, LOGS_PER_PART, type Part, type PartPlace, type PlannedLog } from './part.ts';

/**
 * Lays a group out in parts of at most ten: the first under the reference itself, each further one
 * at the next free place, opened by a heading and followed by up to nine logs, in order.
 */
export function split(
  logs: readonly PlannedLog[],
  reference: string | undefined,
  nextFreePart: () => PartPlace,
): Part[] {
  const first: Part = { number: 1, wireReference: reference, logs: logs.slice(0, LOGS_PER_PART) };
  const chunks = chunksOf(logs.slice(LOGS_PER_PART), LOGS_PER_PART - 1);
  const further = chunks.map((chunk) => ({ ...nextFreePart(), logs: chunk }));
  const count = further.at(-1)?.number;
  const parentTitle = logs[0]?.title ?? '';
  return [
    first,
    ...further.map((part) => ({ ...part, heading: headingTitle(parentTitle, part.number, count) })),
  ];
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
