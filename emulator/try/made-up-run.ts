import type { FakeGithub } from '../github/fake-github.ts';
import type { Step, StepEnd } from '../runner/local-job.ts';
import type { Emulator } from '../start-emulator.ts';
import type { MadeUpEvent } from './made-up-event.ts';
import type { JobRecord } from './run-record.ts';
import type { Workflow } from './workflow-shape.ts';

/** Where a workflow is tried, and how its made-up run goes. */
export interface TryOptions {
  readonly desk: Emulator;
  readonly github: FakeGithub;
  /** The folder that the steps run in; by default each job has an empty one. */
  readonly workspace?: string | undefined;
  /** The event that starts the run; by default the first that the workflow names. */
  readonly event?: string | undefined;
  /** Id or name of the step that fails. Without one, all goes well. */
  readonly failingStep?: string | undefined;
  /** Values that replace made-up ones, by the path that names them in an expression. */
  readonly values?: Readonly<Record<string, string>>;
  /** Variables and defaults of the Action's steps beside those that are made up. */
  readonly stepRest?: Pick<Step, 'env' | 'context'>;
  /** Called with each step that uses the Action when the step has ended, before its job's folder is removed. */
  readonly onStep?: (step: TriedStep) => void | Promise<void>;
}

/** One step that uses the Action, and how it ended. */
export interface TriedStep {
  /** Its job, with the leg of the matrix, and its own name. */
  readonly place: string;
  /** What stands under `with:`, its expressions evaluated, without the connection; empty where the step did not run. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Names of the inputs that were given the local Desk's connection. */
  readonly connection: readonly string[];
  /** Undefined where its condition, or its job's, does not hold. */
  readonly end: StepEnd | undefined;
  /** The post phase, once the job has ended. */
  post?: StepEnd;
}

/** A made-up run in progress. */
export interface MadeUpRun {
  readonly options: TryOptions;
  readonly workflow: Workflow;
  readonly text: string;
  readonly event: MadeUpEvent;
  readonly records: JobRecord[];
  readonly tried: TriedStep[];
}

/** Keeps how a step ended, and reports it. */
export async function report(step: TriedStep, { tried, options }: MadeUpRun): Promise<void> {
  tried.push(step);
  await options.onStep?.(step);
}
