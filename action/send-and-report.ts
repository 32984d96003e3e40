import { deliver, type PortalDelivery } from '../shared/delivery/deliver.ts';
import type { Report } from '../shared/delivery/outcome.ts';
import { Traffic } from '../shared/delivery/pace/traffic.ts';
import { undeliveredLogs } from '../shared/delivery/undelivered-log.ts';
import { planLogs } from '../shared/grouping/plan.ts';
import { deadlineIn, type Deadline } from '../shared/retry/deadline.ts';
import { portalKey } from '../shared/zoho/portal.ts';
import { collectEntries, type Collected } from './github/collect.ts';
import type { CheckedInputs } from './inputs/check-inputs.ts';
import { openLedger } from './job-memory/ledger-file.ts';
import { openDoor } from './open-doors.ts';
import type { Session } from './phases.ts';
import { reportBadInput, reportDelivery, reportPlan } from './report/job-log.ts';
import { outputsOfReport, outputsWithoutDelivery, writeOutputs } from './report/outputs.ts';
import { writeSummary } from './report/summary.ts';
import { writeUndeliveredFile } from './report/undelivered-file.ts';
import { createRunnerWorld, type RunnerWorld } from './runner-world.ts';

/** Entries → parts → deliveries → outcomes → report. Returns the exit code. */
export async function sendAndReport(checked: CheckedInputs, session: Session): Promise<0 | 1> {
  const world = await createRunnerWorld(session.secrets, session.journal, session.env);
  return sendIn(world, checked, session).finally(world.close);
}

async function sendIn(world: RunnerWorld, checked: CheckedInputs, session: Session): Promise<0 | 1> {
  const { settings, destination } = checked;
  const { secrets, env, memory, phase } = session;
  const { portal, door, installationId } = destination;
  const { reference } = settings;
  const deadline = deadlineIn(settings['timeout-seconds'] * 1_000, world.now(), session.cancelled);
  const { entries, failure } = await entriesOf(checked, session, world, deadline);

  const ledger = openLedger(memory, env, world);
  const key = portalKey(portal);
  const { plan, refused } = planLogs(entries, settings.overflow, 'overflow', ledger.inPortal(key));
  if (refused.length > 0) {
    writeOutputs(outputsWithoutDelivery(false, reference), secrets);
    reportBadInput(
      refused.map(({ problem }) => problem),
      secrets,
    );
    return 1;
  }
  const read = { failOnError: settings['fail-on-error'], collectFailure: failure };
  if (door === undefined) {
    writeOutputs(outputsWithoutDelivery(failure === undefined, reference), secrets);
    return reportPlan(plan, read, secrets);
  }

  const recorder = openDoor(door, portal, deadline, memory, world);
  const report = await deliverTo([{ portal: key, plan, recorder }], checked, deadline, world);
  ledger.record(report.parts);

  const undelivered = undeliveredLogs(report, () => portal.orgId);
  const undeliveredFile = await writeUndeliveredFile(undelivered, env, secrets);
  const ending = { ...read, undelivered, undeliveredFile, cancelled: session.cancelled.aborted, phase };
  const parentLogId = ledger.parentLogIdOf(key, installationId, reference);
  writeOutputs(outputsOfReport(report, { reference, parentLogId, ...ending }), secrets);
  await writeSummary(report, ending, secrets);
  return reportDelivery(report, ending, secrets);
}

async function deliverTo(
  portals: readonly PortalDelivery[],
  { settings }: CheckedInputs,
  deadline: Deadline,
  world: RunnerWorld,
): Promise<Report> {
  const { delivery: mode, concurrency } = settings;
  return deliver(portals, { mode, concurrency, deadline, traffic: new Traffic() }, world);
}

async function entriesOf(
  { what, settings }: CheckedInputs,
  { inputs, env, phase }: Session,
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
      isInComposite: Boolean(env['GITHUB_ACTION_PATH']),
      phase,
      startedAt: performance.timeOrigin,
    },
    address: { installationId: settings['installation-id'], reference: settings.reference },
    overflow: settings.overflow,
    title: inputs.title,
    description: inputs.description,
  };
  return collectEntries(collection, deadline, world, env);
}
