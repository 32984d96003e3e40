import { standingOf } from '../entries/entry.ts';
import { DESCRIPTION_LIMIT, TITLE_LIMIT } from '../entries/read-entries.ts';
import { cut } from '../text/cut.ts';
import type { PlannedLog } from './part.ts';

/** Characters that the names in a merged log's title may take; the description lists them all. */
const NAMES_LENGTH = 200;

/** Neighbouring logs that will be one. */
type Block = readonly PlannedLog[];

/** Makes a parent and what follows it fit into `room` logs. The parent is never merged. */
export function condense(group: readonly PlannedLog[], room: number): PlannedLog[] {
  return [...group.slice(0, 1), ...mergeToFit(group.slice(1), room - 1)];
}

/**
 * Merges neighbouring logs until they fit into `room` logs, and no more than needed: first what was
 * skipped, then what went well, then what went well into the failure beside it, and only then
 * failures with each other. What has not ended is kept apart like a failure. A merged log that holds
 * a failure says so first.
 */
export function mergeToFit(logs: readonly PlannedLog[], room: number): PlannedLog[] {
  let blocks: Block[] = logs.map((log) => [log]);
  blocks = mergeRuns(blocks, room, (block) => block.every(({ status }) => status === 'skipped'));
  blocks = mergeRuns(blocks, room, isFine);
  blocks = mergeIntoFailures(blocks, room);
  return spread(blocks, room).flatMap(mergedLog);
}

function isFine(block: Block): boolean {
  return block.every((log) => standingOf(log) === 'fine');
}

/** Merges within the longest runs first, so that what is merged goes into as few logs as possible. */
function mergeRuns(blocks: readonly Block[], room: number, mayMerge: (block: Block) => boolean): Block[] {
  let tooMany = blocks.length - room;
  const runs = runsOf(blocks, mayMerge);
  for (const run of [...runs].sort((one, other) => other.length - one.length)) {
    if (tooMany <= 0 || run.length === 1) break;
    const merged = run.splice(0, Math.min(run.length, tooMany + 1));
    run.unshift(merged.flat());
    tooMany -= merged.length - 1;
  }
  return runs.flat();
}

/** Neighbours that may be merged with each other; whatever may not is a run by itself. */
function runsOf(blocks: readonly Block[], mayMerge: (block: Block) => boolean): Block[][] {
  const runs: Block[][] = [];
  let open: Block[] | undefined;
  for (const block of blocks) {
    if (open !== undefined && mayMerge(block)) {
      open.push(block);
      continue;
    }
    const run = [block];
    runs.push(run);
    open = mayMerge(block) ? run : undefined;
  }
  return runs;
}

/** Puts what went well into the failure before it, or, at the beginning, into the one behind it. */
function mergeIntoFailures(blocks: readonly Block[], room: number): Block[] {
  let tooMany = blocks.length - room;
  const merged: Block[] = [];
  for (const block of blocks) {
    const before = merged.at(-1);
    const oneIsFine = before !== undefined && isFine(before) !== isFine(block);
    const isPair = oneIsFine && (isFine(block) || merged.length === 1);
    if (tooMany <= 0 || !isPair) {
      merged.push(block);
      continue;
    }
    merged.splice(-1, 1, [...before, ...block]);
    tooMany -= 1;
  }
  return merged;
}

/** Spreads what is left evenly, in order, over as many logs as there is room for. */
function spread(blocks: readonly Block[], room: number): Block[] {
  if (blocks.length <= room) return [...blocks];
  const [size, larger] = [Math.floor(blocks.length / room), blocks.length % room];
  return Array.from({ length: room }, (_, at) => {
    const from = at * size + Math.min(at, larger);
    return blocks.slice(from, from + size + (at < larger ? 1 : 0)).flat();
  });
}

function mergedLog(block: Block): PlannedLog[] {
  const [first] = block;
  if (first === undefined || block.length === 1) return [...block];
  const worst = byStanding(block, 'failed')[0] ?? byStanding(block, 'unfinished')[0] ?? first;
  const { status } = worst;
  return [
    {
      ...first,
      title: cut(mergedTitle(block), TITLE_LIMIT),
      description: mergedDescription(block),
      ...(status !== undefined && { status }),
      entries: block.flatMap(({ entries }) => entries),
    },
  ];
}

function byStanding(block: Block, standing: ReturnType<typeof standingOf>): Block {
  return block.filter((log) => standingOf(log) === standing);
}

/** The worst comes first, and a failure's own words before anything about the others. */
function mergedTitle(block: Block): string {
  const failed = byStanding(block, 'failed');
  const unfinished = byStanding(block, 'unfinished');
  const fine = byStanding(block, 'fine');
  const alsoFine = fine.length > 0 && `${fine.length} that went well`;
  if (failed.length > 0) {
    const alsoUnfinished = unfinished.length > 0 && `${unfinished.length} unfinished`;
    return titleWith('failed', failed, [alsoUnfinished, alsoFine]);
  }
  if (unfinished.length > 0) return titleWith('unfinished', unfinished, [alsoFine]);
  const allSkipped = fine.every(({ status }) => status === 'skipped');
  return `${fine.length} ${allSkipped ? 'skipped' : 'went well'}: ${names(fine)}`;
}

/** `2 failed: … (with 1 unfinished and 3 that went well)`; a single log keeps its own title. */
function titleWith(word: string, logs: Block, others: readonly (string | false)[]): string {
  const said = others.filter((other) => other !== false).join(' and ');
  const suffix = said === '' ? '' : ` (with ${said})`;
  const [only] = logs;
  if (only === undefined || logs.length > 1) return `${logs.length} ${word}: ${names(logs)}${suffix}`;
  return only.title.length + suffix.length <= TITLE_LIMIT ? only.title + suffix : only.title;
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
  return cut(block.map((log) => line(log, log.title)).join('\n'), DESCRIPTION_LIMIT);
}

/** A description of several lines stands under its title, so that a list in it does not run into this one. */
function line({ title, status }: PlannedLog, description: string): string {
  const outcome = status === undefined || status === 'success' ? '' : ` (${status})`;
  const head = `- ${title}${outcome}`;
  if (description === title) return head;
  return description.includes('\n') ? `${head}\n${indented(description)}` : `${head}: ${description}`;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((each) => `  ${each}`)
    .join('\n');
}
