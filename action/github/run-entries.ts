import type { Entry } from '../../shared/entries/entry.ts';
import { LOGS_PER_PART } from '../../shared/grouping/part.ts';
import { failedSteps, jobEntry, stepEntry, type EntryOptions, type ReportedJob } from './job-entries.ts';
import type { RunStep } from './run-jobs.ts';

/** Sub-logs that one part has room for beside its parent. */
const SUB_LOGS = LOGS_PER_PART - 1;

/** One log for each step, in order, and one for each job without steps. */
export function entriesByStep(jobs: readonly ReportedJob[], options: EntryOptions): Entry[] {
  const namesJob = jobs.length > 1;
  return jobs.flatMap((reported) =>
    reported.steps.length === 0
      ? [jobEntry(reported, [], options)]
      : reported.steps.map((step) => stepEntry(reported, step, namesJob, options)),
  );
}

/**
 * The sub-logs of a run that are to fit into one part: each step while there are at most nine, else
 * each job, and each failed step too while there is room. `condense` merges more jobs than nine.
 */
export function entriesThatFit(jobs: readonly ReportedJob[], options: EntryOptions): Entry[] {
  const bySteps = entriesByStep(jobs, options);
  if (bySteps.length <= SUB_LOGS || jobs.length <= 1) return bySteps;
  let room = SUB_LOGS - jobs.length;
  return jobs.flatMap((reported) => {
    const failed = failedSteps(reported);
    const own: RunStep[] = failed.slice(0, Math.max(0, room));
    room -= own.length;
    return [
      jobEntry(reported, failed.slice(own.length), options),
      ...own.map((step) => stepEntry(reported, step, true, options)),
    ];
  });
}
