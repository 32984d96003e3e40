import { planLogs } from '../../shared/grouping/plan.ts';
import type { Checked } from '../../shared/problem.ts';
import { readCredentials, type Credentials } from './credentials.ts';
import type { InputValues } from './input-values.ts';
import { readSettings, type Settings } from './settings.ts';
import { readWhatToLog, type WhatToLog } from './what-to-log.ts';

/** What the inputs order, once all of them are found good. */
export interface Order {
  readonly settings: Settings;
  /** Missing in a dry run, which needs none. */
  readonly credentials: Credentials | undefined;
  readonly what: WhatToLog;
}

/** Checks every input, and says all that is wrong at once. */
export async function readOrder(inputs: InputValues, env: NodeJS.ProcessEnv): Promise<Checked<Order>> {
  const settings = readSettings(inputs, env);
  // Another input that is wrong does not make a dry run need credentials.
  const dryRun = settings.ok ? settings.value['dry-run'] : /^true$/i.test(inputs['dry-run']);
  const credentials = readCredentials(inputs, dryRun);
  const defaults = {
    installationId: inputs['installation-id'],
    reference: settings.ok ? settings.value.reference : inputs.reference,
  };
  const what = await readWhatToLog(inputs, defaults);
  if (!settings.ok || !credentials.ok || !what.ok) {
    const problems = [settings, credentials, what].flatMap((checked) => (checked.ok ? [] : checked.problems));
    return { ok: false, problems };
  }
  if (what.value.kind === 'entries' && settings.value.overflow === 'error') {
    const planned = planLogs(what.value.entries, settings.value.overflow);
    if (!planned.ok) return planned;
  }
  return {
    ok: true,
    value: {
      settings: settings.value,
      credentials: settings.value['dry-run'] ? undefined : credentials.value,
      what: what.value,
    },
  };
}
