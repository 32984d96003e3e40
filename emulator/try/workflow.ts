import { parse } from 'yaml';
import { BadInput } from '../bad-input.ts';
import { workflowSchema, type Workflow, type WorkflowJob, type WorkflowStep } from './workflow-shape.ts';

/** A step that uses the Action, and where it stands: `jobs.deploy.steps[2]`. */
export interface ActionUse {
  readonly jobId: string;
  readonly step: WorkflowStep;
  readonly place: string;
}

/** Reads a workflow file. Throws a `BadInput` that says all that is wrong with its shape. */
export function readWorkflow(text: string): Workflow {
  const value = parsedYaml(text);
  if (!hasJobs(value))
    throw new BadInput(
      'This file has no jobs, so it is not a workflow. Give the path of one, such as .github/workflows/release.yml.',
    );
  const read = workflowSchema.safeParse(value);
  if (read.success) return read.data;
  throw new BadInput(read.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`).join('\n'));
}

function parsedYaml(text: string): unknown {
  try {
    return parse(text, { logLevel: 'error' });
  } catch (error) {
    throw new BadInput(`This is not valid YAML: ${(error as Error).message}`);
  }
}

function hasJobs(value: unknown): boolean {
  const { jobs } = (value ?? {}) as { readonly jobs?: unknown };
  return typeof jobs === 'object' && jobs !== null && !Array.isArray(jobs) && Object.keys(jobs).length > 0;
}

/** `jobs.deploy.steps[2].with`, as a person writes it. */
function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (place, key) =>
      typeof key === 'number' ? `${place}[${key}]` : [place, String(key)].filter(Boolean).join('.'),
    '',
  );
}

/** The Action under its own name, a fork's, or as `./` in its own repository. */
const ACTION = /^(\.\/?|[^/]+\/zoho-desk-extension-log@.+)$/i;

/** Whether a step uses the Action. */
export function usesAction({ uses = '' }: WorkflowStep): boolean {
  return ACTION.test(uses);
}

/** Every step that uses the Action, in the order of the file. */
export function actionUses({ jobs }: Workflow): ActionUse[] {
  return Object.entries(jobs).flatMap(([jobId, { steps = [] }]) =>
    steps.flatMap((step, index) =>
      usesAction(step) ? [{ jobId, step, place: `jobs.${jobId}.steps[${index}]` }] : [],
    ),
  );
}

/** The jobs that a job waits for. */
export function neededJobs({ needs = [] }: WorkflowJob): readonly string[] {
  return typeof needs === 'string' ? [needs] : needs;
}

/** A step as GitHub names it in its list. */
export function stepName({ name, uses, run = '' }: WorkflowStep): string {
  return name ?? `Run ${uses ?? run.trim().split('\n')[0]}`;
}

/** The jobs, each after those that it waits for. Throws a `BadInput` where they wait for each other. */
export function jobsInOrder({ jobs }: Workflow): string[] {
  const ordered: string[] = [];
  while (ordered.length < Object.keys(jobs).length) {
    const next = Object.entries(jobs).find(
      ([jobId, job]) =>
        !ordered.includes(jobId) && neededJobs(job).every((needed) => ordered.includes(needed)),
    );
    if (next === undefined) throw new BadInput('The jobs of this workflow need each other in a circle.');
    ordered.push(next[0]);
  }
  return ordered;
}
