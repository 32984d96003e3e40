import { checkByRules, type ValueRule } from '../value-rules.ts';

/** What Zoho's documents leave open, and the size of the portal. The emulator can be any of the variants. */
export interface Switches {
  overflow: 'error' | 'newParent';
  parentIdOfParent: 'absent' | 'null' | 'empty' | 'self';
  referenceScope: 'installation' | 'organization';
  requireDescription: boolean;
  unknownKeys: 'reject' | 'ignore';
  badInstallation: 422 | 404 | 403;
  tokenThrottleStatus: 400 | 200;
  invokeAnswer: 'object' | 'text';
  invokeErrors: 'inner' | 'outer';
  badHash: 401 | 403 | 400;
  edition: 'free' | 'express' | 'standard' | 'professional' | 'enterprise';
  users: number;
  latencyMs: number;
  creditsPerDay: number | null;
  concurrentCalls: number | null;
}

interface SwitchRule<Value> extends ValueRule {
  meaning: string;
  initially: Value;
  accepts: (value: unknown) => value is Value;
  fromText: (text: string) => unknown;
}

function oneOf<const Value extends string | number | boolean>(
  meaning: string,
  ...values: readonly [Value, ...Value[]]
): SwitchRule<Value> {
  return {
    meaning,
    initially: values[0],
    allowed: values.join(', '),
    accepts: (value): value is Value => values.some((one) => one === value),
    fromText: (text) => values.find((one) => String(one) === text),
  };
}

function isWhole(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}

const numberFromText = (text: string): unknown => (/^\d+$/.test(text) ? Number(text) : undefined);

function whole(meaning: string, initially: number, least: number): SwitchRule<number> {
  return {
    meaning,
    initially,
    allowed: `a whole number of ${least} or more`,
    accepts: (value): value is number => isWhole(value, least),
    fromText: numberFromText,
  };
}

function wholeOrNull(meaning: string, least: number): SwitchRule<number | null> {
  return {
    meaning,
    initially: null,
    allowed: `a whole number of ${least} or more, or null for what the edition has`,
    accepts: (value): value is number | null => value === null || isWhole(value, least),
    fromText: (text) => (text === 'null' ? null : numberFromText(text)),
  };
}

/** Every switch with its meaning, default and allowed values; the first value of a choice is its default. */
export const SWITCH_RULES: { readonly [Name in keyof Switches]: SwitchRule<Switches[Name]> } = {
  overflow: oneOf('what the 11th log of a reference meets: a 422, or a new group', 'error', 'newParent'),
  parentIdOfParent: oneOf("a parent's own parentLogId in the answer", 'absent', 'null', 'empty', 'self'),
  referenceScope: oneOf('what a reference groups within', 'installation', 'organization'),
  requireDescription: oneOf('whether a log without description is refused', true, false),
  unknownKeys: oneOf('what happens to keys of the body that Add a Log does not know', 'reject', 'ignore'),
  badInstallation: oneOf('status for an installation that the portal does not have', 422, 404, 403),
  tokenThrottleStatus: oneOf('status of the answer to the 11th token in ten minutes', 400, 200),
  invokeAnswer: oneOf("form of the inner answer in the Invoke API's", 'object', 'text'),
  invokeErrors: oneOf("where the Invoke API shows an inner error's status", 'inner', 'outer'),
  badHash: oneOf('status for a wrong HASH or a dead securityContext', 401, 403, 400),
  edition: oneOf(
    "the portal's edition, which sets credits and concurrent calls",
    'enterprise',
    'professional',
    'standard',
    'express',
    'free',
  ),
  users: whole("the portal's users; each adds daily credits", 1, 0),
  latencyMs: whole('how long every answer to a log takes, in milliseconds', 0, 0),
  creditsPerDay: wholeOrNull("daily credits instead of the edition's", 0),
  concurrentCalls: wholeOrNull("concurrent calls instead of the edition's", 1),
};

/** The names of all switches, in the order of the table. */
export const SWITCH_NAMES = Object.keys(SWITCH_RULES) as (keyof Switches)[];

/** Every switch at its default. */
export function initialSwitches(): Switches {
  return Object.fromEntries(
    SWITCH_NAMES.map((name) => [name, SWITCH_RULES[name].initially]),
  ) as unknown as Switches;
}

const SWITCH_WORDS = { one: 'switch', all: 'Switches', shape: 'Switches are a JSON object' };

/** Checks names and values of switches from outside; throws a `BadInput` that says all that is wrong. */
export function checkSwitches(input: unknown): Partial<Switches> {
  checkByRules(input, SWITCH_RULES, SWITCH_WORDS);
  return input as Partial<Switches>;
}
