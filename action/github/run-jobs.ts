import * as z from 'zod/mini';

/** GitHub's times are ISO 8601. What never began may have the year 1, which is as good as no time. */
const timeSchema = z.catch(z.nullable(z.string().check(z.refine((time) => Date.parse(time) > 0))), null);
const textSchema = z.catch(z.nullable(z.string()), null);

const stepSchema = z.object({
  name: z.string(),
  number: z.number(),
  status: z.string(),
  conclusion: textSchema,
  started_at: timeSchema,
  completed_at: timeSchema,
});

const jobSchema = z.object({
  id: z.number(),
  name: z.string(),
  status: z.string(),
  conclusion: textSchema,
  started_at: timeSchema,
  completed_at: timeSchema,
  html_url: textSchema,
  runner_name: textSchema,
  /** GitHub may have none yet, or none any more. */
  steps: z.catch(z.array(stepSchema), []),
});

const pageSchema = z.object({ jobs: z.array(jobSchema) });

/** A job of a run, with what its log needs. Names and times are GitHub's own. */
export type RunJob = z.infer<typeof jobSchema>;
/** A step of such a job. */
export type RunStep = z.infer<typeof stepSchema>;

/** The jobs in a page of GitHub's list; undefined when the answer is not GitHub's, but a proxy's, say. */
export function readRunJobs(answer: unknown): RunJob[] | undefined {
  return pageSchema.safeParse(answer).data?.jobs;
}

/** Milliseconds from start to end; undefined when one is not known. GitHub's end may precede its start. */
export function durationMs({
  started_at: start,
  completed_at: end,
}: Pick<RunStep, 'started_at' | 'completed_at'>) {
  if (start === null || end === null) return undefined;
  return Math.max(0, Date.parse(end) - Date.parse(start));
}
