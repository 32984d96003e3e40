import { runAction } from '../action/run-action.ts';
import type { DeskSettings } from '../desk/bench-desk.ts';
import { megabytes, seconds, times, type Scene, type Section } from '../scene.ts';

const LATENCY_MS = 100;
const IN_FLIGHT = 100;
const LOGS_EACH = 4;

interface Case {
  readonly name: string;
  readonly installations: number;
  readonly dead?: DeskSettings['deadPortal'];
}

const CASES: readonly Case[] = [
  { name: '2,000 installations', installations: 2_000 },
  { name: '2,000, one in a hundred resets', installations: 2_000, dead: { every: 100, how: 'resets' } },
  { name: '2,000, one in a hundred is silent', installations: 2_000, dead: { every: 100, how: 'is silent' } },
  { name: '2,000, a quarter resets', installations: 2_000, dead: { every: 4, how: 'resets' } },
  { name: '10,000 installations', installations: 10_000 },
];

/** One release logged to thousands of portals through the vendor's door. */
export const vendor: Scene = {
  name: 'vendor',
  async measure(desk): Promise<Section> {
    const runs = [];
    for (const one of CASES) {
      const { installations, dead } = one;
      await desk.become({ latencyMs: LATENCY_MS, ...(dead && { deadPortal: dead }) });
      const living =
        dead === undefined ? installations : installations - Math.floor(installations / dead.every);
      const idealMs = (living * LOGS_EACH * LATENCY_MS) / IN_FLIGHT;
      const { peakMb, end } = await runAction(
        desk.url,
        {
          'extension-secret': 'f0e1d2c3b4a5968778695a4b3c2d1e0f',
          'installations-file': 'installations.jsonl',
          'logs-file': 'logs.jsonl',
          reference: 'release-1',
          'timeout-seconds': String(Math.ceil((12 * idealMs) / 1_000)),
        },
        { 'installations.jsonl': installationsFile(installations), 'logs.jsonl': LOGS },
      );
      const { tookMs, recorded, distinct, mostInFlight } = await desk.count();
      const complete = recorded === living * LOGS_EACH && distinct === recorded;
      runs.push({ ...one, idealMs, tookMs, peakMb, complete, mostInFlight, exitCode: end.exitCode });
    }
    return {
      title: 'Scale: one release logged to thousands of portals',
      text: [
        `The built Action with a list of installations and the extension’s secret, ${LOGS_EACH} logs to each, answers after ${LATENCY_MS} ms, at most ${IN_FLIGHT} in flight. *Ideal* is requests × latency ÷ ${IN_FLIGHT}, for the portals that live. The time is that from the first request to the last answer of a living portal. A portal that *resets* closes each connection; one that is *silent* never answers, and holds its place for the 15 s that a request may take. Nothing tells it from a slow one before, and at most fifty are waited for at a time: hundreds of silent portals take minutes, which \`timeout-seconds\` has to allow for.`,
      ],
      columns: ['scene', 'time', '× ideal', 'peak memory', 'most in flight', 'living portals complete'],
      rows: runs.map(({ name, tookMs, idealMs, peakMb, mostInFlight, complete }) => [
        name,
        seconds(tookMs),
        times(tookMs / idealMs),
        megabytes(peakMb),
        String(mostInFlight),
        complete ? 'yes' : 'NO',
      ]),
      plots: [
        {
          name: 'vendor',
          title: 'Time for the portals that live, in times of the ideal',
          unit: '×',
          bars: runs.map(({ name, tookMs, idealMs }) => ({ label: name, value: tookMs / idealMs })),
          goal: 1,
        },
      ],
    };
  },
};

const LOGS = Array.from({ length: LOGS_EACH }, (_, index) =>
  JSON.stringify({ title: `Step ${index + 1}`, description: `What happened in step ${index + 1}` }),
).join('\n');

function installationsFile(count: number): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const number = String(index + 1);
    const securityContext = `edbsn${number.padStart(8, '0')}${(index * 2_654_435_761).toString(16)}c1f0e2d3b4a5`;
    return JSON.stringify({ installationId: `4000${number}`, orgId: number, securityContext });
  });
  return lines.join('\n');
}
