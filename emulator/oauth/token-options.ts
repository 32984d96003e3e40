import { checkByRules, type ValueRule } from '../value-rules.ts';

/** What an access token made at the controls may differ in. */
export interface TokenOptions {
  scopes?: string[];
  orgId?: string;
  expiresInSeconds?: number;
}

const RULES: { readonly [Name in keyof Required<TokenOptions>]: ValueRule } = {
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

const WORDS = {
  one: 'option',
  all: 'Options',
  of: ' of a token',
  shape: "A token's options are a JSON object",
};

/** Checks options from outside; throws a `BadInput` that says all that is wrong. */
export function checkTokenOptions(input: unknown): TokenOptions {
  checkByRules(input, RULES, WORDS);
  return input as TokenOptions;
}
