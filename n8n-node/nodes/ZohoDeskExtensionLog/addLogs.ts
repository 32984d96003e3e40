import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { deliver } from '../../../shared/delivery/deliver.ts';
import type { DeliveryOptions } from '../../../shared/delivery/delivery-options.ts';
import { Traffic } from '../../../shared/delivery/pace/traffic.ts';
import type { Entry } from '../../../shared/entries/entry.ts';
import { planLogs, type Plan, type RefusedGroup } from '../../../shared/grouping/plan.ts';
import type { Secrets } from '../../../shared/ports.ts';
import type { Problem } from '../../../shared/problem.ts';
import { createSecrets } from '../../../shared/redaction.ts';
import { deadlineIn } from '../../../shared/retry/deadline.ts';
import { addLogRecorder } from '../../../shared/zoho/add-log-recorder.ts';
import { portalKey } from '../../../shared/zoho/portal.ts';
import { openExecutionLedger } from './executionLedger.ts';
import { badItem, resultOf, type LogResult } from './logResult.ts';
import { badInputError, deliveryError } from './nodeErrors.ts';
import { outputItems } from './outputItems.ts';
import { readCredential, type Credential } from './readCredential.ts';
import { readItem } from './readItem.ts';
import { readOptions } from './readOptions.ts';
import { storedTokens } from './storedTokens.ts';
import { worldOf } from './world.ts';

/** One for this n8n process: its executions share each portal's pace. */
const traffic = new Traffic();

/** The item that asked for an entry. */
type ItemOf = ReadonlyMap<Entry, number>;

/** Reads all items, and only when they are valid sends their logs and makes items of the results. */
export async function addLogs(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const secrets = createSecrets();
  const credential = await readCredential(context, secrets);
  const options = readOptions(context);
  const { itemOf, bad } = readItems(context, secrets);
  if (!credential.ok || !options.ok) {
    const problems = [credential, options].flatMap((read) => (read.ok ? [] : read.problems));
    return failForAll(context, redacted(problems, secrets), bad);
  }
  const ledger = openExecutionLedger(context, secrets);
  const portal = portalKey(credential.value.portal);
  const { plan, refused } = planLogs(
    [...itemOf.keys()],
    options.value.overflow,
    'Overflow',
    ledger.inPortal(portal),
  );
  const unsent = [...bad, ...refused.flatMap((group) => refusedItems(group, itemOf))];
  if (unsent.length > 0 && !context.continueOnFail()) throw badInputError(context, [], unsent);

  const report = await deliverPlan(context, plan, credential.value, options.value, secrets);
  ledger.record(report.parts);
  const results = report.outcomes.map((outcome) => resultOf(itemsOf(outcome.log.entries, itemOf), outcome));
  const hasFailed = results.some(({ failure }) => failure !== undefined);
  if (hasFailed && !context.continueOnFail()) throw deliveryError(context, results);
  return outputItems(context, [...unsent, ...results]);
}

/** The item loop. */
function readItems(context: IExecuteFunctions, secrets: Secrets): { itemOf: ItemOf; bad: LogResult[] } {
  const itemOf = new Map<Entry, number>();
  const bad: LogResult[] = [];
  for (const item of context.getInputData().keys()) {
    const read = readItem(context, item);
    if (read.ok) for (const entry of read.value) itemOf.set(entry, item);
    else bad.push(badItem(item, redacted(read.problems, secrets)));
  }
  return { itemOf, bad };
}

/** A secret may have been pasted into the wrong field. */
function redacted(problems: readonly Problem[], { redact }: Secrets): Problem[] {
  return problems.map(({ input, value, message }) => ({
    input,
    ...(value !== undefined && { value: redact(value) }),
    message: redact(message),
  }));
}

/** What is wrong with the node as a whole is wrong for each of its items. */
function failForAll(
  context: IExecuteFunctions,
  problems: readonly Problem[],
  bad: readonly LogResult[],
): INodeExecutionData[] {
  if (!context.continueOnFail()) throw badInputError(context, problems, bad);
  const all = context.getInputData().map((_, item) => badItem(item, problems));
  return outputItems(context, all);
}

/** The items of a group that is too long for `overflow: error`. */
function refusedItems({ problem, entries }: RefusedGroup, itemOf: ItemOf): LogResult[] {
  return itemsOf(entries, itemOf).map((item) => badItem(item, [problem]));
}

function itemsOf(entries: readonly Entry[], itemOf: ItemOf): number[] {
  return [...new Set(entries.flatMap((entry) => itemOf.get(entry) ?? []))];
}

async function deliverPlan(
  context: IExecuteFunctions,
  plan: Plan,
  credential: Credential,
  { delivery: mode, concurrency, timeoutSeconds }: DeliveryOptions,
  secrets: Secrets,
) {
  const world = worldOf(context, secrets);
  const signal = context.getExecutionCancelSignal() ?? new AbortController().signal;
  const deadline = deadlineIn(timeoutSeconds * 1_000, world.now(), signal);
  const tokens = storedTokens(context, credential, deadline, world);
  const { portal } = credential;
  const recorder = addLogRecorder(portal, tokens, deadline, world);
  return deliver(
    [{ portal: portalKey(portal), plan, recorder }],
    { mode, concurrency, deadline, traffic },
    world,
  );
}
