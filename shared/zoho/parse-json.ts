/**
 * Parses JSON from Zoho. Its ids are beyond 2^53, and one that came without quotes would be rounded:
 * such a number becomes the string of its digits.
 * @returns undefined when the text is not JSON
 */
export function parseJson(text: string): unknown {
  try {
    // Looking at each value takes time, and ids come in quotes as a rule.
    return LONG_NUMBER.test(text) ? JSON.parse(text, keepLongNumbers) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A number of sixteen digits or more: 2^53 has sixteen. */
const LONG_NUMBER = /[:,[]\s*-?\d{16}/;

function keepLongNumbers(_key: string, value: unknown, context?: { source: string }): unknown {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? (context?.source ?? value) : value;
}
