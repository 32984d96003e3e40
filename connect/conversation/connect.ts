import { problemMessage, type ServiceProblem } from '../../shared/delivery/service-problem.ts';
import type { TokenSource } from '../../shared/zoho/oauth/token-source.ts';
import { dataCenterSchema, SCOPE } from '../../shared/zoho/portal.ts';
import { apiConsoleOf } from '../connection/api-console.ts';
import { askField } from '../connection/ask-field.ts';
import { problemWithPortal } from '../connection/ask-desk.ts';
import { connectionOf, type Addresses } from '../connection/connection.ts';
import { exchangeCode } from '../connection/exchange-code.ts';
import { noAnswers, type Answers, type FieldName } from '../connection/fields.ts';
import { briefly, tokensOf } from '../connection/portal-access.ts';
import { keepInGithub } from '../github/keep-in-github.ts';
import { workflowText } from '../github/workflow-text.ts';
import { openPage } from '../machine/open-page.ts';
import type { Session } from '../session.ts';
import { askYesNo } from '../terminal/questions.ts';
import { fieldsToAskAgain } from './ask-again.ts';
import { offerTestLog } from './offer-test-log.ts';
import {
  CODE_STEP,
  clientStep,
  DATA_CENTER_STEP,
  GITHUB_STEP,
  IDS_STEP,
  INTRODUCTION,
} from './step-texts.ts';

/** Makes a new connection, step by step, and hands it to GitHub. Returns the exit code. */
export async function connect(session: Session, addresses: Addresses): Promise<0> {
  const { terminal } = session;
  terminal.say(INTRODUCTION);
  const answers = await workingConnection(session, addresses);
  terminal.say(GITHUB_STEP);
  await keepInGithub(session, answers);
  terminal.say('\nThe workflow that uses the connection:\n');
  terminal.say(workflowText(answers, addresses));
  return 0;
}

/** What is known while the conversation goes on, and what is to be asked (again) next. */
interface Draft {
  readonly answers: Answers;
  readonly addresses: Addresses;
  readonly begunSteps: Set<string>;
  again: ReadonlySet<FieldName>;
  /** Kept while only ids are wrong: Zoho gives ten access tokens in ten minutes. */
  tokens?: TokenSource | undefined;
}

/** Asks, tries, and asks again only for what Zoho's answer calls in question, until everything works. */
async function workingConnection(session: Session, addresses: Addresses): Promise<Answers> {
  const draft: Draft = {
    answers: noAnswers(),
    addresses,
    begunSteps: new Set(),
    again: new Set(['dataCenter']),
  };
  for (;;) {
    const problem = await nextProblem(draft, session);
    if (problem === undefined) return draft.answers;
    session.terminal.say(`✗ ${problemMessage(problem)}`);
    draft.again = new Set(fieldsToAskAgain(problem));
    if (!draft.again.has('orgId') && !draft.again.has('installationId')) draft.tokens = undefined;
    // What was made from the code goes with it.
    if (draft.again.has('code')) Object.assign(draft.answers, { code: '', refreshToken: '' });
    if (draft.again.size === 0) await session.terminal.ask('? Press Enter to try again. ');
  }
}

/** Goes through the steps up to the first thing that does not work. */
async function nextProblem(draft: Draft, session: Session): Promise<ServiceProblem | undefined> {
  const { answers, addresses } = draft;
  const noRefreshToken = await refreshTokenProblem(draft, session);
  if (noRefreshToken !== undefined) return noRefreshToken;
  await askWhereNeeded(['orgId', 'installationId'], IDS_STEP, draft, session);
  const connection = connectionOf(answers, addresses);
  draft.tokens ??= tokensOf(connection, session.world);
  const access = { portal: connection.portal, tokens: draft.tokens };
  const problem = await problemWithPortal(access, session.world);
  if (problem !== undefined) return problem;
  session.terminal.say(`✓ Desk takes the token, its scope ${SCOPE} and the organization.`);
  return offerTestLog(access, connection.installationId, session);
}

async function refreshTokenProblem(draft: Draft, session: Session): Promise<ServiceProblem | undefined> {
  const { answers, addresses } = draft;
  await askWhereNeeded(['dataCenter'], DATA_CENTER_STEP, draft, session);
  await askForClient(draft, session);
  if (answers.refreshToken !== '') return undefined;
  await askWhereNeeded(['code'], CODE_STEP, draft, session);
  const { portal } = connectionOf(answers, addresses);
  const result = await exchangeCode(portal, answers, briefly(session.world), session.world);
  if (result.kind === 'failed') return result.problem;
  answers.refreshToken = result.refreshToken;
  session.terminal.say('✓ Zoho exchanged the code for a refresh token.');
  await settleDataCenter(result.dataCenter, answers, session);
  return undefined;
}

async function askForClient(draft: Draft, session: Session): Promise<void> {
  if (!draft.begunSteps.has('client')) {
    draft.begunSteps.add('client');
    await showConsole(draft, session);
  }
  await askWhereNeeded(['clientId', 'clientSecret'], undefined, draft, session);
}

/** Says where the client is made, and opens that page where it is wanted. */
async function showConsole({ answers, addresses }: Draft, session: Session): Promise<void> {
  const { terminal } = session;
  const dataCenter = dataCenterSchema.parse(answers.dataCenter);
  terminal.say(clientStep(dataCenter));
  if (addresses.accountsUrl !== undefined) {
    terminal.say('  A local Zoho Desk has no console: it printed all of this where it was started.');
  } else if (await askYesNo(terminal, 'Open the console in your browser?')) {
    const opened = await openPage(`${apiConsoleOf(dataCenter)}/`, session);
    if (!opened) terminal.say('  No browser could be opened from here: open the address yourself.');
  }
}

/** Asks for what is missing or in question, below the text of its step where that has not begun yet. */
async function askWhereNeeded(
  names: readonly FieldName[],
  stepText: string | undefined,
  { answers, again, begunSteps }: Draft,
  session: Session,
): Promise<void> {
  const needed = names.filter((name) => again.has(name) || answers[name] === '');
  if (stepText !== undefined && needed.length > 0 && !begunSteps.has(stepText)) {
    begunSteps.add(stepText);
    session.terminal.say(stepText);
  }
  for (const name of needed) await askField(name, answers, session);
}

/** A token's `api_domain` tells where it belongs, whatever was chosen. */
async function settleDataCenter(
  actual: string | undefined,
  answers: Answers,
  { terminal }: Session,
): Promise<void> {
  if (actual === undefined || actual === answers.dataCenter) return;
  terminal.say(`✗ The token belongs to the data center ${actual}, and you chose ${answers.dataCenter}.`);
  if (await askYesNo(terminal, `Go on with ${actual}?`, { byDefault: true })) answers.dataCenter = actual;
}
