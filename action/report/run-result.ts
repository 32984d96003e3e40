import type { Report } from '../../shared/delivery/outcome.ts';
import type { UndeliveredLog } from '../../shared/delivery/undelivered-log.ts';
import type { Plan } from '../../shared/grouping/plan.ts';
import type { InstallationResult } from './installation-results.ts';

/** How a run ended: what outputs, summary and job log are made of. */
export interface RunResult {
  /** What was to be sent, a plan for each portal. */
  readonly plans: readonly Plan[];
  readonly report: Report;
  readonly reference: string;
  /** Of part 1 of the first installation's group, an earlier use of the job included; empty where there is none. */
  readonly parentLogId: string;
  readonly installations: readonly InstallationResult[];
  /** Whether a list of installations got the same logs; the ids of all of them would have no order. */
  readonly toMany: boolean;
  readonly undelivered: readonly UndeliveredLog[];
  /** Path; empty when all was delivered. */
  readonly undeliveredFile: string;
  /** Path; empty when it could not be written. */
  readonly resultsFile: string;
  readonly cancelled: boolean;
  /** Whether it ran when the job ended, after which no step can keep a file. */
  readonly isPost: boolean;
  /** Why GitHub could not be read, where that was asked for. */
  readonly collectFailure: string | undefined;
}
