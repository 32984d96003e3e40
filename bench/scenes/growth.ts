import { ACTION_CREDENTIALS, runAction } from '../action/run-action.ts';
import { megabytes, seconds, type Scene, type Section } from '../scene.ts';

const SIZES = [10, 100, 1_000, 10_000, 100_000];

/** From ten logs to a hundred thousand through the built Action. */
export const growth: Scene = {
  name: 'growth',
  async measure(desk): Promise<Section> {
    const runs = [];
    for (const count of SIZES) {
      await desk.become({ latencyMs: 0 });
      const lines = Array.from({ length: count }, (_, index) =>
        JSON.stringify({ title: `Log ${index + 1}`, description: `What happened in step ${index + 1}` }),
      );
      const inputs = {
        ...ACTION_CREDENTIALS,
        'logs-file': 'logs.jsonl',
        reference: 'growth',
        'timeout-seconds': '3600',
      };
      const { end, tookMs, peakMb } = await runAction(desk.url, inputs, { 'logs.jsonl': lines.join('\n') });
      const { requests } = await desk.count();
      runs.push({ count, requests, tookMs, peakMb, delivered: end.outputs['delivered'] });
    }
    return {
      title: 'Growth: from ten logs to a hundred thousand',
      text: [
        'The built Action as a process, one `logs-file` under one reference, so that every ten logs are a part with a heading of its own. The desk answers at once: what is measured is the work of the Action, and of got, which takes about 0.4 ms a request here.',
      ],
      columns: ['logs', 'requests', 'time', 'a request', 'peak memory', 'delivered'],
      rows: runs.map(({ count, requests, tookMs, peakMb, delivered = '' }) => [
        count.toLocaleString('en'),
        requests.toLocaleString('en'),
        seconds(tookMs),
        `${(tookMs / requests).toFixed(2)} ms`,
        megabytes(peakMb),
        Number(delivered).toLocaleString('en'),
      ]),
      plots: [
        {
          name: 'growth-memory',
          title: 'Peak memory of the whole process',
          unit: 'MB',
          bars: runs.map(({ count, peakMb }) => ({
            label: `${count.toLocaleString('en')} logs`,
            value: peakMb,
          })),
          goal: 250,
        },
      ],
    };
  },
};
