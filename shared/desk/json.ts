/**
 * Parses JSON from Zoho. Its ids are beyond 2^53, and one that came without quotes would be rounded:
 * such a number becomes the string of its digits.
 * @returns undefined when the text is no JSON
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, keepLongNumbers);
  } catch {
    return undefined;
  }
}

function keepLongNumbers(_key: string, value: unknown, context?: { source: string }): unknown {
  return typeof value === 'number' && !Number.isSafeInteger(value) ? (context?.source ?? value) : value;
}
