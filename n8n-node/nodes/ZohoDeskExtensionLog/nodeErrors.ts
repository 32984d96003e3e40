import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { problemLine, shownValue, type Problem } from '../../../shared/problem.ts';
import { countOf } from '../../../shared/text/count.ts';
import type { Authentication } from './authentication.ts';
import { namedItems } from './itemRanges.ts';
import type { LogFailure, LogResult } from './logResult.ts';
import { isGroup } from './operation.ts';
import { retryOnFailWarning } from './retryOnFail.ts';

/** Lines and ids that one error shows before it only counts the rest. */
const SHOWN = 20;

/** Zoho's answers that only another OAuth credential, or connecting it again, can put right. */
const OAUTH_ERRORS: ReadonlySet<string> = new Set([
  'invalid_code',
  'invalid_client',
  'invalid_client_secret',
  'INVALID_OAUTH',
  'OAUTH_ORG_MISMATCH',
  'SCOPE_MISMATCH',
]);

/** Bad input: nothing was sent. Names every bad item, and as many problems as a person will read. */
export function badInputError(
  context: IExecuteFunctions,
  problems: readonly Problem[],
  badItems: readonly LogResult[],
): NodeOperationError {
  const lines = [...problems.map(problemLine), ...linesByItems(badItems)];
  const itemIndex = badItems[0]?.items[0];
  const error = new NodeOperationError(context.getNode(), lines[0] ?? '', {
    description: 'Nothing was sent. Items are counted from 0, as n8n counts them.',
    ...(itemIndex !== undefined && { itemIndex }),
  });
  const unshown = lines.length - SHOWN;
  const rest = `And ${unshown} more, in all ${namedItems(badItems.flatMap(({ items }) => items)).toLowerCase()}.`;
  return withMessage(error, [...lines.slice(0, SHOWN), ...(unshown > 0 ? [rest] : [])].join('\n'));
}

/** A line for each problem, with all the items that have it. */
function linesByItems(badItems: readonly LogResult[]): string[] {
  const found = badItems.flatMap(({ items, failure }) =>
    (failure?.message.split('\n') ?? []).map((line) => ({ line, items })),
  );
  return [...Map.groupBy(found, ({ line }) => line)].map(
    ([line, same]) => `${namedItems(same.flatMap(({ items }) => items))}, ${line}`,
  );
}

/** Some logs were not recorded. Says which ones were: a new execution does not know about them. */
export function deliveryError(
  context: IExecuteFunctions,
  results: readonly LogResult[],
  authentication: Authentication,
): NodeApiError | NodeOperationError {
  const failed = results.flatMap(({ items, failure }) => (failure === undefined ? [] : [{ items, failure }]));
  const recorded = results.flatMap(({ items, recorded: log }) =>
    log === undefined ? [] : [{ items: [...items], logId: log.logId }],
  );
  const [first] = failed;
  const failure: LogFailure = first?.failure ?? { message: '', mayBeRecorded: false };
  const name = isGroup(context) ? itemsAndTitles : itemsOf;
  // n8n recognises a canceled execution by this word.
  const message = context.getExecutionCancelSignal()?.aborted
    ? 'The execution was canceled.'
    : `${name(failed.slice(0, 1))}: ${failure.message}`;
  const description = [
    `Not recorded: ${countOf(failed.length, 'log')} (${within(name(failed))}).`,
    ...otherReasons(failed, name),
    ...possiblyRecorded(failed, name),
    alreadyRecorded(recorded),
    ...retryOnFailWarning(context),
    ...(authentication === 'oAuth2' && OAUTH_ERRORS.has(failure.errorCode ?? '')
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

interface OfItems {
  readonly items: readonly number[];
}

type FailedLog = OfItems & { readonly failure: LogFailure };

/** `Items 0–1, 3`. */
function itemsOf(logs: readonly OfItems[]): string {
  return namedItems(logs.flatMap(({ items }) => items));
}

/** `Item 0, "Sent", "Booked"`: which logs of a group are meant, its item does not say. */
function itemsAndTitles(logs: readonly FailedLog[]): string {
  const titles = logs.slice(0, SHOWN).map(({ failure }) => shownValue(failure.title));
  const unshown = logs.length - titles.length;
  return [itemsOf(logs), ...titles, ...(unshown > 0 ? [`and ${unshown} more`] : [])].join(', ');
}

/** As it is written within a sentence. */
function within(name: string): string {
  return name.replace(/^Item/, 'item');
}

/** The error's message has the first reason. */
function otherReasons(failed: readonly FailedLog[], name: (logs: readonly FailedLog[]) => string): string[] {
  const [, ...others] = Map.groupBy(failed, ({ failure }) => failure.message);
  const lines = others.map(([reason, logs]) => `${name(logs)}: ${reason}`);
  const unshown = lines.length - SHOWN;
  return [...lines.slice(0, SHOWN), ...(unshown > 0 ? [`And ${countOf(unshown, 'reason')} more.`] : [])];
}

function possiblyRecorded(
  failed: readonly FailedLog[],
  name: (logs: readonly FailedLog[]) => string,
): string[] {
  const possibly = failed.filter((one) => one.failure.mayBeRecorded);
  if (possibly.length === 0) return [];
  return [`Possibly recorded, because an answer was lost: ${within(name(possibly))}.`];
}

function alreadyRecorded(recorded: readonly (OfItems & { readonly logId: string })[]): string {
  if (recorded.length === 0) return 'Recorded: none.';
  const logIds = recorded.map(({ logId }) => logId);
  const more = logIds.length > SHOWN ? ` and ${logIds.length - SHOWN} more` : '';
  return (
    `Already recorded: ${countOf(logIds.length, 'log')} (${within(itemsOf(recorded))}), with the log IDs ${logIds.slice(0, SHOWN).join(', ')}${more}. ` +
    'Do not run these items again, or they are recorded twice.'
  );
}

/** n8n replaces a message that contains a word such as EPERM with a text that says less. */
function withMessage<E extends NodeApiError | NodeOperationError>(error: E, message: string): E {
  error.message = message;
  return error;
}
