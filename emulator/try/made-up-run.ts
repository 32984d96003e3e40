import type { FakeGithub } from '../github/fake-github.ts';
import type { Step, StepEnd } from '../runner/local-job.ts';
import type { Emulator } from '../start-emulator.ts';
import type { MadeUpEvent } from './made-up-event.ts';
import type { JobRecord } from './run-record.ts';
import type { Workflow } from './workflow.ts';

/** Where a workflow is tried, and how its made-up run goes. */
export interface TryOptions {
  readonly desk: Emulator;
  readonly github: FakeGithub;
  /** The folder that the steps run in; an empty one of their job's by default. */
  readonly workspace?: string | undefined;
  /** The event that starts the run; by default the first that the workflow names. */
  readonly event?: string | undefined;
  /** Id or name of the step that fails. Without one, all goes well. */
  readonly failingStep?: string | undefined;
  /** Values in the place of made-up ones, by the path that an expression names them with. */
  readonly values?: Readonly<Record<string, string>>;
  /** Variables and defaults of the Action's steps beside those that are made up. */
  readonly stepRest?: Pick<Step, 'env' | 'context'>;
  /** Told of each step that uses the Action when it is over and its job still has its folder. */
  readonly onStep?: (step: TriedStep) => void | Promise<void>;
}

/** What came of one step that uses the Action. */
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

/** A made-up run while it goes on. */
export interface MadeUpRun {
  readonly options: TryOptions;
  readonly workflow: Workflow;
  readonly text: string;
  readonly event: MadeUpEvent;
  readonly records: JobRecord[];
  readonly tried: TriedStep[];
}

/** Keeps what came of a step and tells of it. */
export async function tell(step: TriedStep, { tried, options }: MadeUpRun): Promise<void> {
  tried.push(step);
  await options.onStep?.(step);
}
