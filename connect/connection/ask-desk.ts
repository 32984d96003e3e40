import type { RecordResult } from '../../shared/delivery/recorder.ts';
import { serviceProblem, type ServiceProblem } from '../../shared/delivery/service-problem.ts';
import type { World } from '../../shared/ports.ts';
import { requestTimeoutMs } from '../../shared/retry/deadline.ts';
import { addLogRecorder, addLogRequest } from '../../shared/zoho/add-log-recorder.ts';
import { readDeskAnswer, withoutAnswer } from '../../shared/zoho/desk-answer.ts';
import { briefly, type PortalAccess } from './portal-access.ts';

/** The customer reads this in the portal. */
const TEST_LOG = {
  title: 'Test log: the connection works',
  description: 'Written once to check a new connection. It disappears after three days.',
};

/**
 * Asks Desk to add a log that has nothing in it, so that nothing can be recorded. A refusal of the token,
 * the organization or the scope shows what is wrong; a refusal of the fields alone shows that those three passed.
 * @returns what is wrong with them, or undefined
 */
export async function problemWithPortal(
  { portal, tokens }: PortalAccess,
  { transport, now, secrets }: Pick<World, 'transport' | 'now' | 'secrets'>,
): Promise<ServiceProblem | undefined> {
  const token = await tokens.get();
  if (token.kind === 'failed') return token.problem;
  const deadline = briefly({ now });
  const nothing = { title: '', description: '', installationId: '' };
  const request = addLogRequest(nothing, portal, token.value, requestTimeoutMs(deadline, now()));
  const result = await transport.send({ ...request, body: '{}' }, deadline.signal);
  const read =
    result.kind === 'answered'
      ? readDeskAnswer(result, secrets.redact)
      : withoutAnswer(result, secrets.redact);
  return read.kind === 'recorded' || refusesTheFields(read) ? undefined : read.problem;
}

const REFUSES_THE_FIELDS: ReadonlySet<number> = new Set([400, 422]);

function refusesTheFields(result: Exclude<RecordResult, { kind: 'recorded' }>): boolean {
  const { status, errorCode } = result.problem;
  return status !== undefined && errorCode !== undefined && REFUSES_THE_FIELDS.has(status);
}

/**
 * Records one log that says that it is a test.
 * @returns its id, or why there is none
 */
export async function recordTestLog(
  { portal, tokens }: PortalAccess,
  installationId: string,
  world: Pick<World, 'transport' | 'now' | 'secrets'>,
): Promise<{ readonly logId: string } | { readonly problem: ServiceProblem }> {
  const result = await addLogRecorder(portal, tokens, briefly(world), world).record({
    ...TEST_LOG,
    installationId,
  });
  if (result.kind === 'recorded') return { logId: result.answer.logId };
  if (result.kind !== 'ambiguous') return { problem: result.problem };
  const { problem } = result;
  const advice = `${problem.advice} The log may be in the portal all the same: look before you write another.`;
  return { problem: serviceProblem({ ...problem, advice: advice.trim() }, world.secrets.redact) };
}
