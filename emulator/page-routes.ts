import { type Answer, htmlNotice } from './answers.ts';
import type { Desk } from './desk.ts';

/** The portal's page, or null when the path is not one of its own. */
export function answerPage(pathname: string, _query: URLSearchParams, _desk: Desk): Answer | null {
  return pathname === '/' ? htmlNotice(200, 'Extension logs') : null;
}
