import { planLogs } from '../../shared/grouping/plan.ts';
import type { Secrets } from '../../shared/ports.ts';
import type { Checked, Problem } from '../../shared/problem.ts';
import { addressProblems, entriesByPortal, withNamedInstallations, type Reach } from './addressed-entries.ts';
import { credentialProblems } from './credentials.ts';
import { destinationOf, destinationsOf, type Destination } from './destination.ts';
import type { InputValues } from './input-values.ts';
import { hasInstallationList, readInstallationList } from './installation-list.ts';
import { listCombinationProblems, listProblems } from './list-problems.ts';
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

/**
 * Checks every input, and reports everything that is wrong at once.
 * @param env the runner's variables: the default reference is made of the run's id and attempt
 * @param secrets learns those of a list of installations
 */
export async function checkInputs(
  inputs: InputValues,
  env: NodeJS.ProcessEnv,
  secrets: Secrets,
): Promise<Checked<CheckedInputs>> {
  // A dry run needs no credentials, whatever else is wrong with it.
  const dryRun = /^true$/i.test(inputs['dry-run']);
  const hasList = hasInstallationList(inputs);
  const settings = readSettings(inputs, env, dryRun || hasList);
  const list = hasList ? await readInstallationList(inputs, secrets) : undefined;
  const shard = readShard(inputs.shard);
  const what = await readWhatToLog(inputs, {
    installationId: hasList ? '' : inputs['installation-id'],
    reference: settings.ok ? settings.value.reference : inputs.reference,
  });
  const ownProblems = [
    ...problemsOf(settings),
    ...credentialProblems(inputs, { dryRun, hasList }),
    ...listCombinationProblems(inputs),
    ...(list ? [...list.problems, ...listProblems(list.installations, inputs, dryRun)] : []),
    ...problemsOf(shard),
    ...problemsOf(what),
  ];
  // How inputs fit together can only be checked once each of them can be read.
  if (!settings.ok || !what.ok || (list && list.problems.length > 0))
    return { ok: false, problems: ownProblems };
  const named = list
    ? destinationsOf(list.installations, inputs, settings.value)
    : [destinationOf(inputs, settings.value)];
  const reached = list ? named : withNamedInstallations(named, what.value);
  const problems = [
    ...ownProblems,
    ...addressProblems(what.value, named, reachOf(inputs)),
    ...tooLongProblems(what.value, reached, settings.value),
  ];
  if (problems.length > 0 || !shard.ok) return { ok: false, problems };
  const destinations = list ? pieceOf(reached, shard.value) : reached;
  return { ok: true, value: { settings: settings.value, destinations, what: what.value } };
}

function reachOf(inputs: InputValues): Reach {
  if (hasInstallationList(inputs)) return 'list';
  return inputs['security-context'] === '' ? 'portal' : 'installation';
}

/**
 * With `overflow: error` a group that is too long is a problem of the inputs. What the job has logged so
 * far is counted later, and all installations that have the same group have the same problem.
 */
function tooLongProblems(
  what: WhatToLog,
  destinations: readonly Destination[],
  { overflow }: Settings,
): Problem[] {
  if (what.kind !== 'entries' || overflow !== 'error') return [];
  const refused = entriesByPortal(what.entries, destinations).flatMap(
    ({ entries }) => planLogs(entries, overflow).refused,
  );
  return [...new Map(refused.map(({ problem }) => [problem.message, problem])).values()];
}

function problemsOf(checked: Checked<unknown>): Problem[] {
  return checked.ok ? [] : checked.problems;
}
