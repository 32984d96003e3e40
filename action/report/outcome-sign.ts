import { standingOf } from '../../shared/entries/entry.ts';

/** How the step or job that a log is about went, as a sign that needs no colour. */
export interface ShownOutcome {
  /** Empty where nothing is known. */
  readonly sign: '' | '✅' | '❌' | '🚫' | '⏭️' | '⏳';
  /** The title, without the word that the sign stands for. */
  readonly title: string;
}

/** The words that begin a title, as a collected run writes them, each with its status and its sign. */
const OUTCOMES = [
  { status: 'success', word: 'Passed', sign: '✅' },
  { status: 'failure', word: 'Failed', sign: '❌' },
  { status: 'cancelled', word: 'Cancelled', sign: '🚫' },
  { status: 'skipped', word: 'Skipped', sign: '⏭️' },
] as const;

const SIGNS_BY_STANDING = { fine: '✅', unfinished: '⏳', failed: '❌' } as const;

/**
 * `Failed · Smoke tests · 48 s` becomes ❌ and `Smoke tests · 48 s`. A log's own status counts before
 * the word in its title. This is about what was logged, and not about whether it was delivered.
 */
export function shownOutcome({
  title,
  status,
}: {
  title: string;
  status?: string | undefined;
}): ShownOutcome {
  const byWord = OUTCOMES.find(({ word }) => title.startsWith(`${word} · `));
  const sign = status === undefined ? byWord?.sign : signOf(status);
  if (sign === undefined) return { sign: '', title };
  return { sign, title: byWord?.sign === sign ? title.slice(byWord.word.length + ' · '.length) : title };
}

function signOf(status: string): ShownOutcome['sign'] {
  const known = OUTCOMES.find((outcome) => outcome.status === status);
  return known?.sign ?? SIGNS_BY_STANDING[standingOf({ status })];
}

/** From the one that matters most to the one that matters least. */
const BY_WEIGHT = ['❌', '🚫', '⏳', '✅', '⏭️'] as const;

/** How several logs together went: as the worst of them. */
export function overallSign(
  logs: readonly { title: string; status?: string | undefined }[],
): ShownOutcome['sign'] {
  const signs = new Set(logs.map((log) => shownOutcome(log).sign));
  return BY_WEIGHT.find((sign) => signs.has(sign)) ?? '';
}
