import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Credentials } from '../../../emulator/start-emulator.ts';
import { N8nEngine, type WorkflowJson } from '../engine/n8n-engine.ts';

/** `npm run bench:n8n`: 2,000 items through the node, against a bare pool of the same request helper. */
const ITEMS = 2_000;
const ROUNDS = 7;
const GOAL = 1.25;

interface Desk {
  url: string;
  credentials: Credentials;
  process: ChildProcess;
}

type MakeWorkflow = (desk: Desk, accessToken: string) => WorkflowJson;

interface Count {
  recorded: number;
  distinct: number;
  requests: number;
  refused: number;
  mostInFlight: number;
}

const titles = Array.from({ length: ITEMS }, (_, index) => `Item ${index + 1}`);
const engine = await N8nEngine.start();
const good = [await compareWithBarePool(), await meetFewerCalls()];
await engine.close();
process.exitCode = good.every(Boolean) ? 0 : 1;

/** A desk that answers in 20 ms and allows 25 calls at a time. */
async function compareWithBarePool(): Promise<boolean> {
  const desk = await startDesk(25);
  const rounds: { bare: number; node: number; count: Count }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const bare = await timeOf(barePool, desk);
    const node = await timeOf(ourNode(25), desk);
    rounds.push({ bare, node, count: await ask<Count>(desk, 'count') });
    console.log(
      `  round ${round + 1}: bare pool ${bare} ms, node ${node} ms, ratio ${(node / bare).toFixed(2)}`,
    );
  }
  desk.process.disconnect();
  const complete = rounds.every(({ count }) => isComplete(count));
  // The fastest of each: what else the machine does can only add to a round.
  const bare = Math.min(...rounds.map((round) => round.bare));
  const node = Math.min(...rounds.map((round) => round.node));
  const ratio = node / bare;
  console.log(`${ITEMS} items, 25 allowed, concurrency 25: ${tell(rounds.at(-1)?.count)}`);
  console.log(`time inside the node / bare pool: ${node} / ${bare} ms = ${ratio.toFixed(2)} (goal ${GOAL})`);
  return complete && ratio <= GOAL;
}

/** A desk that allows 10 calls at a time, and a node that may make 50. */
async function meetFewerCalls(): Promise<boolean> {
  const desk = await startDesk(10);
  const node = await timeOf(ourNode(50), desk);
  const count = await ask<Count>(desk, 'count');
  desk.process.disconnect();
  console.log(`${ITEMS} items, 10 allowed, concurrency 50: ${tell(count)}, ${node} ms`);
  return isComplete(count);
}

async function startDesk(concurrentCalls: number): Promise<Desk> {
  const process = fork(join(import.meta.dirname, 'desk-process.ts'), [String(concurrentCalls)], {
    execArgv: [],
  });
  const [is] = (await once(process, 'message')) as [Omit<Desk, 'process'>];
  return { ...is, process };
}

async function ask<Answer>({ process }: Desk, question: 'token' | 'count'): Promise<Answer> {
  process.send(question);
  const [answer] = (await once(process, 'message')) as [Answer];
  return answer;
}

/** Milliseconds inside the workflow's last node. */
async function timeOf(makeWorkflow: MakeWorkflow, desk: Desk): Promise<number> {
  const { url, credentials } = desk;
  const accessToken = await ask<string>(desk, 'token');
  const { orgId, clientId, clientSecret, refreshToken } = credentials;
  const result = await engine.run({
    workflow: makeWorkflow(desk, accessToken),
    credentials: {
      c1: {
        dataCenter: 'custom',
        accountsUrl: url,
        deskUrl: url,
        orgId,
        clientId,
        clientSecret,
        oauthTokenData: { access_token: accessToken, refresh_token: refreshToken },
      },
    },
  });
  const run = result.nodes['Last'];
  if (result.status !== 'success' || run === undefined)
    throw new Error(result.error?.message ?? result.status);
  return run.executionTimeMs;
}

function ourNode(concurrency: number): MakeWorkflow {
  const items = titles.map((title) => ({ title }));
  return ({ credentials }) =>
    workflowOf('n8n-nodes-zoho-desk-extension-log.zohoDeskExtensionLog', items, {
      resource: 'extensionLog',
      operation: 'add',
      installationId: credentials.installationId,
      title: '={{ $json.title }}',
      reference: '',
      options: { concurrency },
    });
}

function barePool({ url, credentials }: Desk, accessToken: string): WorkflowJson {
  const { installationId, orgId } = credentials;
  const authorization = `Zoho-oauthtoken ${accessToken}`;
  const bodies = titles.map((title) => JSON.stringify({ title, description: title, installationId }));
  return workflowOf('test.barePool', [{}], {
    url: `${url}/api/v1/extensionLogs`,
    headers: JSON.stringify({ orgId, authorization, 'content-type': 'application/json' }),
    bodies: JSON.stringify(bodies),
    width: 25,
  });
}

function workflowOf(type: string, items: object[], parameters: Record<string, unknown>): WorkflowJson {
  const credentials = { zohoDeskExtensionLogOAuth2Api: { id: 'c1', name: 'Local Desk' } };
  return {
    nodes: [
      {
        name: 'Items',
        type: 'test.items',
        typeVersion: 1,
        position: [0, 0],
        parameters: { items: JSON.stringify(items) },
      },
      { name: 'Last', type, typeVersion: 1, position: [220, 0], parameters, credentials },
    ],
    connections: { Items: { main: [[{ node: 'Last', type: 'main', index: 0 }]] } },
  };
}

function isComplete({ recorded, distinct }: Count): boolean {
  return recorded === ITEMS && distinct === ITEMS;
}

function tell(count: Count | undefined): string {
  if (count === undefined) return 'no run';
  const { recorded, distinct, requests, refused, mostInFlight } = count;
  return `${recorded} recorded, ${distinct} distinct, ${requests} requests (${refused} answered 429), ${mostInFlight} in flight at most`;
}
