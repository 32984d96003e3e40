import { BadInput } from '../bad-input.ts';

/** One leg of a matrix: the values that `matrix` has in it. */
export type Leg = Readonly<Record<string, unknown>>;

/**
 * The legs of a matrix, with what it includes and excludes. A job without a matrix has one, without values.
 * Throws a `BadInput` for a matrix whose values are no lists.
 * Source: https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations.
 */
export function legsOf(matrix: unknown): Leg[] {
  if (typeof matrix !== 'object' || matrix === null) return [{}];
  for (const [name, values] of Object.entries(matrix))
    if (!Array.isArray(values))
      throw new BadInput(
        `strategy.matrix.${name} must be a list. Where an expression makes it, give a fitting value with --set.`,
      );
  const { include = [], exclude = [], ...axes } = matrix as Record<string, readonly unknown[]>;
  const combined = Object.keys(axes).length === 0 ? [] : combinations(axes);
  const legs = combined.filter((leg) => !exclude.some((pattern) => fits(leg, pattern as Leg)));
  const further: Leg[] = [];
  for (const extra of include as readonly Leg[]) {
    const known = Object.fromEntries(Object.entries(extra).filter(([name]) => name in axes));
    const widened = legs.flatMap((leg, index) => (fits(leg, known) ? [index] : []));
    if (widened.length === 0) further.push(extra);
    for (const index of widened) legs[index] = { ...legs[index], ...extra };
  }
  const all = [...legs, ...further];
  return all.length === 0 ? [{}] : all;
}

function combinations(axes: Readonly<Record<string, readonly unknown[]>>): Leg[] {
  return Object.entries(axes).reduce<Leg[]>(
    (legs, [name, values]) => legs.flatMap((leg) => values.map((value) => ({ ...leg, [name]: value }))),
    [{}],
  );
}

function fits(leg: Leg, pattern: Leg): boolean {
  return Object.entries(pattern).every(
    ([name, value]) => JSON.stringify(leg[name]) === JSON.stringify(value),
  );
}
