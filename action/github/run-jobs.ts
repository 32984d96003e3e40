/** A job of a run, as far as a log tells of it. Names and times are GitHub's own. */
export interface RunJob {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly started_at?: string | null;
  readonly completed_at?: string | null;
  readonly html_url?: string | null;
  readonly runner_name?: string | null;
  readonly steps?: readonly RunStep[];
}

export interface RunStep {
  readonly name: string;
  readonly number: number;
  readonly status: string;
  readonly conclusion: string | null;
  readonly started_at?: string | null;
  readonly completed_at?: string | null;
}

/** Milliseconds from start to end; undefined when one is not known. GitHub's end may precede its start. */
export function durationMs({
  started_at: start,
  completed_at: end,
}: Pick<RunStep, 'started_at' | 'completed_at'>) {
  const ms = Date.parse(end ?? '') - Date.parse(start ?? '');
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
