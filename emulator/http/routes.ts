import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Desk } from '../desk/desk.ts';
import { answerConsent } from '../oauth/consent-page.ts';
import { answerPage } from '../page/page-routes.ts';
import { type Answer, htmlNotice, json } from './answers.ts';
import { answerApi, isApiPath } from './api-routes.ts';
import { answerControl } from './control-routes.ts';
import { isOwnHost } from './loopback.ts';
import { readRequest, type Request, urlOf } from './request.ts';
import { sendAnswer } from './send-answer.ts';

/** Answers one HTTP request of any kind. Rejects only when the client goes away while it sends. */
export async function route(message: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  if (!isOwnHost(message.headers.host)) {
    const problem = 'This emulator answers to loopback host names and host.docker.internal only.';
    sendAnswer(json(403, { message: problem }), response);
    return;
  }
  const { pathname } = urlOf(message);
  if (isApiPath(pathname)) await answerApi(pathname, message, response, desk);
  else if (pathname.startsWith('/__emulator/')) answerControl(await readRequest(message), response, desk);
  else sendAnswer(otherPage(await readRequest(message), desk), response);
}

function otherPage(request: Request, desk: Desk): Answer {
  const { pathname, searchParams } = request.url;
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return htmlNotice(405, '405 Method Not Allowed', { allow: 'GET, HEAD' });
  if (pathname === '/oauth/v2/auth') return answerConsent(searchParams, desk);
  return answerPage(pathname, searchParams, desk) ?? htmlNotice(404, '404 Not Found');
}
