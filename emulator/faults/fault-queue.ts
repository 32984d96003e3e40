import type { Answer } from '../http/answers.ts';
import { DEFAULT_LATENCY_MS, effectOf, type Fault, type FaultScene } from './fault-kinds.ts';

/** What came of a request: its answer, whether it did what was asked, and how long the answer waits. */
export interface Outcome {
  answer: Answer;
  /** A log was recorded, or a token issued. */
  done: boolean;
  logId: string | null;
  delayMs: number;
  /** Gives a log request's place among its portal's concurrent calls back, once it is answered. */
  giveBack: () => void;
}

/** What a fault looks at in a request to decide whether it strikes. */
export interface FaultTarget {
  on: 'log' | 'token';
  /** The log's JSON, through either door, or the token request's form. */
  body: string;
  /** The organization that the request is for. */
  orgId: string | undefined;
}

interface Waiting {
  fault: Fault;
  toSkip: number;
  left: number;
}

/** Faults wait in line; a request meets the first one that fits it, and only that one. */
export class FaultQueue {
  #waiting: Waiting[] = [];

  /** Puts faults at the end of the line. */
  add(faults: readonly Fault[]): void {
    for (const fault of faults) {
      const left = fault.times === 'always' ? Infinity : (fault.times ?? 1);
      this.#waiting.push({ fault, toSkip: fault.skip ?? 0, left });
    }
  }

  /** The faults still to come, with what is left of `times` and `skip`. */
  waiting(): Fault[] {
    return this.#waiting.map(({ fault, toSkip, left }) => ({
      ...fault,
      times: left === Infinity ? 'always' : left,
      skip: toSkip,
    }));
  }

  /** Forgets all faults. */
  clear(): void {
    this.#waiting = [];
  }

  /**
   * The outcome of a request: the usual one, or what the fault that it meets makes of it. A fault that strikes
   * after the log is recorded stays in line when Desk refuses the request, because there is no "after" then.
   */
  apply(target: FaultTarget, moment: Omit<FaultScene, 'fault' | 'usual'>, handle: () => Outcome): Outcome {
    const met = this.#meet(target);
    if (met === undefined) return handle();
    const { fault } = met;
    const { logIs, answer } = effectOf(fault.kind);
    const usual = logIs === 'notRecorded' ? NOTHING_DONE : handle();
    if (logIs === 'recorded' && !usual.done) return usual;
    this.#spend(met);
    const delayMs = fault.delayMs ?? (fault.kind === 'latency' ? DEFAULT_LATENCY_MS : 0);
    const struck = answer({ ...moment, fault, usual: usual.answer });
    return {
      ...usual,
      answer: { ...struck, headers: { ...struck.headers, ...lowerCaseNames(fault.headers) } },
      delayMs: usual.delayMs + delayMs,
    };
  }

  #meet(target: FaultTarget): Waiting | undefined {
    const met = this.#waiting.find(({ fault }) => fits(fault, target));
    if (met === undefined || met.toSkip === 0) return met;
    met.toSkip -= 1;
    return undefined;
  }

  #spend(met: Waiting): void {
    met.left -= 1;
    if (met.left === 0) this.#waiting = this.#waiting.filter((one) => one !== met);
  }
}

function fits({ on = 'log', orgId, match }: Fault, target: FaultTarget): boolean {
  return (
    on === target.on &&
    (orgId === undefined || orgId === target.orgId) &&
    (match === undefined || target.body.includes(match))
  );
}

/** A request that has no effect and is never answered. */
export const NOTHING_DONE: Outcome = {
  answer: { reaches: 'never', status: 0, headers: {}, body: '' },
  done: false,
  logId: null,
  delayMs: 0,
  giveBack: () => undefined,
};

function lowerCaseNames(headers: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
