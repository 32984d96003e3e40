import { parseDocument } from 'yaml';
import { BadInput } from '../bad-input.ts';

/** The parts of a workflow file that matter here. Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax. */
export interface Workflow {
  readonly name?: string;
  readonly on?: string | readonly string[] | Readonly<Record<string, unknown>>;
  readonly env?: Texts;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

/** A job of a workflow file. */
export interface WorkflowJob {
  readonly name?: string;
  readonly needs?: string | readonly string[];
  readonly if?: string | boolean;
  readonly env?: Texts;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix?: unknown };
  readonly outputs?: Texts;
  readonly steps?: readonly WorkflowStep[];
  /** A reusable workflow that is called instead of steps. */
  readonly uses?: string;
}

/** A step of a job. */
export interface WorkflowStep {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string | boolean;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Texts;
  readonly with?: Texts;
}

/** What YAML makes of values that GitHub takes as texts. */
export type Texts = Readonly<Record<string, string | number | boolean | null>>;

/** A step that uses the Action, and where it stands: `jobs.deploy.steps[2]`. */
export interface ActionUse {
  readonly jobId: string;
  readonly step: WorkflowStep;
  readonly place: string;
}

/** Reads a workflow file. Throws a `BadInput` that says what is wrong with it. */
export function readWorkflow(text: string): Workflow {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw new BadInput(`This is not valid YAML: ${error.message}`);
  const workflow = document.toJS() as Partial<Workflow> | null;
  const jobs = workflow?.jobs;
  if (workflow === null || typeof jobs !== 'object' || jobs === null || Object.keys(jobs).length === 0)
    throw new BadInput(
      'This file has no jobs, so it is not a workflow. Give the path of one, such as .github/workflows/release.yml.',
    );
  return { ...workflow, jobs };
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
