import { deliver, type PortalDelivery } from '../shared/delivery/deliver.ts';
import type { DeliveredPart, Report } from '../shared/delivery/outcome.ts';
import { IN_FLIGHT_LIMIT } from '../shared/delivery/delivery-options.ts';
import { Traffic } from '../shared/delivery/pace/traffic.ts';
import { RetryNotes } from '../shared/delivery/retry-notes.ts';
import { undeliveredLogs, type UndeliveredLog } from '../shared/delivery/undelivered-log.ts';
import { parentLogIdIn, type GroupLedger } from '../shared/grouping/group-ledger.ts';
import { planLogs, type Plan } from '../shared/grouping/plan.ts';
import type { Problem } from '../shared/problem.ts';
import { deadlineIn, type Deadline } from '../shared/retry/deadline.ts';
import { portalKey } from '../shared/zoho/portal.ts';
import type { Collected } from './github/collect.ts';
import { entriesByPortal, type PortalEntries } from './inputs/addressed-entries.ts';
import type { CheckedInputs } from './inputs/check-inputs.ts';
import { hasInstallationList } from './inputs/installation-list.ts';
import { openLedger } from './job-memory/ledger-file.ts';
import { openPortal } from './open-doors.ts';
import type { Session } from './phases.ts';
import { reportBadInput } from './report/failed-step.ts';
import { outputsWithoutDelivery, writeOutputs } from './report/outputs.ts';
import { reportDryRun, reportNothingToDo, reportRun, type Reporting } from './report/report-run.ts';
import { keepMemorySmall } from './small-memory.ts';
import { createRunnerWorld, type RunnerWorld } from './runner-world.ts';

/** Entries → parts → deliveries → outcomes → report. Returns the exit code. */
export async function sendAndReport(checked: CheckedInputs, session: Session): Promise<0 | 1> {
  const world = await createRunnerWorld(session.secrets, session.journal, session.env);
  return sendIn(world, checked, session).finally(world.close);
}

async function sendIn(world: RunnerWorld, checked: CheckedInputs, session: Session): Promise<0 | 1> {
  const { settings, destinations } = checked;
  const { secrets, env, memory, cancelled } = session;
  const { reference } = settings;
  const reporting: Reporting = {
    reference,
    failOnError: settings['fail-on-error'],
    isPost: session.phase === 'post',
    env,
    secrets,
  };
  if (destinations.length === 0) return reportNothingToDo(session.inputs.shard, reporting);
  const deadline = deadlineIn(settings['timeout-seconds'] * 1_000, world.now(), cancelled);
  const { entries, failure: collectFailure } = await entriesOf(checked, session, world, deadline);

  const ledger = openLedger(memory, env, world);
  const { planned, problems } = planPortals(
    entriesByPortal(entries, destinations),
    settings.overflow,
    ledger,
  );
  if (problems.length > 0) {
    writeOutputs(outputsWithoutDelivery(false, reference), secrets);
    reportBadInput(problems, secrets);
    return 1;
  }
  if (planned.length === 0) return reportNothingToDo(session.inputs.shard, reporting);
  const plans = planned.map(({ plan }) => plan);
  if (settings['dry-run']) return reportDryRun(plans, collectFailure, reporting);

  const report = await deliverTo(planned, checked, session, deadline, world);
  ledger.record(report.parts);
  const delivered = {
    plans,
    report,
    undelivered: undeliveredOf(report, planned, ledger),
    parentLogId: parentLogIdOfFirst(report, checked, ledger),
    toMany: hasInstallationList(session.inputs) && destinations.length > 1,
    cancelled: cancelled.aborted,
    collectFailure,
  };
  return reportRun(delivered, destinations, reporting);
}

function undeliveredOf(
  report: Report,
  planned: readonly PlannedPortal[],
  ledger: GroupLedger,
): UndeliveredLog[] {
  const orgIds = new Map(planned.map(({ portal }) => [portalKey(portal), portal.orgId]));
  return undeliveredLogs(report, {
    orgIdOf: (portal) => orgIds.get(portal),
    isInUse: (portal, installationId, wireReference) =>
      ledger.inPortal(portal).isInUse(installationId, wireReference),
  });
}

interface PlannedPortal extends PortalEntries {
  readonly plan: Plan;
}

function planPortals(
  portals: readonly PortalEntries[],
  overflow: CheckedInputs['settings']['overflow'],
  ledger: GroupLedger,
): { readonly planned: PlannedPortal[]; readonly problems: Problem[] } {
  const results = portals.map((of) => {
    const begun = ledger.inPortal(portalKey(of.portal));
    return { of, ...planLogs(of.entries, overflow, 'overflow', begun) };
  });
  return {
    planned: results.map(({ of, plan }) => ({ ...of, plan })),
    problems: results.flatMap(({ refused }) => refused.map(({ problem }) => problem)),
  };
}

async function deliverTo(
  planned: readonly PlannedPortal[],
  { settings }: CheckedInputs,
  { memory }: Session,
  deadline: Deadline,
  world: RunnerWorld,
): Promise<Report> {
  const { delivery: mode, concurrency } = settings;
  const notes = new RetryNotes(world);
  const portals = planned.map(({ portal, destinations, plan }): PortalDelivery => {
    const recorder = openPortal(portal, destinations, { deadline, memory, notes, world });
    return { portal: portalKey(portal), plan, recorder };
  });
  const logs = portals.reduce((sum, { plan }) => sum + plan.logs.length, 0);
  keepMemorySmall(logs, Math.min(IN_FLIGHT_LIMIT, portals.length * concurrency));
  const report = await deliver(portals, { mode, concurrency, deadline, traffic: new Traffic() }, world);
  notes.summarize();
  return report;
}

/** Of part 1, which an earlier use may have begun. Where entries name their references, of the first part. */
function parentLogIdOfFirst(
  { parts }: Report,
  { destinations: [first], settings }: CheckedInputs,
  ledger: GroupLedger,
): string {
  if (first === undefined) return '';
  const { portal, installationId } = first;
  const key = portalKey(portal);
  const ofGroup = ledger.parentLogIdOf(key, installationId, settings.reference);
  const isOfFirst = (part: DeliveredPart) => part.portal === key && part.installationId === installationId;
  return ofGroup ?? parentLogIdIn(parts.filter(isOfFirst));
}

async function entriesOf(
  { what, settings }: CheckedInputs,
  { inputs, env, phase }: Session,
  world: RunnerWorld,
  deadline: Deadline,
): Promise<Collected> {
  if (what.kind === 'entries') return { entries: what.entries };
  const { collectEntries } = await import('./github/collect.ts');
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
    detail: settings.detail,
    title: inputs.title,
    description: inputs.description,
  };
  return collectEntries(collection, deadline, world, env);
}
