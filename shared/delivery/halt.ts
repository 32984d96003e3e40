import { problemMessage, type ServiceProblem } from '../zoho/service-problem.ts';
import type { World } from '../ports.ts';
import type { Deadline } from '../retry/deadline.ts';

/** Why a log is not sent (any more). */
export interface HaltReason {
  readonly reason: string;
  readonly problem?: ServiceProblem;
}

/** Knows whether there is still a point in sending: cancelled, out of time, or an error that all would meet. */
export class Halt {
  readonly #deadline: Deadline;
  readonly #world: World;
  #everything: ServiceProblem | undefined;
  readonly #installations = new Map<string, ServiceProblem>();

  constructor(deadline: Deadline, world: World) {
    this.#deadline = deadline;
    this.#world = world;
  }

  /** Stops whatever would meet the same problem. */
  stopFor(problem: ServiceProblem, installationId: string): void {
    if (problem.reach === 'all') this.#everything ??= problem;
    if (problem.reach === 'installation') this.#installations.set(installationId, problem);
  }

  /** Why a log of this installation is not to be sent now, if so. */
  reasonFor(installationId: string): HaltReason | undefined {
    const problem = this.#everything ?? this.#installations.get(installationId);
    if (problem !== undefined) return { reason: problemMessage(problem), problem };
    if (this.#deadline.signal.aborted) return { reason: 'The run was cancelled.' };
    if (this.#world.now() >= this.#deadline.at) return { reason: this.outOfTime() };
    return undefined;
  }

  outOfTime(): string {
    return `The time allowed for the delivery (${this.#deadline.allowedMs / 1_000} s) was over.`;
  }
}
