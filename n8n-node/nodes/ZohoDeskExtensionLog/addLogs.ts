import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { deadlineIn } from '../../../shared/retry/deadline.ts';
import { deliver } from '../../../shared/delivery/deliver.ts';
import type { Entry } from '../../../shared/entries/entry.ts';
import { planLogs, type Overflow, type Plan } from '../../../shared/grouping/plan.ts';
import type { Secrets } from '../../../shared/ports.ts';
import type { Problem } from '../../../shared/problem.ts';
import { createSecrets } from '../../../shared/redaction.ts';
import { badItem, resultOf, type LogResult } from './logResult.ts';
import { badInputError, deliveryError } from './nodeErrors.ts';
import { outputItems } from './outputItems.ts';
import { readCredential, type Credential } from './readCredential.ts';
import { readItem } from './readItem.ts';
import { readOptions, type Options } from './readOptions.ts';
import { storedTokens } from './storedTokens.ts';
import { worldOf } from './world.ts';

/** An entry and the item that asked for it. */
interface Asked {
  readonly entry: Entry;
  readonly item: number;
}

/** Reads all items, and only when they are good sends their logs and makes items of what became of them. */
export async function addLogs(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const secrets = createSecrets();
  const credential = await readCredential(context, secrets);
  const options = readOptions(context);
  const { asked, bad } = readItems(context, secrets);
  if (!credential.ok || !options.ok) {
    const problems = [credential, options].flatMap((read) => (read.ok ? [] : read.problems));
    return failForAll(context, redacted(problems, secrets), bad);
  }
  const planned = planAsked(asked, options.value.overflow);
  const refused = [...bad, ...planned.tooLong];
  if (refused.length > 0 && !context.continueOnFail()) throw badInputError(context, [], refused);

  const results = await deliverPlan(context, planned, credential.value, options.value, secrets);
  const hasFailed = results.some(({ failure }) => failure !== undefined);
  if (hasFailed && !context.continueOnFail()) throw deliveryError(context, results);
  return outputItems(context, [...refused, ...results]);
}

/** The item loop. */
function readItems(context: IExecuteFunctions, secrets: Secrets): { asked: Asked[]; bad: LogResult[] } {
  const asked: Asked[] = [];
  const bad: LogResult[] = [];
  for (const item of context.getInputData().keys()) {
    const read = readItem(context, item);
    if (read.ok) asked.push(...read.value.map((entry) => ({ entry, item })));
    else bad.push(badItem(item, redacted(read.problems, secrets)));
  }
  return { asked, bad };
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

interface Planned {
  readonly plan: Plan;
  readonly asked: readonly Asked[];
  /** Items of groups that are too long for `overflow: error`. */
  readonly tooLong: readonly LogResult[];
}

function planAsked(asked: readonly Asked[], overflow: Overflow): Planned {
  const planned = planLogs(
    asked.map(({ entry }) => entry),
    overflow,
    'Overflow',
  );
  if (planned.ok) return { plan: planned.plan, asked, tooLong: [] };
  const refused = new Set(asked.filter((_, at) => planned.refused.includes(at)).map(({ item }) => item));
  const tooLong = [...refused].map((item) => badItem(item, planned.problems));
  const others = planAsked(
    asked.filter(({ item }) => !refused.has(item)),
    overflow,
  );
  return { ...others, tooLong: [...tooLong, ...others.tooLong] };
}

async function deliverPlan(
  context: IExecuteFunctions,
  { plan, asked }: Planned,
  credential: Credential,
  { delivery, concurrency, timeoutSeconds }: Options,
  secrets: Secrets,
): Promise<LogResult[]> {
  const world = worldOf(context, secrets);
  const signal = context.getExecutionCancelSignal() ?? new AbortController().signal;
  const deadline = deadlineIn(timeoutSeconds * 1_000, world.now(), signal);
  const tokens = storedTokens(context, credential, deadline, world);
  const { connection } = credential;
  const { outcomes } = await deliver(
    plan,
    { connection, tokens, mode: delivery, concurrency, deadline },
    world,
  );

  const items = outcomes.map(() => new Set<number>());
  for (const [at, { item }] of asked.entries()) items[plan.logOfEntry[at] ?? -1]?.add(item);
  return outcomes.map((outcome, at) => resultOf([...(items[at] ?? [])], outcome));
}
