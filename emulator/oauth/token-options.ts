import { BadInput } from '../bad-input.ts';

/** What an access token made at the controls may differ in. */
export interface TokenOptions {
  scopes?: string[];
  orgId?: string;
  expiresInSeconds?: number;
}

interface OptionRule {
  allowed: string;
  accepts: (value: unknown) => boolean;
}

const RULES: { readonly [Name in keyof Required<TokenOptions>]: OptionRule } = {
  scopes: {
    allowed: 'a list of texts',
    accepts: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  },
  orgId: { allowed: 'a text', accepts: (value) => typeof value === 'string' },
  expiresInSeconds: {
    allowed: 'a whole number of 0 or more',
    accepts: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  },
};
const NAMES = Object.keys(RULES).join(', ');

/** Checks options from outside; throws a `BadInput` that says all that is wrong. */
export function checkTokenOptions(input: unknown): TokenOptions {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new BadInput(`A token's options are a JSON object with any of: ${NAMES}.`);
  const problems = Object.entries(input).flatMap(([name, value]) => {
    if (!Object.hasOwn(RULES, name))
      return [`Unknown option ${JSON.stringify(name)} of a token. Options are: ${NAMES}.`];
    const rule = RULES[name as keyof TokenOptions];
    return value === undefined || rule.accepts(value)
      ? []
      : [`${name} of a token cannot be ${JSON.stringify(value)}. Allowed: ${rule.allowed}.`];
  });
  if (problems.length > 0) throw new BadInput(problems.join('\n'));
  return input;
}
