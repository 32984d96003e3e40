import type { Checked } from '../../shared/problem.ts';
import { shownValue } from '../../shared/problem.ts';

/** Which piece of a list a job takes: `2/5` is the second of five. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

/** Reads `2/5`; empty means the whole list. */
export function readShard(text: string): Checked<Shard> {
  if (text === '') return { ok: true, value: { number: 1, of: 1 } };
  const [, number, of] = /^\s*(\d{1,6})\s*\/\s*(\d{1,6})\s*$/.exec(text) ?? [];
  const shard = { number: Number(number), of: Number(of) };
  if (shard.number >= 1 && shard.number <= shard.of) return { ok: true, value: shard };
  const message =
    'must be a piece such as 2/5, the second of five. In a matrix with shard: [1, 2, 3, 4, 5], write ${{ matrix.shard }}/5.';
  return { ok: false, problems: [{ input: 'shard', value: shownValue(text), message }] };
}

/** The contiguous piece of a list; pieces differ by one in length at most, and together are the list. */
export function pieceOf<T>(list: readonly T[], { number, of }: Shard): T[] {
  const start = (piece: number) => Math.floor((piece * list.length) / of);
  return list.slice(start(number - 1), start(number));
}
