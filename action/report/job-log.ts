import { info, setFailed, warning } from '@actions/core';
import type { DeliveredPart, Report } from '../../shared/delivery/outcome.ts';
import type { Plan } from '../../shared/grouping/plan.ts';
import type { Secrets } from '../../shared/ports.ts';
import { countOf, numberText } from '../../shared/text/count.ts';
import { ANNOTATION, reportCollectFailure } from './failed-step.ts';
import { jobLogText } from './job-log-text.ts';
import type { RunResult } from './run-result.ts';
import { printDelivered, printPlans } from './tree-lines.ts';
import { reportUndelivered } from './undelivered-message.ts';

/** Shows what a dry run would send. */
export function reportPlans(
  plans: readonly Plan[],
  collectFailure: string | undefined,
  secrets: Secrets,
): void {
  printPlans(plans, secrets);
  const logs = plans.reduce((sum, plan) => sum + plan.logs.length, 0);
  info(`Dry run: ${countOf(logs, 'log')} planned, nothing was sent.`);
  reportCollectFailure(collectFailure, secrets);
}

/** Shows what Desk has now, and says in annotations what went wrong. */
export function reportDelivery(run: RunResult, secrets: Secrets): void {
  printDelivered(run, secrets);
  warnOfOtherSenders(run.report.parts, secrets);
  info(totals(run));
  reportUndelivered(run, secrets);
  reportCollectFailure(run.collectFailure, secrets);
  if (run.cancelled) setFailed('The run was cancelled.');
}

function totals({ report, installations }: RunResult): string {
  const undelivered = undeliveredCount(report);
  const recorded = report.outcomes.length - undelivered;
  const many = installations.length > 1 ? `, in ${countOf(installations.length, 'installation')}` : '';
  return `${countOf(recorded, 'log')} recorded, ${numberText(undelivered)} undelivered${many}.`;
}

function undeliveredCount({ outcomes }: Report): number {
  return outcomes.filter(({ kind }) => kind === 'undelivered').length;
}

/** Two jobs that log at once under the same reference share its ten slots, and each other's parents. */
function warnOfOtherSenders(parts: readonly DeliveredPart[], secrets: Secrets): void {
  const part = parts.find(({ address, filledByOthers }) => filledByOthers && address.number === 1);
  if (part === undefined) return;
  warning(
    jobLogText(
      `Another sender also writes to the reference ${part.reference}, so its logs are mixed with those of this job. ` +
        'In a matrix, set reference: gh-${{ github.run_id }}-${{ github.run_attempt }}-${{ strategy.job-index }}',
      secrets,
    ),
    ANNOTATION,
  );
}
