import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { type Answer, deskError, htmlNotice, json } from './answers.ts';
import { answerConsent } from '../oauth/consent-page.ts';
import { answerControl } from './control-routes.ts';
import type { Desk } from '../desk/desk.ts';
import { answerLogRequest, LOG_PATH } from '../logs/add-log-endpoint.ts';
import type { Outcome } from '../faults/fault-queue.ts';
import { secondsToMidnight } from '../portals/portal-limits.ts';
import { isLoopbackHost } from './loopback.ts';
import { answerPage } from '../page/page-routes.ts';
import { headersOf, readRequest, type Request, type SeenRequest, urlOf } from './request.ts';
import { sendAnswer, waitUnlessGone } from './send-answer.ts';
import { answerTokenRequest } from '../oauth/token-endpoint.ts';

const TOKEN_PATH = '/oauth/v2/token';

/** Answers one HTTP request of any kind. Rejects only when the client goes away while it sends. */
export async function route(message: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  if (!isLoopbackHost(message.headers.host)) {
    sendAnswer(json(403, { message: 'This emulator answers to loopback host names only.' }), response);
    return;
  }
  const { pathname } = urlOf(message);
  if (pathname === TOKEN_PATH || pathname.startsWith('/api/v1/'))
    await serve(pathname, message, response, desk);
  else if (pathname.startsWith('/__emulator/')) answerControl(await readRequest(message), response, desk);
  else sendAnswer(otherPage(await readRequest(message), desk), response);
}

/** The service's own routes: every request to them is seen, and a log or token request may meet a fault. */
async function serve(
  pathname: string,
  message: IncomingMessage,
  response: ServerResponse,
  desk: Desk,
): Promise<void> {
  const seen = notice(message, desk);
  const request = await readRequest(message);
  await hearWhoLeft();
  if (desk.requests.lastIndexOf(seen) === -1) {
    // A reset came between its arrival and now: it must not take a fault or leave a log of what comes after.
    response.socket?.resetAndDestroy();
    return;
  }
  seen.body = request.body ?? '';
  const isWaitedFor = !response.destroyed;
  const giveBack: (() => void)[] = pathname === LOG_PATH && isWaitedFor ? [desk.inFlight.enter()] : [];
  const finish = () => giveBack.splice(0).forEach((one) => one());
  response.once('close', finish);
  const { answer, logId, delayMs } = outcomeOf(pathname, request, desk, giveBack);
  seen.recordedLogId = logId;
  if (!isWaitedFor) finish();
  await waitUnlessGone(delayMs, response);
  if (answer.reaches === 'whole' && !response.destroyed) seen.status = answer.status;
  // Before the answer leaves: whoever sends the next request on hearing it must not be counted beside this one.
  if (answer.reaches === 'whole' || answer.reaches === 'reset') finish();
  sendAnswer(answer, response);
}

// A client that gives a request up and at once sends the next is heard in any order, as the two come over two
// connections. Two turns of the event loop let the end of the first be noticed, so it is not counted beside the next.
async function hearWhoLeft(): Promise<void> {
  await setImmediate();
  await setImmediate();
}

function outcomeOf(pathname: string, request: Request, desk: Desk, giveBack: (() => void)[]): Outcome {
  const moment = { secondsToMidnight: secondsToMidnight(desk.clock.now()), emulatorUrl: desk.url };
  const body = request.body ?? '';
  if (pathname === TOKEN_PATH)
    return desk.faults.apply('token', body, moment, () => answerTokenRequest(request, desk));
  if (pathname !== LOG_PATH)
    return { answer: deskError('URL_NOT_FOUND'), done: false, logId: null, delayMs: 0 };
  return desk.faults.apply('log', body, moment, () => {
    const outcome = answerLogRequest(request, desk);
    giveBack.push(outcome.giveBack);
    return outcome;
  });
}

function notice(message: IncomingMessage, desk: Desk): SeenRequest {
  const seen: SeenRequest = {
    method: message.method ?? '',
    path: message.url ?? '',
    headers: headersOf(message),
    body: '',
    status: null,
    arrivedAt: desk.clock.now(),
    recordedLogId: null,
  };
  desk.requests.push(seen);
  return seen;
}

function otherPage(request: Request, desk: Desk): Answer {
  const { pathname, searchParams } = request.url;
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return htmlNotice(405, '405 Method Not Allowed', { allow: 'GET, HEAD' });
  if (pathname === '/oauth/v2/auth') return answerConsent(searchParams, desk);
  return answerPage(pathname, searchParams, desk) ?? htmlNotice(404, '404 Not Found');
}
