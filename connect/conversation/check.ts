import { problemMessage, type ServiceProblem } from '../../shared/delivery/service-problem.ts';
import { problemLine } from '../../shared/problem.ts';
import { SCOPE } from '../../shared/zoho/portal.ts';
import { askField, takeField } from '../connection/ask-field.ts';
import { problemWithPortal } from '../connection/ask-desk.ts';
import { connectionOf, type Addresses } from '../connection/connection.ts';
import { DEFAULT_DATA_CENTER, KEPT_NAMES, noAnswers, type Answers } from '../connection/fields.ts';
import { openAccess } from '../connection/portal-access.ts';
import type { Session } from '../session.ts';
import { offerTestLog } from './offer-test-log.ts';

/**
 * Tries a connection that exists, and says of each part of it whether it is right. It comes from the
 * environment, under the names that GitHub keeps it by; what is not there is asked for.
 * @returns the exit code: 0 where nothing is wrong
 */
export async function checkConnection(session: Session, addresses: Addresses): Promise<0 | 1> {
  const answers = await existingConnection(session);
  return answers === undefined ? 1 : checkAnswers(answers, session, addresses);
}

/** The connection of the environment and of the person, or undefined where the environment's is not valid. */
export async function existingConnection(session: Session): Promise<Answers | undefined> {
  const { terminal, env, world } = session;
  const answers = noAnswers();
  const problems = KEPT_NAMES.flatMap(({ field, name }) => {
    const value = (env[name] ?? '').trim();
    return value === '' ? [] : takeField(field, value, answers, world.secrets.learn, name);
  });
  if (problems.length > 0) {
    for (const problem of problems) terminal.say(`✗ ${problemLine(problem)}`);
    return undefined;
  }
  const isAnyGiven = KEPT_NAMES.some(({ name }) => env[name]);
  for (const { field, name } of KEPT_NAMES) {
    const isGiven = Boolean(env[name]) || (field === 'dataCenter' && isAnyGiven);
    if (!isGiven) await askField(field, answers, session);
  }
  return answers;
}

async function checkAnswers(answers: Answers, session: Session, addresses: Addresses): Promise<0 | 1> {
  const { terminal, world } = session;
  const connection = connectionOf(answers, addresses);
  const access = openAccess(connection, world);
  const byDefault = answers.dataCenter === DEFAULT_DATA_CENTER ? ', the default' : '';
  terminal.say(`  Data center ${answers.dataCenter}${byDefault}: ${connection.portal.deskUrl}`);

  const token = await access.tokens.get();
  if (token.kind === 'failed') {
    return wrong(
      session,
      'Client ID, client secret or refresh token',
      token.problem,
      'the organization, the scope and the installation',
    );
  }
  terminal.say('✓ Client ID, client secret and refresh token: Zoho issued an access token.');
  const problem = await problemWithPortal(access, world);
  if (problem !== undefined)
    return wrong(session, `Organization ${answers.orgId}`, problem, 'the installation');
  terminal.say(`✓ Organization ${answers.orgId}: Desk takes the token and its scope ${SCOPE}.`);
  const withLog = await offerTestLog(access, connection.installationId, session);
  return withLog === undefined ? 0 : wrong(session, `Installation ${answers.installationId}`, withLog);
}

function wrong({ terminal }: Session, what: string, problem: ServiceProblem, untried?: string): 1 {
  terminal.say(`✗ ${what}: ${problemMessage(problem)}`);
  if (untried !== undefined) terminal.say(`  Not tried: ${untried}.`);
  return 1;
}
