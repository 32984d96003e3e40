import type * as z from 'zod/mini';
import { cut } from './text/cut.ts';

/** One thing that is wrong with the input: where, what was found, and the rule with its remedy. */
export interface Problem {
  /** The input as the user writes it: `org-id`, `logs[2].title`. */
  readonly input: string;
  /** What was found, as it is shown; left out when it is secret or when there was nothing. */
  readonly value?: string;
  /** The rule and the remedy: `must be digits only. Find it under …`. */
  readonly message: string;
}

const SHOWN_VALUE_LENGTH = 60;

/** A value as a message shows it: quoted, on one line, cut short, and without the password in a URL. */
export function shownValue(value: unknown): string {
  // A bigint has no quotes: a message that says "put it in quotes" must not show it as if it had some.
  const whole = typeof value === 'bigint' ? String(value) : (jsonOf(value) ?? String(value));
  return cut(whole.replace(/\/\/[^\s"]*@/g, '//***@'), SHOWN_VALUE_LENGTH);
}

/** @returns undefined for what JSON cannot say, such as a list that contains itself through YAML's anchors */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, bigIntAsDigits);
  } catch {
    return undefined;
  }
}

function bigIntAsDigits(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

/** One problem as one line: `org-id: "12a" must be digits only. Find it under …`. */
export function problemLine({ input, value, message }: Problem): string {
  return value === undefined ? `${input}: ${message}` : `${input}: ${value} ${message}`;
}

/** A value that was checked, or everything that is wrong with it. */
export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: Problem[] };

/**
 * Checks a value against a schema whose messages are ours.
 * @param input where the value came from; empty for an object whose keys are the inputs
 */
export function check<T>(schema: z.ZodMiniType<T>, value: unknown, input: string): Checked<T> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, problems: result.error.issues.map((issue) => problemOf(issue, input)) };
}

function problemOf(issue: z.core.$ZodIssue, input: string): Problem {
  const where = issue.path.reduce<string>(
    (path, key) =>
      typeof key === 'number' ? `${path}[${key}]` : [path, String(key)].filter(Boolean).join('.'),
    input,
  );
  const missing = issue.input === undefined || issue.input === '';
  // The message about an unknown key names it: showing the whole object too would only distract.
  if (missing || issue.code === 'unrecognized_keys') return { input: where, message: issue.message };
  return { input: where, value: shownValue(issue.input), message: issue.message };
}
