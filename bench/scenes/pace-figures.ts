import { percent, times, type Section } from '../scene.ts';

/** How often each case is measured. */
export const ROUNDS = 3;

/** One round at one limit. */
export interface Round {
  readonly timesIdeal: number;
  /** The share of requests that was answered 429. */
  readonly refused: number;
  /** Jain's index; NaN where one sender is alone. */
  readonly fairness: number;
  readonly mostInFlight: number;
  readonly complete: boolean;
}

/** What the rounds at one limit came to: the time of the fastest, the mean of the shares. */
export interface PaceFigures extends Round {
  readonly name: string;
  /** NaN where there is no pool to compare with. */
  readonly timesPool: number;
}

/**
 * Measures a case in several rounds.
 * @param poolTimesIdeal how long a pool takes that knows the limit, in times of the ideal
 */
export async function inRounds(
  name: string,
  round: () => Promise<Round>,
  poolTimesIdeal = () => Promise.resolve(NaN),
): Promise<PaceFigures> {
  const [rounds, pools]: [Round[], number[]] = [[], []];
  for (let count = 0; count < ROUNDS; count += 1) {
    pools.push(await poolTimesIdeal());
    rounds.push(await round());
  }
  const timesIdeal = Math.min(...rounds.map((one) => one.timesIdeal));
  const mean = (of: (one: Round) => number) => rounds.reduce((sum, one) => sum + of(one), 0) / ROUNDS;
  return {
    name,
    timesIdeal,
    timesPool: timesIdeal / Math.min(...pools),
    refused: mean(({ refused }) => refused),
    fairness: mean(({ fairness }) => fairness),
    mostInFlight: Math.max(...rounds.map(({ mostInFlight }) => mostInFlight)),
    complete: rounds.every(({ complete }) => complete),
  };
}

/** The table of the cases, and its plot. */
export function paceTable(
  plotName: string,
  cases: readonly PaceFigures[],
): Pick<Section, 'columns' | 'rows' | 'plots'> {
  return {
    columns: ['scene', '× ideal', '× pool', 'refused', 'fairness', 'most in flight', 'each log exactly once'],
    rows: cases.map(({ name, timesIdeal, timesPool, refused, fairness, mostInFlight, complete }) => [
      name,
      times(timesIdeal),
      Number.isNaN(timesPool) ? '' : times(timesPool),
      percent(refused),
      Number.isNaN(fairness) ? '' : fairness.toFixed(2),
      String(mostInFlight),
      complete ? 'yes' : 'NO',
    ]),
    plots: [
      {
        name: plotName,
        title: 'Time taken, in times of the ideal',
        unit: '×',
        bars: cases.map(({ name, timesIdeal }) => ({ label: name, value: timesIdeal })),
        goal: 1,
      },
    ],
  };
}
