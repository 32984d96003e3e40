import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { problemLine, type Problem } from '../../../shared/problem.ts';
import { itemRanges } from './itemRanges.ts';
import type { LogFailure, LogResult } from './logResult.ts';

/** Lines and ids that one error shows before it only counts the rest. */
const SHOWN = 20;

/** Zoho's answers that only another credential, or one that is connected anew, gets rid of. */
const CREDENTIAL_ERRORS: ReadonlySet<string> = new Set([
  'invalid_code',
  'invalid_client',
  'invalid_client_secret',
  'INVALID_OAUTH',
  'OAUTH_ORG_MISMATCH',
  'SCOPE_MISMATCH',
]);

/** Bad input: nothing was sent. Names every item and field, as many as a person will read in full. */
export function badInputError(
  context: IExecuteFunctions,
  problems: readonly Problem[],
  badItems: readonly LogResult[],
): NodeOperationError {
  const lines = [...problems.map(problemLine), ...badItems.flatMap(linesOf)];
  const more = badItems.slice(SHOWN).flatMap(({ items }) => items);
  const shown = [...problems.map(problemLine), ...badItems.slice(0, SHOWN).flatMap(linesOf)];
  const rest = more.length === 0 ? [] : [`Items ${itemRanges(more)}: have problems too.`];
  const itemIndex = badItems[0]?.items[0];
  const error = new NodeOperationError(context.getNode(), lines[0] ?? '', {
    description: `Nothing was sent. n8n counts items from 0.`,
    ...(itemIndex !== undefined && { itemIndex }),
  });
  return withMessage(error, [...shown, ...rest].join('\n'));
}

function linesOf({ items, failure }: LogResult): string[] {
  const lines = failure?.message.split('\n') ?? [];
  return lines.map((line) => `Item ${itemRanges(items)}, ${line}`);
}

/** Some logs were not recorded. Says which were, because the node does not know of them when it is run again. */
export function deliveryError(
  context: IExecuteFunctions,
  results: readonly LogResult[],
): NodeApiError | NodeOperationError {
  const failed = results.flatMap(({ items, failure }) => (failure === undefined ? [] : [{ items, failure }]));
  const recorded = results.flatMap(({ items, recorded: log }) =>
    log === undefined ? [] : [{ items: [...items], logId: log.logId }],
  );
  const [first] = failed;
  const failure: LogFailure = first?.failure ?? { message: '', mayBeRecorded: false };
  const message = `Item ${itemRanges(first?.items ?? [])}: ${failure.message}`;
  const description = [
    `Not recorded: ${count(failed.length)}, of items ${itemRanges(failed.flatMap(({ items }) => items))}.`,
    ...possiblyRecorded(failed),
    alreadyRecorded(recorded.map(({ logId }) => logId)),
    ...(CREDENTIAL_ERRORS.has(failure.errorCode ?? '')
      ? ['In n8n: open the credential, correct it and connect it again.']
      : []),
  ].join('\n');
  const itemIndex = first?.items[0] ?? 0;
  const node = context.getNode();
  const error =
    failure.status === undefined
      ? new NodeOperationError(node, message, { description, itemIndex })
      : new NodeApiError(node, {}, { message, description, itemIndex, httpCode: String(failure.status) });
  error.context['data'] = {
    recorded,
    undelivered: failed.map(({ items, failure: of }) => ({ items: [...items], ...of })),
  };
  return withMessage(error, message);
}

function possiblyRecorded(failed: readonly { items: readonly number[]; failure: LogFailure }[]): string[] {
  const possibly = failed.filter((one) => one.failure.mayBeRecorded);
  if (possibly.length === 0) return [];
  const items = itemRanges(possibly.flatMap((one) => one.items));
  return [`Possibly recorded all the same, because an answer was lost: items ${items}.`];
}

function alreadyRecorded(logIds: readonly string[]): string {
  if (logIds.length === 0) return 'Recorded: none.';
  const more = logIds.length > SHOWN ? ` and ${logIds.length - SHOWN} more` : '';
  return (
    `Recorded already: ${count(logIds.length)}, with the log IDs ${logIds.slice(0, SHOWN).join(', ')}${more}. ` +
    'To run the node again would record them again: run it with the other items only.'
  );
}

function count(logs: number): string {
  return logs === 1 ? '1 log' : `${logs} logs`;
}

/** n8n replaces a message in which it finds a word such as EPERM by one of its own, and says less. */
function withMessage<E extends NodeApiError | NodeOperationError>(error: E, message: string): E {
  error.message = message;
  return error;
}
