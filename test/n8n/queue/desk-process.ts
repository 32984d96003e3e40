import { startEmulator } from '../../../emulator/start-emulator.ts';

/** What the benchmark asks of the Desk. */
export type Question = { limit: number } | 'token' | 'progress' | 'counts';

/** What a scene came to, on the Desk's side. */
export interface Counts {
  requests: number;
  refused: number;
  /** All logs, headings included. */
  logs: number;
  /** Logs that are not headings. */
  recorded: number;
  /** The same, each title counted once. */
  distinct: number;
  /** The most logs under one reference. */
  fullest: number;
  mostInFlight: number;
  /** Milliseconds from the first request until the last log was recorded. */
  wallMs: number;
  /** The same for each execution, until its own last log, in ascending order. */
  endsMs: number[];
}

export const LATENCY_MS = 20;

/** A local Desk in a process of its own, so that it takes no time from what is measured. */
const desk = await startEmulator({ switches: { latencyMs: LATENCY_MS } });
process.send?.({ url: desk.url, credentials: desk.credentials });
process.on('message', (question: Question) => process.send?.(answer(question)));
process.once('disconnect', () => void desk.close().then(() => process.exit()));

function answer(question: Question): unknown {
  switch (question) {
    case 'token':
      return desk.issueAccessToken();
    case 'progress':
      return desk.logs().length;
    case 'counts':
      return counts();
    default:
      desk.reset();
      desk.configure({ concurrentCalls: question.limit });
      return true;
  }
}

function counts(): Counts {
  const requests = desk.requests().filter(({ path }) => path.startsWith('/api/'));
  const logs = desk.logs().map((log) => ({ ...log, at: Date.parse(log.logTime) }));
  const own = logs.filter(({ title }) => !title.includes('(part '));
  const begunAt = Math.min(...requests.map(({ arrivedAt }) => arrivedAt));
  const executions = Map.groupBy(own, ({ title }) => title.split(',')[0]);
  const references = Map.groupBy(logs, ({ reference }) => reference);
  const sizes = [...references.values()].map((group) => group.length);
  return {
    requests: requests.length,
    refused: requests.filter(({ status }) => status === 429).length,
    logs: logs.length,
    recorded: own.length,
    distinct: new Set(own.map(({ title }) => title)).size,
    fullest: Math.max(0, ...sizes),
    mostInFlight: desk.mostInFlight(),
    wallMs: Math.max(0, ...logs.map(({ at }) => at - begunAt)),
    endsMs: [...executions.values()]
      .map((group) => Math.max(...group.map(({ at }) => at - begunAt)))
      .sort((one, other) => one - other),
  };
}
