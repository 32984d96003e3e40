import type { World } from '../ports.ts';
import type { Deadline } from '../retry/deadline.ts';
import { problemMessage, type ServiceProblem } from './service-problem.ts';

/** Why a log is not sent (any more). */
export interface HaltReason {
  readonly reason: string;
  readonly problem?: ServiceProblem;
}

/**
 * After so many portals with the same kind of refusal, something they share (the extension's secret, say) is
 * suspected. One answer cannot tell a wrong secret from a dead installation.
 */
const PORTALS_WITH_A_SHARED_CAUSE = 3;

/** Says when to stop sending: the run was cancelled, time is up, or every further log would meet the same error. */
export class Halt {
  readonly #deadline: Deadline;
  readonly #world: Pick<World, 'now'>;
  readonly #portals = new Map<string, ServiceProblem>();
  readonly #installations = new Map<string, ServiceProblem>();
  readonly #suspectPortals = new Set<string>();
  #suspicion: ServiceProblem | undefined;
  #everything: ServiceProblem | undefined;
  #anyRecorded = false;
  #inFlight = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(deadline: Deadline, world: Pick<World, 'now'>) {
    this.#deadline = deadline;
    this.#world = world;
  }

  /** Why a log of this installation is not to be sent now, if so. */
  reasonFor(portal: string, installationId: string): HaltReason | undefined {
    const problem =
      this.#everything ??
      this.#portals.get(portal) ??
      this.#installations.get(installationKey(portal, installationId));
    if (problem !== undefined) return { reason: problemMessage(problem), problem };
    if (this.#deadline.signal.aborted) return { reason: 'The run was cancelled.' };
    if (this.#world.now() >= this.#deadline.at) return { reason: this.outOfTime() };
    return undefined;
  }

  outOfTime(forWhat: 'for it' | 'to try again' = 'for it'): string {
    return `No time was left ${forWhat}: the delivery may take ${this.#deadline.allowedMs / 1_000} s.`;
  }

  /**
   * Resolves when an attempt may begin: at once, unless several portals have met what may be one
   * cause. Then nothing new begins until those in flight have shown whether any portal takes a log.
   */
  async cleared(): Promise<void> {
    while (this.#isSuspicious() && this.#everything === undefined && this.#inFlight > 0) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#isSuspicious()) this.#everything ??= this.#suspicion;
  }

  attemptBegins(): void {
    this.#inFlight += 1;
  }

  attemptEnds(recorded: boolean): void {
    this.#inFlight -= 1;
    this.#anyRecorded ||= recorded;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Stops whatever would meet the same problem. */
  stopFor(problem: ServiceProblem, portal: string, installationId: string): void {
    if (problem.reach === 'portal') this.#portals.set(portal, problem);
    if (problem.reach === 'installation') {
      this.#installations.set(installationKey(portal, installationId), problem);
    }
    if (!problem.sharedCause) return;
    this.#suspectPortals.add(portal);
    this.#suspicion ??= problem;
  }

  #isSuspicious(): boolean {
    return !this.#anyRecorded && this.#suspectPortals.size >= PORTALS_WITH_A_SHARED_CAUSE;
  }
}

function installationKey(portal: string, installationId: string): string {
  return JSON.stringify([portal, installationId]);
}
