import { BadInput } from './bad-input.ts';

/** What a named value from outside may be. */
export interface ValueRule {
  /** In words, for messages. */
  allowed: string;
  accepts: (value: unknown) => boolean;
}

/** How messages name the values: `Unknown setting "x" of a portal. Settings are: …`. */
export interface ValueWords {
  /** `setting` */
  one: string;
  /** `Settings` */
  all: string;
  /** ` of a portal`; empty where the values belong to the local Desk itself. */
  of?: string;
  /** `A portal's settings are a JSON object` */
  shape: string;
}

/** All that is wrong with named values: a name without a rule, or a value that its rule does not accept. */
export function problemsByRules(
  input: unknown,
  rules: Readonly<Record<string, ValueRule>>,
  { one, all, of = '', shape }: ValueWords,
): string[] {
  const names = Object.keys(rules).join(', ');
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return [`${shape} with any of: ${names}.`];
  return Object.entries(input).flatMap(([name, value]) => {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) return [`Unknown ${one} ${JSON.stringify(name)}${of}. ${all} are: ${names}.`];
    if (rule.accepts(value)) return [];
    return [`${name}${of} cannot be ${JSON.stringify(value)}. Allowed: ${rule.allowed}.`];
  });
}

/** Throws a `BadInput` that says all that is wrong with named values. */
export function checkByRules(...[input, rules, words]: Parameters<typeof problemsByRules>): void {
  const problems = problemsByRules(input, rules, words);
  if (problems.length > 0) throw new BadInput(problems.join('\n'));
}
