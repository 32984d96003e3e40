import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { N8nEngine } from '../../test/n8n/engine/n8n-engine.ts';
import { logsOf, sendFromCore } from '../senders/core-sender.ts';
import { httpRequest, ourNode, type HttpRequestOptions } from '../n8n/bench-workflows.ts';
import type { BenchDesk } from '../desk/desk-process.ts';
import { seconds, times, type Scene, type Section } from '../scene.ts';

const LOGS = 500;
const LIMIT = 10;
const LATENCY_MS = 20;

/** What one would use without us, at the same portal. */
export const instead: Scene = {
  name: 'instead',
  async measure(desk): Promise<Section> {
    const engine = await N8nEngine.start();
    const request = (options: HttpRequestOptions) => () => engine.run(httpRequest(desk, LOGS, options));
    // n8n's defaults.
    const retryOnFail = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1_000 };
    const ways: [string, () => Promise<unknown>][] = [
      ['curl in a loop', () => curlLoop(desk.url)],
      ['the Action', () => sendFromCore(desk.url, logsOf(LOGS), 25).done],
      ['n8n: HTTP Request', request({})],
      ['n8n: HTTP Request with Retry On Fail', request(retryOnFail)],
      [
        'n8n: HTTP Request, batches of 10 each 100 ms',
        request({ batching: { batchSize: 10, batchInterval: 100 } }),
      ],
      [
        'n8n: HTTP Request, batches of 10 each 1 s',
        request({ batching: { batchSize: 10, batchInterval: 1_000 } }),
      ],
      ['n8n: our node', () => engine.run(ourNode(desk, LOGS, 25))],
    ];
    const rows = [];
    for (const [name, send] of ways) rows.push({ name, ...(await measured(desk, send)) });
    await engine.close();
    return {
      title: 'What one would use instead',
      text: [
        `${LOGS} logs to a portal that takes ${LIMIT} calls at a time and answers after ${LATENCY_MS} ms. A log is *lost* when the portal never has it, and *doubled* when it has it more than once. n8n’s *Retry On Fail* runs the node again for all items, those that were recorded too.`,
      ],
      columns: ['way', 'time', '× ideal', 'refused', 'lost', 'doubled'],
      rows: rows.map(({ name, tookMs, refused, recorded, distinct }) => [
        name,
        seconds(tookMs),
        times(tookMs / ((LOGS * LATENCY_MS) / LIMIT)),
        String(refused),
        String(LOGS - distinct),
        String(recorded - distinct),
      ]),
      plots: [
        {
          name: 'instead',
          title: `Of ${LOGS} logs, recorded exactly once`,
          unit: '',
          bars: rows.map(({ name, recorded, distinct }) => ({ label: name, value: 2 * distinct - recorded })),
        },
      ],
    };
  },
};

async function measured(desk: BenchDesk, send: () => Promise<unknown>) {
  await desk.become({ latencyMs: LATENCY_MS, limit: LIMIT });
  await send();
  return desk.count();
}

async function curlLoop(url: string): Promise<void> {
  const post = `curl --silent --output /dev/null --header 'orgId: 1' --header 'authorization: Zoho-oauthtoken x' --header 'content-type: application/json' --data "{\\"title\\":\\"Log $i\\"}" ${url}/api/v1/extensionLogs`;
  const shell = execFile('sh', ['-c', `i=0; while [ $i -lt ${LOGS} ]; do i=$((i+1)); ${post}; done`]);
  await once(shell, 'close');
}
