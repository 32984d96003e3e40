import fc from 'fast-check';
import { DELIVERY_MODES } from '../../../../shared/delivery/delivery-options.ts';
import type { Entry } from '../../../../shared/entries/entry.ts';
import { OVERFLOW_MODES } from '../../../../shared/grouping/plan.ts';
import type { PortalEntries, Terms } from './job.ts';
import type { SimulatedPortal } from './simulated-portal.ts';
import { DARK_FAULTS, TOKEN_FAULTS, type LogFault, type Weather } from './weather.ts';

const aDarkFault: fc.Arbitrary<LogFault> = fc.record({
  kind: fc.constantFrom(...DARK_FAULTS),
  records: fc.boolean(),
});
const aBusyFault: fc.Arbitrary<LogFault> = fc.oneof(
  fc.record({ kind: fc.constant('429'), retryAfter: fc.option(fc.nat(20), { nil: undefined }) }),
  fc.record({ kind: fc.constant('503later'), retryAfter: fc.nat(200) }),
);
const aLogFault: fc.Arbitrary<LogFault> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: 'none' } as const) },
  { weight: 4, arbitrary: aDarkFault },
  { weight: 2, arbitrary: aBusyFault },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ kind: 'unreached' }, { kind: 'titleRefused' }, { kind: 'tokenRevoked' }),
  },
);

function rarely<T>(arbitrary: fc.Arbitrary<T>, otherwise: T, freq = 8): fc.Arbitrary<T> {
  return fc.oneof({ weight: freq, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary });
}

/** A group named like another's second part, and one reference in two installations, are the traps. */
const REFERENCES = ['run', 'run-2', 'run-3', 'other', undefined] as const;

const inOrder = <T>(arbitrary: fc.Arbitrary<T>, minLength: number, maxLength: number) =>
  fc.array(arbitrary, { minLength, maxLength, size: 'max' });

/** What goes wrong in a portal. */
export const aWeather: fc.Arbitrary<Weather> = fc.record({
  logFaults: fc.oneof(inOrder(aLogFault, 0, 20), inOrder(aLogFault, 20, 200), inOrder(aDarkFault, 30, 100)),
  tokenFaults: inOrder(rarely(fc.constantFrom(...TOKEN_FAULTS), 'none', 3), 0, 4),
  latencies: inOrder(fc.oneof(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 20_000 })), 1, 8),
  refusedInstallation: rarely<403 | 404 | 422 | undefined>(fc.constantFrom(403, 404, 422), undefined),
  byOthers: rarely<Readonly<Record<string, number>>>(
    fc.dictionary(
      fc.constantFrom('run', 'run-2', 'run-3', 'run-4', 'other'),
      fc.integer({ min: 1, max: 10 }),
    ),
    {},
    1,
  ),
  creditsLeft: rarely(fc.nat(60), Infinity),
  concurrentCalls: rarely(fc.integer({ min: 1, max: 5 }), Infinity, 3),
  tokenLifetimeMs: rarely(fc.integer({ min: 1_000, max: 60_000 }), Infinity),
  contextsLast: rarely(fc.nat(30), Infinity),
  invoke: fc.record({
    message: fc.constantFrom('object', 'text'),
    errors: fc.constantFrom('inner', 'outer'),
    badContext: fc.constantFrom(400, 401, 403),
  }),
  overflow: fc.constantFrom('error', 'newParent'),
});

/** How a job delivers. */
export const theTerms: fc.Arbitrary<Terms> = fc.record({
  overflow: fc.constantFrom(...OVERFLOW_MODES),
  mode: fc.constantFrom(...DELIVERY_MODES),
  concurrency: fc.integer({ min: 1, max: 8 }),
  allowedMs: fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 5_000, max: 600_000 })),
  cancelledAfterMs: rarely<number | undefined>(fc.oneof(fc.nat(2_000), fc.nat(200_000)), undefined, 4),
  randomness: inOrder(fc.double({ min: 0, max: 0.999, noNaN: true }), 1, 10),
});

/** What a user logs to one portal in one run, before the portal and the run are known. */
export interface Wish {
  /** For each log, the group that it belongs to. */
  readonly logs: readonly number[];
  readonly groups: readonly {
    readonly reference: string | undefined;
    readonly installation: number;
    readonly beginsWithParent: boolean;
  }[];
  readonly statuses: readonly (string | undefined)[];
}

export const aWish: fc.Arbitrary<Wish> = fc.record({
  logs: fc.oneof(inOrder(fc.nat(3), 1, 60), inOrder(fc.constant(0), 8, 45)),
  groups: inOrder(
    fc.record({
      reference: fc.constantFrom(...REFERENCES),
      installation: fc.nat(1),
      beginsWithParent: fc.boolean(),
    }),
    4,
    4,
  ),
  statuses: inOrder(fc.constantFrom(undefined, 'success', 'failure', 'skipped'), 1, 7),
});

/** Which door each of a portal's two installations uses. */
export const theDoors: fc.Arbitrary<PortalEntries['doors']> = inOrder(
  fc.constantFrom('oauth', 'invoke'),
  2,
  2,
);

/** The entries of a wish; every title is unique, and names its portal. */
export function entriesOf({ logs, groups, statuses }: Wish, portal: SimulatedPortal, run = ''): Entry[] {
  const begun = new Set<string>();
  return logs.map((group, index) => {
    const { reference, installation = 0, beginsWithParent = false } = groups[group] ?? {};
    const title = `${portal.mark}${run}log ${index}.`;
    const status = statuses[index % statuses.length];
    const key = JSON.stringify([installation, reference]);
    const isParent = beginsWithParent && !begun.has(key);
    begun.add(key);
    return {
      title,
      description: title,
      installationId: portal.installationId(installation),
      ...(reference !== undefined && { reference }),
      ...(status !== undefined && { status }),
      ...(isParent && { isParent }),
    };
  });
}
