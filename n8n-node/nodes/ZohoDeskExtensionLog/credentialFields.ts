import type { Checked, Problem } from '../../../shared/problem.ts';

/** A credential's field as text; empty where there is none. */
export function fieldText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The problems of several fields together. */
export function problemsIn(...fields: Checked<unknown>[]): Problem[] {
  return fields.flatMap((field) => (field.ok ? [] : field.problems));
}
