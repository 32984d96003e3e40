import type { ServiceProblem } from '../../shared/delivery/service-problem.ts';
import { recordTestLog } from '../connection/ask-desk.ts';
import type { PortalAccess } from '../connection/portal-access.ts';
import type { Session } from '../session.ts';
import { askYesNo } from '../terminal/questions.ts';

/**
 * Writes one log that says that it is a test, after a yes: only a log shows whether the installation is right.
 * @returns what came in its way, or undefined
 */
export async function offerTestLog(
  access: PortalAccess,
  installationId: string,
  { terminal, world }: Pick<Session, 'terminal' | 'world'>,
): Promise<ServiceProblem | undefined> {
  terminal.say('  Only a log shows whether the installation is right. Customers see it for three days.');
  if (!(await askYesNo(terminal, 'Write one test log? It cannot be deleted.'))) {
    terminal.say('  The installation stays untested.');
    return undefined;
  }
  const written = await recordTestLog(access, installationId, world);
  if ('problem' in written) return written.problem;
  terminal.say(`✓ Desk recorded the test log, id ${written.logId}.`);
  return undefined;
}
