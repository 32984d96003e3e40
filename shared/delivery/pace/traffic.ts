import type { World } from '../../ports.ts';
import type { Deadline } from '../../retry/deadline.ts';

export type PassEnd = 'taken' | 'refused' | 'other' | 'unanswered' | { readonly stillForMs: number };
export interface Pass {
  done(end: PassEnd): void;
}
export interface PortalPace {
  enter(deadline: Deadline, resend?: boolean): Promise<Pass | undefined>;
  leave(): void;
}
export class Traffic {
  join(_portal: string, most: number, world: Pick<World, 'now' | 'sleep' | 'random'>): PortalPace {
    let inFlight = 0;
    let size = most;
    let stillUntil = 0;
    const waiting: (() => void)[] = [];
    return {
      async enter(deadline) {
        while (inFlight >= size || world.now() < stillUntil) {
          if (deadline.signal.aborted || world.now() >= deadline.at) return undefined;
          if (world.now() < stillUntil) {
            await world.sleep(Math.min(stillUntil, deadline.at) - world.now(), deadline.signal);
          } else {
            await new Promise<void>((resolve) => waiting.push(resolve));
          }
        }
        inFlight += 1;
        return {
          done(end) {
            inFlight -= 1;
            if (end === 'refused') size = Math.max(1, inFlight);
            if (end === 'taken') size = Math.min(most, size + 0.1);
            if (typeof end === 'object') stillUntil = world.now() + end.stillForMs;
            for (const resolve of waiting.splice(0)) resolve();
          },
        };
      },
      leave() {},
    };
  }
}
