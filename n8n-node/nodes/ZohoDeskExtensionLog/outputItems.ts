import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { LogResult } from './logResult.ts';
import { isGroup } from './operation.ts';

/**
 * The node's output, in input order and paired with the input: an item for each item of `add`, and
 * for each log of `addGroup`. A failed one keeps the item's own data beside `error`.
 */
export function outputItems(context: IExecuteFunctions, results: readonly LogResult[]): INodeExecutionData[] {
  const pieces = isGroup(context) ? results : results.flatMap(oneForEachItem);
  const inOrder = [...pieces].sort((one, other) => (one.items[0] ?? 0) - (other.items[0] ?? 0));
  return inOrder.map((result) => outputItem(context, result));
}

function oneForEachItem(result: LogResult): LogResult[] {
  return result.items.map((item) => ({ ...result, items: [item] }));
}

function outputItem(context: IExecuteFunctions, { items, recorded, failure }: LogResult): INodeExecutionData {
  const [first = 0, ...others] = items;
  const pairedItem = others.length === 0 ? { item: first } : items.map((item) => ({ item }));
  if (failure === undefined) return { json: recorded?.json ?? {}, pairedItem };
  const input = context.getInputData()[first];
  // n8n takes an item with nothing but `error` to the error output, and adds the item's own data there.
  const hasErrorOutput = context.getNode().onError === 'continueErrorOutput';
  const json: IDataObject = hasErrorOutput ? { error: failure } : { ...input?.json, error: failure };
  return { json, pairedItem, ...(input?.binary && { binary: input.binary }) };
}
