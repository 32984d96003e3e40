import { error, setFailed } from '@actions/core';
import type { Secrets } from '../../shared/ports.ts';
import { problemLine, type Problem } from '../../shared/problem.ts';
import { countOf } from '../../shared/text/count.ts';
import { jobLogText } from './job-log-text.ts';

/** The heading of an annotation. */
export const ANNOTATION = { title: 'Zoho Desk extension log' };

/** Problems of the inputs that are named before the others are counted: a list may have ten thousand. */
const NAMED_PROBLEMS = 50;

/** Fails the step with each problem on a line of its own. */
export function reportBadInput(problems: readonly Problem[], secrets: Secrets): void {
  const lines = problems.slice(0, NAMED_PROBLEMS).map((problem) => jobLogText(problemLine(problem), secrets));
  const others = problems.length - lines.length;
  if (others > 0) lines.push(`… and ${countOf(others, 'more problem')}.`);
  setFailed(
    [`Nothing was sent: ${countOf(problems.length, 'problem')} with the inputs.`, ...lines].join('\n'),
  );
}

/** Fails the step for a fault of our own, without the stack trace: its lines could hold a secret. */
export function reportBug(bug: unknown, secrets: Secrets): 1 {
  const message = bug instanceof Error ? bug.message : String(bug);
  setFailed(jobLogText(`The Action failed unexpectedly. Please report it: ${message}`, secrets));
  return 1;
}

/** Says why the steps of a run are not among the logs. */
export function reportCollectFailure(failure: string | undefined, secrets: Secrets): void {
  if (failure === undefined) return;
  error(
    jobLogText(`The steps could not be read, so only the parent was logged. ${failure}`, secrets),
    ANNOTATION,
  );
}
