import { describe, expect, test } from '@jest/globals';
import { DELIVERY_DEFAULTS, deliveryOptionSchemas } from '../../../shared/delivery/delivery-options.ts';
import { check, problemLine } from '../../../shared/problem.ts';

function read(option: keyof typeof deliveryOptionSchemas, value: unknown): unknown {
  const checked = check<unknown>(deliveryOptionSchemas[option], value, option);
  return checked.ok ? checked.value : checked.problems.map(problemLine).join('\n');
}

test('the defaults are among what is allowed', () => {
  for (const [option, value] of Object.entries(DELIVERY_DEFAULTS)) {
    expect(read(option as keyof typeof DELIVERY_DEFAULTS, value)).toBe(value);
  }
});

describe.each([
  ['concurrency', 100],
  ['timeoutSeconds', 21_600],
] as const)('%s', (option, limit) => {
  test('takes a number, and a text of digits', () => {
    expect([1, limit, '7', ` ${limit}`.trim()].map((value) => read(option, value))).toEqual([
      1,
      limit,
      7,
      limit,
    ]);
  });

  test.each([0, limit + 1, 1.5, -1, NaN, 'abc', '', ' 5', '5s', '1e1', '0x5', true, null, undefined, [5]])(
    '%p is an error that names the limit',
    (value) => {
      expect(read(option, value)).toContain(`must be a whole number from 1 to ${limit}. Write digits only.`);
    },
  );
});

test.each(['overflow', 'delivery'] as const)(
  '%s: another word is an error that lists the words',
  (option) => {
    expect(read(option, 'Split')).toMatch(
      /"Split" must be one of .*, .*\. Choose one of them, or leave it out\./,
    );
    expect(read(option, undefined)).toContain('must be one of');
  },
);
