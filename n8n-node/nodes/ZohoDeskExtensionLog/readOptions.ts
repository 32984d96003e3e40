import type { IExecuteFunctions } from 'n8n-workflow';
import { DELIVERY_MODES, type DeliveryMode } from '../../../shared/delivery/retry-policy.ts';
import { OVERFLOW_MODES, type Overflow } from '../../../shared/grouping/plan.ts';
import { shownValue, type Checked, type Problem } from '../../../shared/problem.ts';

/** How all items are delivered. */
export interface Options {
  readonly overflow: Overflow;
  readonly delivery: DeliveryMode;
  readonly concurrency: number;
  readonly timeoutSeconds: number;
}

const DEFAULTS: Options = {
  overflow: 'split',
  delivery: 'at-least-once',
  concurrency: 5,
  timeoutSeconds: 120,
};

interface Rule {
  readonly displayName: string;
  readonly accepts: (value: unknown) => boolean;
  readonly message: string;
}

const HIGHEST_CONCURRENCY = 100;
/** A day: what takes longer is no delivery but a mistake in an expression. */
const LONGEST_TIMEOUT_SECONDS = 86_400;

/** The panel lets a builder choose rightly; an expression may give anything. */
const RULES: { readonly [Name in keyof Options]: Rule } = {
  overflow: oneOf('Overflow', OVERFLOW_MODES),
  delivery: oneOf('Delivery', DELIVERY_MODES),
  concurrency: {
    displayName: 'Concurrency',
    accepts: (value) => Number.isInteger(value) && isBetween(value, 1, HIGHEST_CONCURRENCY),
    message: `must be a whole number from 1 to ${HIGHEST_CONCURRENCY}.`,
  },
  timeoutSeconds: {
    displayName: 'Timeout (Seconds)',
    accepts: (value) => isBetween(value, 1, LONGEST_TIMEOUT_SECONDS),
    message: `must be a number of seconds from 1 to ${LONGEST_TIMEOUT_SECONDS}.`,
  },
};

/** Reads the options, which hold for all items, with the first item's expressions. */
export function readOptions(context: IExecuteFunctions): Checked<Options> {
  const given = readGiven(context);
  if (!given.ok) return given;
  const options = { ...DEFAULTS, ...given.value };
  const problems = Object.entries(RULES).flatMap(([name, { displayName, accepts, message }]): Problem[] => {
    const value = options[name as keyof Options];
    return accepts(value) ? [] : [{ input: displayName, value: shownValue(value), message }];
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: options };
}

function readGiven(context: IExecuteFunctions): Checked<Partial<Options>> {
  try {
    return { ok: true, value: context.getNodeParameter('options', 0, {}) };
  } catch (error) {
    const message = `cannot be worked out: ${error instanceof Error ? error.message : String(error)}`;
    return { ok: false, problems: [{ input: 'Options', message }] };
  }
}

function oneOf(displayName: string, values: readonly string[]): Rule {
  return {
    displayName,
    accepts: (value) => values.some((one) => one === value),
    message: `must be one of ${values.join(', ')}.`,
  };
}

function isBetween(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}
