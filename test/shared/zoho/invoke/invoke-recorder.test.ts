import { expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import type { HttpRequest, HttpResult } from '../../../../shared/ports.ts';
import { createSecrets } from '../../../../shared/redaction.ts';
import { deadlineIn } from '../../../../shared/retry/deadline.ts';
import { invokeRecorder } from '../../../../shared/zoho/invoke/invoke-recorder.ts';
import { portalIn } from '../../../../shared/zoho/portal.ts';
import { answered } from '../answered.ts';

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');
const LOG = { title: 'T', description: 'D', installationId: '7', reference: 'R' };
const KEY = { extensionSecret: 'the-manifest-secret', connectionLinkName: 'desk_logs' };

/** A recorder whose Desk answers what it is asked with whatever `answer` makes of the request. */
function recording(answer: (request: HttpRequest) => HttpResult) {
  const requests: HttpRequest[] = [];
  const deadline = deadlineIn(60_000, 0, new AbortController().signal);
  const secrets = createSecrets();
  secrets.learn(KEY.extensionSecret);
  const contextOf = (installationId: string) => `context-of-installation-${installationId}`;
  const recorder = invokeRecorder(portalIn('in', '60001'), KEY, contextOf, deadline, {
    transport: {
      send(request) {
        requests.push(request);
        return Promise.resolve(answer(request));
      },
    },
    now: () => 50_000,
    secrets,
    hmac,
  });
  return { recorder, requests };
}

test('each log goes out with the context of its own installation, in what is left of the deadline', async () => {
  const { recorder, requests } = recording(() =>
    answered(200, { response: JSON.stringify({ statusMessage: { logId: '41' } }) }),
  );
  expect(await recorder.record(LOG)).toMatchObject({ kind: 'recorded', answer: { logId: '41' } });
  await recorder.record({ ...LOG, installationId: '8' });
  expect(requests.map(({ body }) => new URLSearchParams(body).get('securityContext'))).toEqual([
    'context-of-installation-7',
    'context-of-installation-8',
  ]);
  expect(requests.map(({ timeoutMs }) => timeoutMs)).toEqual([10_000, 10_000]);
});

test.each<[string, (text: string) => HttpResult]>([
  ['refused', (message) => answered(403, { errorCode: 'FORBIDDEN', message })],
  [
    'refused inside',
    (message) =>
      answered(200, {
        response: JSON.stringify({ statusCode: 400, statusMessage: { errorCode: 'BAD_REQUEST', message } }),
      }),
  ],
  ['lost', (reason) => ({ kind: 'lost', reason })],
  ['not reached', (reason) => ({ kind: 'unreached', reason, permanent: false })],
])('%s: the context, the HASH and the secret are masked, whole, cut short and encoded', async (_, answer) => {
  const { recorder } = recording(({ body, headers }) => {
    const context = new URLSearchParams(body).get('securityContext') ?? '';
    const hash = headers['HASH'] ?? '';
    const pieces = [context, context.slice(0, 12), encodeURIComponent(context), btoa(context)];
    return answer([...pieces, hash, hash.slice(20, 40), hash.toUpperCase(), KEY.extensionSecret].join(' '));
  });
  const result = await recorder.record(LOG);
  if (result.kind === 'recorded') throw new Error('It was not recorded.');
  expect(result.problem.answered).toContain('***');
  const { answered: text } = result.problem;
  expect(text).not.toMatch(/context-of|manifest-secret|of-installation/);
  expect(text).not.toContain(btoa('context-of-installation-7').slice(0, 12));
  expect(text).not.toMatch(/[0-9a-f]{8}/i);
});

test('a lost answer reads as it does through the direct door', async () => {
  const { recorder } = recording(() => ({ kind: 'lost', reason: 'a reset' }));
  expect(await recorder.record(LOG)).toMatchObject({
    kind: 'ambiguous',
    problem: { answered: 'The answer was lost: a reset.', reach: 'log' },
  });
});
