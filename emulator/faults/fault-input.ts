import { validateHeaderName, validateHeaderValue } from 'node:http';
import { BadInput } from '../bad-input.ts';
import { problemsByRules, type ValueRule } from '../value-rules.ts';
import { type Fault, FAULT_EFFECTS, type FaultKind } from './fault-kinds.ts';

/** The names of all kinds of fault, in the order of their table. */
export const FAULT_KINDS = Object.keys(FAULT_EFFECTS) as FaultKind[];

const text: ValueRule = { allowed: 'a text', accepts: (value) => typeof value === 'string' };
const whole: ValueRule = {
  allowed: 'a whole number of 0 or more',
  accepts: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
};

/** Every key of a fault and what it may hold. */
export const FAULT_KEYS: { readonly [Key in keyof Required<Fault>]: ValueRule } = {
  kind: {
    allowed: FAULT_KINDS.join(', '),
    accepts: (value) => typeof value === 'string' && Object.hasOwn(FAULT_EFFECTS, value),
  },
  on: { allowed: 'log, token', accepts: (value) => value === 'log' || value === 'token' },
  times: {
    allowed: 'a whole number of 1 or more, or always',
    accepts: (value) => value === 'always' || (whole.accepts(value) && value !== 0),
  },
  skip: whole,
  orgId: text,
  match: text,
  retryAfter: whole,
  delayMs: whole,
  status: {
    allowed: 'an HTTP status from 200 to 599',
    accepts: (value) => whole.accepts(value) && (value as number) >= 200 && (value as number) <= 599,
  },
  body: text,
  headers: {
    allowed: 'an object of header names and texts',
    accepts: (value) =>
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.entries(value).every(([name, one]) => isHeader(name, one)),
  },
};

/** Whether Node can send it: a name without spaces, and a text of one line. */
function isHeader(name: string, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

const WORDS = { one: 'key', all: 'Keys', of: ' of a fault', shape: 'A fault is an object' };

/** Checks faults from outside, one or a list; throws a `BadInput` that says all that is wrong. */
export function checkFaults(input: unknown): Fault[] {
  const list: unknown[] = Array.isArray(input) ? input : [input];
  const problems = list.flatMap(problemsOf);
  if (problems.length > 0) throw new BadInput(problems.join('\n'));
  return list as Fault[];
}

function problemsOf(input: unknown): string[] {
  if (typeof input === 'object' && input !== null) {
    const { kind } = input as { readonly kind?: unknown };
    if (!FAULT_KEYS.kind.accepts(kind))
      return [`Unknown fault ${JSON.stringify(kind)}. Faults are: ${FAULT_KEYS.kind.allowed}.`];
  }
  return problemsByRules(input, FAULT_KEYS, WORDS);
}
