import { planLogs } from '../../shared/grouping/plan.ts';
import type { Checked } from '../../shared/problem.ts';
import { portalIn } from '../../shared/zoho/portal.ts';
import { readCredentials } from './credentials.ts';
import type { Destination } from './destination.ts';
import type { InputValues } from './input-values.ts';
import { readSettings, type Settings } from './settings.ts';
import { readWhatToLog, type WhatToLog } from './what-to-log.ts';

/** What the inputs ask for, once all of them are valid. */
export interface CheckedInputs {
  readonly settings: Settings;
  readonly destination: Destination;
  readonly what: WhatToLog;
}

/** Checks every input, and reports everything that is wrong at once. */
export async function checkInputs(
  inputs: InputValues,
  env: NodeJS.ProcessEnv,
): Promise<Checked<CheckedInputs>> {
  // Another input that is wrong does not make a dry run need credentials.
  const dryRun = /^true$/i.test(inputs['dry-run']);
  const settings = readSettings(inputs, env, dryRun);
  const credentials = readCredentials(inputs, dryRun);
  const what = await readWhatToLog(inputs, {
    installationId: inputs['installation-id'],
    reference: settings.ok ? settings.value.reference : inputs.reference,
  });
  if (!settings.ok || !credentials.ok || !what.ok) {
    const problems = [settings, credentials, what].flatMap((checked) => (checked.ok ? [] : checked.problems));
    return { ok: false, problems };
  }
  if (what.value.kind === 'entries') {
    const { refused } = planLogs(what.value.entries, settings.value.overflow);
    if (refused.length > 0) return { ok: false, problems: refused.map(({ problem }) => problem) };
  }
  const destination = destinationOf(
    settings.value,
    settings.value['dry-run'] ? undefined : credentials.value,
  );
  return { ok: true, value: { settings: settings.value, destination, what: what.value } };
}

function destinationOf(settings: Settings, door: Destination['door']): Destination {
  const portal = portalIn(settings['data-center'], settings['org-id'], {
    accountsUrl: settings['accounts-url'],
    deskUrl: settings['desk-url'],
  });
  return { portal, installationId: settings['installation-id'], door };
}
