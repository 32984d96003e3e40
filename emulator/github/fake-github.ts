import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A job of a run as GitHub lists it, in the fields that the Action reads.
 * Source: https://docs.github.com/en/rest/actions/workflow-jobs
 */
export interface GithubJob {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly started_at?: string | null;
  readonly completed_at?: string | null;
  readonly html_url?: string;
  readonly runner_name?: string | null;
  readonly steps?: readonly GithubStep[] | null;
}

/** A step of such a job. */
export interface GithubStep {
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly number?: number;
  readonly started_at?: string | null;
  /** `now` becomes the time of the answer. */
  readonly completed_at?: string | null;
}

/** What GitHub answers to a read of a run's jobs. */
export type Answer =
  | { readonly jobs: readonly GithubJob[] }
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  | 'reset'
  | 'silence';

/** A request as it arrived. */
export interface SeenRequest {
  /** With its query. */
  readonly path: string;
  readonly authorization: string | undefined;
}

/** GitHub's list of a run's jobs on loopback, with and without the prefix of an enterprise server. */
export interface FakeGithub {
  readonly url: string;
  readonly requests: () => readonly SeenRequest[];
  /** Each read of the list takes the next answer, the last one stays. Forgets the requests. */
  readonly answer: (...answers: Answer[]) => void;
  readonly close: () => Promise<void>;
}

const JOBS_PATH = /^(?:\/api\/v3)?\/repos\/[^/]+\/[^/]+\/actions\/runs\/\d+\/attempts\/\d+\/jobs$/;

/** Starts it on a free port of loopback. Until it is given answers, a run has no jobs. */
export async function startFakeGithub(): Promise<FakeGithub> {
  let answers: Answer[] = [];
  let requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    requests.push({ path: request.url ?? '', authorization: request.headers.authorization });
    const url = new URL(request.url ?? '', origin);
    if (!JOBS_PATH.test(url.pathname)) return send(response, 404, { message: 'Not Found' });
    // Further pages are of the list whose first page was read last.
    const answer = answers.length > 1 && !hasNextPage(url, answers[0]) ? answers.shift() : answers[0];
    return respond(answer ?? { jobs: [] }, url, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: origin,
    requests: () => requests,
    answer(...next) {
      answers = next;
      requests = [];
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function respond(answer: Answer, url: URL, request: IncomingMessage, response: ServerResponse): void {
  if (answer === 'silence') return;
  if (answer === 'reset') {
    request.socket.resetAndDestroy();
  } else if ('jobs' in answer) {
    const { page, perPage } = pageOf(url);
    const jobs = answer.jobs.slice((page - 1) * perPage, page * perPage);
    const next = new URL(url);
    next.searchParams.set('page', String(page + 1));
    const link = hasNextPage(url, answer) ? { link: `<${next.href}>; rel="next"` } : {};
    send(response, 200, { total_count: answer.jobs.length, jobs }, link);
  } else {
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body);
  }
}

function pageOf({ searchParams }: URL): { page: number; perPage: number } {
  return { page: Number(searchParams.get('page') ?? 1), perPage: Number(searchParams.get('per_page') ?? 30) };
}

function hasNextPage(url: URL, answer: Answer | undefined): boolean {
  const { page, perPage } = pageOf(url);
  return typeof answer === 'object' && 'jobs' in answer && page * perPage < answer.jobs.length;
}

/** Puts the time of the answer where a job or step says `now`. */
function send(response: ServerResponse, status: number, body: object, headers = {}): void {
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body, (_key, value: unknown) => (value === 'now' ? now : value)));
}
