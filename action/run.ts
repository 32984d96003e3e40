import { planLogs, type Plan } from '../shared/grouping/plan.ts';
import type { Checked } from '../shared/problem.ts';
import type { Secrets } from '../shared/ports.ts';
import { undeliveredLogs } from '../shared/undelivered-log.ts';
import { readCredentials, type Credentials } from './credentials.ts';
import { deliverPlan } from './deliver-plan.ts';
import { readEntriesInput } from './entries-input.ts';
import type { InputValues } from './input-values.ts';
import { tellBadInput, tellPlan, tellReport } from './job-log.ts';
import { outputsOfReport, outputsWithoutDelivery, writeOutputs } from './outputs.ts';
import { createRunnerWorld } from './runner-world.ts';
import { readSettings, type Settings } from './settings.ts';
import { writeSummary } from './summary.ts';
import { writeUndeliveredFile } from './undelivered-file.ts';

/** What one run of the Action is given. */
export interface Run {
  readonly inputs: InputValues;
  readonly secrets: Secrets;
  readonly env: NodeJS.ProcessEnv;
  /** Fires when the runner cancels the job. */
  readonly cancelled: AbortSignal;
}

/** Inputs → entries → parts → deliveries → outcomes → report. Returns the exit code. */
export async function run({ inputs, secrets, env, cancelled }: Run): Promise<0 | 1> {
  const order = await readOrder(inputs, env);
  if (!order.ok) {
    writeOutputs(outputsWithoutDelivery(false, inputs.reference), secrets);
    tellBadInput(order.problems, secrets);
    return 1;
  }

  const { settings, credentials, plan } = order.value;
  if (credentials === undefined) {
    tellPlan(plan, secrets);
    writeOutputs(outputsWithoutDelivery(true, settings.reference), secrets);
    return 0;
  }
  const world = createRunnerWorld(secrets, env);
  const report = await deliverPlan(plan, settings, credentials, world, cancelled);
  world.close();

  const undeliveredFile = await writeUndeliveredFile(undeliveredLogs(report), env, secrets);
  writeOutputs(outputsOfReport(report, settings.reference, undeliveredFile), secrets);
  await writeSummary(report, undeliveredFile, secrets);
  const ending = { failOnError: settings['fail-on-error'], undeliveredFile, cancelled: cancelled.aborted };
  return tellReport(report, ending, secrets);
}

/** What the inputs order, once they are found good. */
interface Order {
  readonly settings: Settings;
  /** Missing in a dry run. */
  readonly credentials: Credentials | undefined;
  readonly plan: Plan;
}

async function readOrder(inputs: InputValues, env: NodeJS.ProcessEnv): Promise<Checked<Order>> {
  const settings = readSettings(inputs, env);
  const credentials = readCredentials(inputs, /^true$/i.test(inputs['dry-run']));
  const defaults = {
    installationId: inputs['installation-id'],
    reference: settings.ok ? settings.value.reference : inputs.reference,
  };
  const entries = await readEntriesInput(inputs, defaults);
  if (!settings.ok || !credentials.ok || !entries.ok) {
    const problems = [settings, credentials, entries].flatMap((checked) =>
      checked.ok ? [] : checked.problems,
    );
    return { ok: false, problems };
  }
  const planned = planLogs(entries.value, settings.value.overflow);
  if (!planned.ok) return planned;
  return {
    ok: true,
    value: {
      settings: settings.value,
      credentials: settings.value['dry-run'] ? undefined : credentials.value,
      plan: planned.plan,
    },
  };
}
