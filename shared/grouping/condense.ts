import { DESCRIPTION_LIMIT, TITLE_LIMIT } from '../entries.ts';
import { hasFailed } from '../extension-log.ts';
import type { PlannedLog } from './part.ts';

/** Characters that the names in a merged log's title may take; the description lists them all. */
const NAMES_LENGTH = 200;

/** Neighbouring logs that will be one. */
type Block = readonly PlannedLog[];

/**
 * Merges neighbouring logs until the group fits into `room` logs. The parent is never merged, and no
 * more is merged than has to be: first what went well, then what went well into the failure beside
 * it, and only then failures with each other. A merged log that holds a failure says so first.
 */
export function condense(group: readonly PlannedLog[], room: number): PlannedLog[] {
  const [parent, ...others] = group;
  if (parent === undefined) return [];
  const blocks: Block[] = others.map((log) => [log]);
  while (blocks.length > room - 1) {
    const at = cheapestPair(blocks);
    blocks.splice(at, 2, [...(blocks[at] ?? []), ...(blocks[at + 1] ?? [])]);
  }
  return [parent, ...blocks.flatMap(mergedLog)];
}

/** Where the two neighbours stand whose merging hides least. */
function cheapestPair(blocks: readonly Block[]): number {
  let cheapest = { at: 0, rank: Infinity, size: 0 };
  for (let at = 0; at + 1 < blocks.length; at += 1) {
    const pair = [...(blocks[at] ?? []), ...(blocks[at + 1] ?? [])];
    const failures = pair.filter(hasFailed).length;
    const rank = Math.min(failures, 2);
    // What went well goes into as few logs as possible; failures are spread over as many as possible.
    const size = rank === 0 ? -pair.length : pair.length;
    if (rank < cheapest.rank || (rank === cheapest.rank && size < cheapest.size))
      cheapest = { at, rank, size };
  }
  return cheapest.at;
}

function mergedLog(block: Block): PlannedLog[] {
  const first = block[0];
  if (first === undefined || block.length === 1) return [...block];
  const failed = block.find(hasFailed);
  const status = failed?.status ?? first.status;
  return [
    {
      ...first,
      title: mergedTitle(block).slice(0, TITLE_LIMIT),
      description: mergedDescription(block),
      ...(status !== undefined && { status }),
    },
  ];
}

function mergedTitle(block: Block): string {
  const failed = block.filter(hasFailed);
  const fine = block.filter((log) => !hasFailed(log));
  const [failure] = failed;
  if (failure === undefined) {
    const allSkipped = fine.every(({ status }) => status === 'skipped');
    return `${fine.length} ${allSkipped ? 'skipped' : 'went well'}: ${names(fine)}`;
  }
  const others = fine.length > 0 ? ` (with ${fine.length} that went well)` : '';
  return (failed.length === 1 ? failure.title : `${failed.length} failed: ${names(failed)}`) + others;
}

function names(logs: Block): string {
  let text = '';
  for (const [index, { title }] of logs.entries()) {
    const next = index === 0 ? title : `${text}, ${title}`;
    if (index > 0 && next.length > NAMES_LENGTH) return `${text} and ${logs.length - index} more`;
    text = next;
  }
  return text;
}

function mergedDescription(block: Block): string {
  const full = block.map((log) => line(log, log.description)).join('\n');
  if (full.length <= DESCRIPTION_LIMIT) return full;
  return block
    .map((log) => line(log, log.title))
    .join('\n')
    .slice(0, DESCRIPTION_LIMIT);
}

function line({ title, status }: PlannedLog, description: string): string {
  const outcome = status === undefined || status === 'success' ? '' : ` (${status})`;
  return `- ${title}${outcome}${description === title ? '' : `: ${description}`}`;
}
