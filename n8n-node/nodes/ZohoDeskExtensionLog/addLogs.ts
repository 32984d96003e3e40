import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { deliver } from '../../../shared/delivery/deliver.ts';
import type { DeliveryOptions } from '../../../shared/delivery/delivery-options.ts';
import type { Report } from '../../../shared/delivery/outcome.ts';
import { Traffic } from '../../../shared/delivery/pace/traffic.ts';
import type { Entry } from '../../../shared/entries/entry.ts';
import type { Secrets } from '../../../shared/ports.ts';
import type { Problem } from '../../../shared/problem.ts';
import { createSecrets } from '../../../shared/redaction.ts';
import { deadlineIn } from '../../../shared/retry/deadline.ts';
import { portalKey } from '../../../shared/zoho/portal.ts';
import { readAuthentication } from './authentication.ts';
import { openDoor, type Door } from './door.ts';
import { openExecutionLedger } from './executionLedger.ts';
import { badItem, resultOf, type LogResult } from './logResult.ts';
import { badInputError, deliveryError } from './nodeErrors.ts';
import { outputItems } from './outputItems.ts';
import { planPortals, type PlannedPortal } from './planPortals.ts';
import { readItems, secretless, type AddressedEntries } from './readItems.ts';
import { readOptions } from './readOptions.ts';
import { retryOnFailWarning } from './retryOnFail.ts';
import { worldOf } from './world.ts';

/** One for this n8n process: its executions share each portal's pace. */
const traffic = new Traffic();

/** Reads all items, and only when they are valid sends their logs and makes items of the results. */
export async function addLogs(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
  for (const message of retryOnFailWarning(context)) {
    context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
  }
  const secrets = createSecrets();
  const authentication = readAuthentication(context);
  if (!authentication.ok) return failForAll(context, authentication.problems, []);
  const door = await openDoor(authentication.value, context, secrets);
  const options = readOptions(context);
  const { addressed, bad } = readItems(context, authentication.value, door, secrets);
  if (!door.ok || !options.ok) {
    const problems = [door, options].flatMap((read) => (read.ok ? [] : read.problems));
    return failForAll(context, secretless(problems, secrets), bad);
  }
  const ledger = openExecutionLedger(context, secrets);
  const { planned, refused } = planPortals(addressed, options.value.overflow, ledger);
  const tooLong = refused.flatMap(({ problem, entries }) =>
    itemsOf(entries, addressed).map((item) => badItem(item, [problem])),
  );
  const unsent = [...bad, ...tooLong];
  if (unsent.length > 0 && !context.continueOnFail()) throw badInputError(context, [], unsent);

  const report = await deliverPlanned(context, planned, door.value, options.value, secrets);
  ledger.record(report.parts);
  const results = report.outcomes.map((outcome) =>
    resultOf(itemsOf(outcome.log.entries, addressed), outcome, secrets.redact),
  );
  const hasFailed = results.some(({ failure }) => failure !== undefined);
  if (hasFailed && !context.continueOnFail()) {
    throw deliveryError(context, results, authentication.value);
  }
  return outputItems(context, [...unsent, ...results]);
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

/** The items that asked for some entries. */
function itemsOf(entries: readonly Entry[], addressed: AddressedEntries): number[] {
  return [...new Set(entries.flatMap((entry) => addressed.get(entry)?.item ?? []))];
}

async function deliverPlanned(
  context: IExecuteFunctions,
  planned: readonly PlannedPortal[],
  door: Door,
  { delivery: mode, concurrency, timeoutSeconds }: DeliveryOptions,
  secrets: Secrets,
): Promise<Report> {
  const world = worldOf(context, secrets);
  const signal = context.getExecutionCancelSignal() ?? new AbortController().signal;
  const deadline = deadlineIn(timeoutSeconds * 1_000, world.now(), signal);
  const portals = planned.map(({ portal, plan }) => ({
    portal: portalKey(portal),
    plan,
    recorder: door.recorderFor(portal, deadline, world),
  }));
  return deliver(portals, { mode, concurrency, deadline, traffic }, world);
}
