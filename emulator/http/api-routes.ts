import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { Desk } from '../desk/desk.ts';
import { type FaultTarget, NOTHING_DONE, type Outcome } from '../faults/fault-queue.ts';
import { inEnvelope } from '../invoke/envelope.ts';
import { answerInvoke, INVOKE_PATH } from '../invoke/invoke-endpoint.ts';
import { answerAddLog } from '../logs/add-log-endpoint.ts';
import { LOG_PATH } from '../logs/add-log.ts';
import { answerTokenRequest, TOKEN_PATH } from '../oauth/token-endpoint.ts';
import { secondsToMidnight } from '../portals/portal-limits.ts';
import { type Answer, deskError } from './answers.ts';
import { headersOf, readRequest, type Request, type SeenRequest } from './request.ts';
import { sendAnswer, waitUnlessGone } from './send-answer.ts';

/** A route of the service that faults strike. */
interface ApiRoute {
  /** What a fault, and a portal's settings, look at. */
  target: (request: Request, desk: Desk) => FaultTarget;
  answer: (request: Request, desk: Desk) => Outcome;
  /** How an error of Desk's own leaves this route. */
  deskAnswers: (answer: Answer, desk: Desk) => Answer;
}

const formOf = ({ body }: Request) => new URLSearchParams(body ?? '');

const API_ROUTES: Readonly<Record<string, ApiRoute>> = {
  [TOKEN_PATH]: {
    target: (request, { refreshTokens }) => ({
      on: 'token',
      body: request.body ?? '',
      orgId: refreshTokens.orgIdOf(formOf(request).get('refresh_token') ?? ''),
    }),
    answer: answerTokenRequest,
    deskAnswers: (answer) => answer,
  },
  [LOG_PATH]: {
    target: ({ body = '', headers }) => ({ on: 'log', body, orgId: headers['orgid'] }),
    answer: answerAddLog,
    deskAnswers: (answer) => answer,
  },
  [INVOKE_PATH]: {
    target: (request) => ({
      on: 'log',
      body: formOf(request).get('postBody') ?? '',
      orgId: request.url.searchParams.get('orgId') ?? undefined,
    }),
    answer: answerInvoke,
    deskAnswers: (answer, { switches }) => inEnvelope(answer, switches),
  },
};

/** Whether a path is one that the real service has on its accounts or Desk host. */
export function isApiPath(pathname: string): boolean {
  return pathname === TOKEN_PATH || pathname.startsWith('/api/v1/');
}

/** Answers a request to the service's own routes: each is kept, and one for a log or a token may meet a fault. */
export async function answerApi(
  pathname: string,
  message: IncomingMessage,
  response: ServerResponse,
  desk: Desk,
): Promise<void> {
  const seen = keep(message, desk);
  const request = await readRequest(message);
  await noticeClosedConnections();
  if (desk.requests.lastIndexOf(seen) === -1) {
    // The desk was reset since it arrived: it must neither use up a fault nor leave a log in the new state.
    response.socket?.resetAndDestroy();
    return;
  }
  const { answer, delayMs, finish } = handle(pathname, request, seen, response, desk);
  await waitUnlessGone(delayMs, response);
  if (answer.reaches === 'whole' && !response.destroyed) seen.status = answer.status;
  // Before the answer leaves: a client that then sends its next request must not be counted twice.
  if (answer.reaches === 'whole' || answer.reaches === 'reset') finish();
  sendAnswer(answer, response);
}

/** Does what a request asks for, and keeps what came of it. It is in flight until `finish`, or its client leaves. */
function handle(
  pathname: string,
  request: Request,
  seen: SeenRequest,
  response: ServerResponse,
  desk: Desk,
): Pick<Outcome, 'answer' | 'delayMs'> & { finish: () => void } {
  const route = API_ROUTES[pathname];
  const target = route?.target(request, desk);
  const isWaitedFor = !response.destroyed;
  const ends: (() => void)[] = isWaitedFor && target?.on === 'log' ? countIn(target, desk) : [];
  const finish = () => ends.splice(0).forEach((end) => end());
  response.once('close', finish);
  const { answer, logId, delayMs, giveBack } =
    route === undefined || target === undefined
      ? { ...NOTHING_DONE, answer: deskError('URL_NOT_FOUND') }
      : outcomeOf(route, target, request, desk);
  ends.push(giveBack);
  if (!isWaitedFor) finish();
  Object.assign(seen, { body: request.body ?? '', orgId: target?.orgId ?? null, recordedLogId: logId });
  return { answer, delayMs, finish };
}

// A client that aborts a request and at once sends the next uses two connections, whose events come in any order. Two
// turns of the event loop let the end of the first be noticed, so that the client is not counted twice.
async function noticeClosedConnections(): Promise<void> {
  await setImmediate();
  await setImmediate();
}

function keep(message: IncomingMessage, desk: Desk): SeenRequest {
  const seen: SeenRequest = {
    method: message.method ?? '',
    path: message.url ?? '',
    headers: headersOf(message),
    body: '',
    status: null,
    arrivedAt: desk.clock.now(),
    orgId: null,
    recordedLogId: null,
  };
  desk.requests.push(seen);
  return seen;
}

/** Counts a log request among those in flight, until the returned functions are called. */
function countIn({ orgId }: FaultTarget, desk: Desk): (() => void)[] {
  const portal = desk.portals.withOrgId(orgId);
  return [desk.inFlight.enter(), ...(portal === undefined ? [] : [portal.inFlight.enter()])];
}

function outcomeOf(route: ApiRoute, target: FaultTarget, request: Request, desk: Desk): Outcome {
  const portal = desk.portals.withOrgId(target.orgId);
  if (target.on === 'log' && portal?.settings.reachable === false) return NOTHING_DONE;
  const scene = {
    secondsToMidnight: secondsToMidnight(desk.clock.now()),
    emulatorUrl: desk.url,
    deskAnswers: (answer: Answer) => route.deskAnswers(answer, desk),
  };
  return desk.faults.apply(target, scene, () => route.answer(request, desk));
}
