import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { writeCredentials, type LocalDesk } from '../app/credentials-file.ts';
import { packNode } from '../app/pack-node.ts';
import { Cluster } from './cluster.ts';
import { LATENCY_MS, type Counts, type Question } from './desk-process.ts';
import { WEBHOOK_PATH, WORKFLOW_ID, workflowOf } from './workflow.ts';

/*
 * `npm run bench:queue`: twenty executions of two hundred items at once, in n8n's queue mode with two
 * workers, against one Desk whose limit they do not know. Prints what came of it and whether the bars
 * hold; docs/n8n-at-scale.md says what follows.
 */

const EXECUTIONS = 20;
const ITEMS = 200;
const WORKERS = 2;
const CONCURRENCY = 25;

const LONGEST_SCENE_MS = 180_000;
/** The Desk copies its logs to count them, so it is not asked often. */
const POLL_MS = 1_000;
/** Nothing was recorded for so long: all executions have ended, or will not go on. */
const QUIET_MS = 8_000;

interface Scene {
  name: string;
  limit: number;
  /** The limit that the ideal time is for, where it is another. */
  ideal?: number;
  /** What happens once a quarter of the logs is recorded. */
  disturb?: (cluster: Cluster) => Promise<void>;
  bars: { timesIdeal?: number; refused?: number; slowest?: number; complete: boolean };
}

const SCENES: Scene[] = [
  // What this machine needs for the same work when Desk refuses nothing: no scene can be faster.
  { name: 'no limit (set beside 25)', limit: 1_000, ideal: 25, bars: { complete: true } },
  { name: 'limit 25', limit: 25, bars: { timesIdeal: 2.2, refused: 0.03, slowest: 1.5, complete: true } },
  { name: 'limit 5', limit: 5, bars: { timesIdeal: 1.3, refused: 0.1, slowest: 1.5, complete: true } },
  {
    name: 'limit 25, one worker stopped (SIGTERM)',
    limit: 25,
    disturb: (cluster) => cluster.removeWorker('SIGTERM'),
    bars: { complete: true },
  },
  {
    name: 'limit 25, one worker killed (SIGKILL)',
    limit: 25,
    disturb: (cluster) => cluster.removeWorker('SIGKILL'),
    bars: { complete: false },
  },
];

const folder = mkdtempSync(join(tmpdir(), 'bench-queue-'));
const desk = await startDesk();
const cluster = await Cluster.prepare();
try {
  await prepareFlow();
  await cluster.start(WORKERS);
  const passed: boolean[] = [];
  for (const scene of SCENES) {
    passed.push(report(scene, await play(scene)));
    if (scene.disturb) await cluster.addWorker();
  }
  process.exitCode = passed.every(Boolean) ? 0 : 1;
} finally {
  await cluster.stop();
  desk.process.disconnect();
  rmSync(folder, { recursive: true, force: true });
}
// Pipes and connections to n8n's processes outlive them, and would keep this one from ending.
process.exit();

async function startDesk(): Promise<LocalDesk & { process: ChildProcess }> {
  const child = fork(join(import.meta.dirname, 'desk-process.ts'), { execArgv: [] });
  const [address] = (await once(child, 'message')) as [Omit<LocalDesk, 'accessToken'>];
  return { ...address, accessToken: '', process: child };
}

async function ask<Answer>(question: Question): Promise<Answer> {
  desk.process.send(question);
  const [answer] = (await once(desk.process, 'message')) as [Answer];
  return answer;
}

async function prepareFlow(): Promise<void> {
  const { main } = cluster;
  main.installNode(await packNode(folder));
  const accessToken = await ask<string>('token');
  await main.importFile('credentials', writeCredentials(folder, { ...desk, accessToken }));
  const workflow = join(folder, 'workflow.json');
  writeFileSync(workflow, JSON.stringify(workflowOf(ITEMS, CONCURRENCY, desk.credentials.installationId)));
  await main.importFile('workflow', workflow);
  await main.publish(WORKFLOW_ID);
}

async function play({ limit, disturb }: Scene): Promise<Counts> {
  await ask({ limit });
  await Promise.all(Array.from({ length: EXECUTIONS }, (_, run) => trigger(run + 1)));
  await recordedAtLeast(disturb ? (EXECUTIONS * ITEMS) / 4 : 1);
  await disturb?.(cluster);
  await quiet();
  return ask<Counts>('counts');
}

async function trigger(run: number): Promise<void> {
  const answer = await fetch(`${cluster.url}/webhook/${WEBHOOK_PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ run }),
  });
  if (!answer.ok) throw new Error(`The webhook answered ${answer.status}: ${await answer.text()}`);
}

async function recordedAtLeast(count: number): Promise<void> {
  const giveUpAt = performance.now() + LONGEST_SCENE_MS;
  while ((await ask<number>('progress')) < count) {
    if (performance.now() > giveUpAt) throw new Error(`Fewer than ${count} logs were recorded.`);
    await pause(POLL_MS);
  }
}

async function quiet(): Promise<void> {
  const giveUpAt = performance.now() + LONGEST_SCENE_MS;
  let [last, since] = [0, performance.now()];
  while (performance.now() - since < QUIET_MS && performance.now() < giveUpAt) {
    const now = await ask<number>('progress');
    if (now !== last) [last, since] = [now, performance.now()];
    await pause(POLL_MS);
  }
}

/** Prints a scene, and says whether its bars hold. */
function report({ name, limit, ideal = limit, bars }: Scene, counts: Counts): boolean {
  const all = EXECUTIONS * ITEMS;
  const { logs, requests, recorded, distinct, fullest, mostInFlight, wallMs, endsMs } = counts;
  const idealMs = (logs * LATENCY_MS) / ideal;
  const median = endsMs[Math.floor(endsMs.length / 2)] ?? 0;
  const figures = {
    timesIdeal: wallMs / idealMs,
    refused: counts.refused / requests,
    slowest: (endsMs.at(-1) ?? 0) / median,
  };
  const broken = [
    ...(['timesIdeal', 'refused', 'slowest'] as const)
      .filter((bar) => figures[bar] > (bars[bar] ?? Infinity))
      .map((bar) => `${bar} is above ${bars[bar]}`),
    ...(bars.complete && distinct !== all ? [`${all - distinct} logs are lost`] : []),
    ...(recorded !== distinct ? [`${recorded - distinct} logs are doubled`] : []),
    ...(fullest > 10 ? [`a reference has ${fullest} logs`] : []),
  ];
  console.log(
    `${name}: ${(wallMs / 1_000).toFixed(1)} s, ${figures.timesIdeal.toFixed(2)} x ideal, ` +
      `429: ${(figures.refused * 100).toFixed(1)} %, ${distinct} of ${all} recorded, ${recorded - distinct} doubled, ` +
      `${mostInFlight} in flight at most, last end ${figures.slowest.toFixed(2)} x the median's` +
      (broken.length > 0 ? `\n  MISSED: ${broken.join('; ')}` : ''),
  );
  return broken.length === 0;
}
