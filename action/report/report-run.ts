import { info } from '@actions/core';
import type { Plan } from '../../shared/grouping/plan.ts';
import type { Secrets } from '../../shared/ports.ts';
import type { Destination } from '../inputs/destination.ts';
import { writeResultsFile, writeUndeliveredFile } from './delivery-files.ts';
import { installationResults } from './installation-results.ts';
import { reportDelivery, reportPlans } from './job-log.ts';
import { jobLogText } from './job-log-text.ts';
import { outputsOfRun, outputsWithoutDelivery, writeOutputs } from './outputs.ts';
import type { RunResult } from './run-result.ts';
import { writeEmptySummary, writePlanSummary, writeSummary } from './summary.ts';

/** Where a run is reported, and how. */
export interface Reporting {
  readonly reference: string;
  readonly failOnError: boolean;
  readonly isPost: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly secrets: Secrets;
}

/** What a delivery hands over to be reported. */
export type Delivered = Pick<
  RunResult,
  'plans' | 'report' | 'undelivered' | 'parentLogId' | 'toMany' | 'cancelled' | 'collectFailure'
>;

/** Reports a delivery: files first, since outputs and summary name them. Returns the exit code. */
export async function reportRun(
  delivered: Delivered,
  destinations: readonly Destination[],
  { reference, failOnError, isPost, env, secrets }: Reporting,
): Promise<0 | 1> {
  const { report, undelivered, cancelled, collectFailure } = delivered;
  const installations = installationResults(report.parts, destinations);
  const run: RunResult = {
    ...delivered,
    reference,
    isPost,
    installations,
    undeliveredFile: await writeUndeliveredFile(undelivered, env, secrets),
    resultsFile: await writeResultsFile(installations, env, secrets),
  };
  writeOutputs(outputsOfRun(run, secrets), secrets);
  await writeSummary(run, secrets);
  reportDelivery(run, secrets);
  const failed = undelivered.length > 0 || collectFailure !== undefined;
  return cancelled || (failed && failOnError) ? 1 : 0;
}

/** Reports what a dry run would send. Returns the exit code. */
export async function reportDryRun(
  plans: readonly Plan[],
  collectFailure: string | undefined,
  { reference, failOnError, secrets }: Reporting,
): Promise<0 | 1> {
  const installations = plans.reduce((sum, plan) => sum + installationsOf(plan), 0);
  writeOutputs(outputsWithoutDelivery(collectFailure === undefined, reference, installations), secrets);
  await writePlanSummary(plans, secrets);
  reportPlans(plans, collectFailure, secrets);
  return collectFailure !== undefined && failOnError ? 1 : 0;
}

/** Reports that no log is for an installation of this job's shard, which is a success. */
export async function reportNothingToDo(shard: string, { reference, secrets }: Reporting): Promise<0> {
  const why = `Nothing to do: none of the logs is for an installation in shard ${shard}.`;
  writeOutputs(outputsWithoutDelivery(true, reference), secrets);
  await writeEmptySummary(why, secrets);
  info(jobLogText(why, secrets));
  return 0;
}

function installationsOf({ groups }: Plan): number {
  return new Set(groups.map(({ installationId }) => installationId)).size;
}
