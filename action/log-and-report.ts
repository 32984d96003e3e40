import { deadlineIn, type Deadline } from '../shared/retry/deadline.ts';
import { planLogs } from '../shared/grouping/plan.ts';
import { undeliveredLogs } from '../shared/delivery/undelivered-log.ts';
import { deliverPlan } from './deliver-plan.ts';
import { collectEntries, type Collected } from './github/collect.ts';
import { tellBadInput, tellPlan, tellReport } from './report/job-log.ts';
import { GroupLedger } from '../shared/grouping/group-ledger.ts';
import type { Order } from './inputs/check-inputs.ts';
import { outputsOfReport, outputsWithoutDelivery, writeOutputs } from './report/outputs.ts';
import { createRunnerWorld, type RunnerWorld } from './runner-world.ts';
import type { Phase, Run } from './phase.ts';
import { writeSummary } from './report/summary.ts';
import { writeUndeliveredFile } from './report/undelivered-file.ts';

/** Entries → parts → deliveries → outcomes → report. Returns the exit code. */
export async function logNow(order: Order, phase: Phase, run: Run): Promise<0 | 1> {
  const world = await createRunnerWorld(run.secrets, run.journal, run.env);
  return logIn(world, order, phase, run).finally(world.close);
}

async function logIn(world: RunnerWorld, order: Order, phase: Phase, run: Run): Promise<0 | 1> {
  const { settings, credentials } = order;
  const { secrets, env, memory } = run;
  const deadline = deadlineIn(settings['timeout-seconds'] * 1_000, world.now(), run.cancelled);
  const { entries, failure } = await entriesOf(order, phase, run, world, deadline);

  const ledger = GroupLedger.open(memory, portalOf(order), env, world);
  const planned = planLogs(entries, settings.overflow, 'overflow', ledger);
  if (!planned.ok) {
    writeOutputs(outputsWithoutDelivery(false, settings.reference), secrets);
    tellBadInput(planned.problems, secrets);
    return 1;
  }
  const read = { failOnError: settings['fail-on-error'], collectFailure: failure };
  if (credentials === undefined) {
    writeOutputs(outputsWithoutDelivery(failure === undefined, settings.reference), secrets);
    return tellPlan(planned.plan, read, secrets);
  }

  const report = await deliverPlan(planned.plan, { settings, credentials, deadline, memory }, world);
  ledger.record(report);

  const undeliveredFile = await writeUndeliveredFile(undeliveredLogs(report), env, secrets);
  const ending = { ...read, undeliveredFile, cancelled: run.cancelled.aborted };
  const { reference } = settings;
  const parentLogId = ledger.parentLogIdOf(settings['installation-id'], reference);
  writeOutputs(outputsOfReport(report, { reference, parentLogId, ...ending }), secrets);
  await writeSummary(report, undeliveredFile, secrets);
  return tellReport(report, ending, secrets);
}

async function entriesOf(
  { what, settings }: Order,
  phase: Phase,
  { inputs, env }: Run,
  world: RunnerWorld,
  deadline: Deadline,
): Promise<Collected> {
  if (what.kind === 'entries') return { entries: what.entries };
  const collection = {
    collect: what.collect,
    githubToken: inputs['github-token'],
    own: {
      checkRunId: inputs['job-check-run-id'],
      jobStatus: inputs['job-status'],
      runnerName: env['RUNNER_NAME'] ?? '',
      jobKey: env['GITHUB_JOB'] ?? '',
      actionRepository: env['GITHUB_ACTION_REPOSITORY'] ?? '',
      actionRef: env['GITHUB_ACTION_REF'] ?? '',
      phase,
      startedAt: performance.timeOrigin,
    },
    place: { installationId: settings['installation-id'], reference: settings.reference },
    overflow: settings.overflow,
    title: inputs.title,
    description: inputs.description,
  };
  return collectEntries(collection, deadline, world, env);
}

/** Tells apart the portals that one job may log to. */
function portalOf({ settings }: Order): string {
  return [settings['desk-url'] ?? settings['data-center'], settings['org-id']].join(' ');
}
