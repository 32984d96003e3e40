/** How the thing that a log reports went. */
export type Outcome = 'failed' | 'cancelled' | 'unfinished' | 'skipped' | 'passed';

/** All of them, the one that matters most first. */
export const OUTCOMES: readonly Outcome[] = ['failed', 'cancelled', 'unfinished', 'skipped', 'passed'];

/** Add a Log has no field for an outcome, so it stands in the title, in words such as these. */
const WORDS: Readonly<Record<Outcome, readonly string[]>> = {
  failed: ['failed', 'failure', 'error', 'timed out', 'failed to start', 'action required'],
  cancelled: ['cancelled', 'canceled', 'stale'],
  unfinished: ['unfinished', 'in progress', 'running', 'queued', 'waiting', 'requested', 'pending'],
  skipped: ['skipped', 'neutral'],
  passed: ['passed', 'success', 'succeeded', 'went well', 'done'],
};

const OUTCOME_OF_WORD = new Map(
  OUTCOMES.flatMap((outcome) => WORDS[outcome].map((word) => [word, outcome] as const)),
);
const ANY_WORD = [...OUTCOME_OF_WORD.keys()].join('|');

/** "Failed · Smoke tests" and "Release v1.4: failed · 3 of 4 jobs", but not "Failed logins exported". */
const ALONE = new RegExp(String.raw`(?:^|: )(${ANY_WORD})(?= · |$)`, 'i');
/** "2 failed: Lint, Unit tests" */
const COUNTED = new RegExp(String.raw`^\d+ (${ANY_WORD}): `, 'i');

/** The outcome that a title says, or undefined when it says none. */
export function outcomeOf(title: string): Outcome | undefined {
  const word = (ALONE.exec(title.trim()) ?? COUNTED.exec(title))?.[1];
  return word === undefined ? undefined : OUTCOME_OF_WORD.get(word.toLowerCase());
}

/** The outcome that matters most among these, or undefined when there is none. */
export function worstOf(outcomes: readonly (Outcome | undefined)[]): Outcome | undefined {
  return OUTCOMES.find((outcome) => outcomes.includes(outcome));
}

/** The strokes of each sign, in a square of 16: what tells them apart where colors do not. */
const STROKES: Readonly<Record<Outcome, string>> = {
  failed: 'M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6',
  cancelled: 'M4.2 11.8l7.6-7.6',
  unfinished: 'M4.6 8h.01M8 8h.01M11.4 8h.01',
  skipped: 'M4.8 8h6.4',
  passed: 'M4.6 8.3l2.3 2.3 4.5-5',
};

/** A sign beside words that say the same, so it is silent for a screen reader. */
export function signView(outcome: Outcome | undefined): string {
  if (outcome === undefined) return '';
  return `<svg class="sign" data-outcome="${outcome}" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="7"/><path d="${STROKES[outcome]}"/></svg>`;
}
