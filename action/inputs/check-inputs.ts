import type { Entry } from '../../shared/entries/entry.ts';
import { planLogs } from '../../shared/grouping/plan.ts';
import type { Secrets } from '../../shared/ports.ts';
import type { Checked, Problem } from '../../shared/problem.ts';
import { portalIn } from '../../shared/zoho/portal.ts';
import { addressProblems, withNamedInstallations } from './addressed-entries.ts';
import { credentialProblems, doorOf } from './credentials.ts';
import type { Destination } from './destination.ts';
import type { InputValues } from './input-values.ts';
import { hasInstallationList, listCombinationProblems, readInstallations } from './installations.ts';
import { readSettings, type Settings } from './settings.ts';
import { pieceOf, readShard } from './shard.ts';
import { readWhatToLog, type WhatToLog } from './what-to-log.ts';

/** What the inputs ask for, once all of them are valid. */
export interface CheckedInputs {
  readonly settings: Settings;
  /** The installations that this job logs to: one, or its piece of a list. */
  readonly destinations: readonly Destination[];
  readonly what: WhatToLog;
}

/** Checks every input, and reports everything that is wrong at once. */
export async function checkInputs(
  inputs: InputValues,
  env: NodeJS.ProcessEnv,
  secrets: Secrets,
): Promise<Checked<CheckedInputs>> {
  // Another input that is wrong does not make a dry run need credentials.
  const dryRun = /^true$/i.test(inputs['dry-run']);
  const hasList = hasInstallationList(inputs);
  const settings = readSettings(inputs, env, dryRun || hasList);
  const credentials = credentialProblems(inputs, { dryRun, hasList });
  const shard = readShard(inputs.shard);
  const what = await readWhatToLog(inputs, {
    installationId: inputs['installation-id'],
    reference: settings.ok ? settings.value.reference : inputs.reference,
  });
  const destinations = settings.ok ? await readDestinations(inputs, settings.value, secrets) : undefined;
  const problems = [
    ...problemsOf(settings),
    ...credentials,
    ...listCombinationProblems(inputs),
    ...problemsOf(destinations),
    ...problemsOf(shard),
    ...problemsOf(what),
  ];
  if (problems.length > 0 || !settings.ok || !destinations?.ok || !shard.ok || !what.ok) {
    return { ok: false, problems };
  }
  const entries = what.value.kind === 'entries' ? what.value.entries : [];
  const unfit = [
    ...addressProblems(entries, destinations.value, hasList),
    ...tooLongProblems(entries, settings.value),
  ];
  if (unfit.length > 0) return { ok: false, problems: unfit };
  const [only] = destinations.value;
  const reached =
    hasList || only === undefined
      ? pieceOf(destinations.value, shard.value)
      : withNamedInstallations(only, entries);
  return { ok: true, value: { settings: settings.value, destinations: reached, what: what.value } };
}

async function readDestinations(
  inputs: InputValues,
  settings: Settings,
  secrets: Secrets,
): Promise<Checked<Destination[]>> {
  if (hasInstallationList(inputs)) return readInstallations(inputs, settings, secrets);
  const portal = portalIn(settings['data-center'], settings['org-id'], {
    accountsUrl: settings['accounts-url'],
    deskUrl: settings['desk-url'],
  });
  const door = settings['dry-run'] ? undefined : doorOf(inputs);
  return { ok: true, value: [{ portal, installationId: settings['installation-id'], door }] };
}

/** `overflow: error` is checked before anything is asked of anybody; what the job has logged so far is checked later. */
function tooLongProblems(entries: readonly Entry[], { overflow }: Settings): Problem[] {
  return planLogs(entries, overflow).refused.map(({ problem }) => problem);
}

function problemsOf(checked: Checked<unknown> | undefined): Problem[] {
  return checked === undefined || checked.ok ? [] : checked.problems;
}
