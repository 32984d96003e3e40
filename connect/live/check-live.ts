import { problemMessage, type ServiceProblem } from '../../shared/delivery/service-problem.ts';
import { countOf } from '../../shared/text/count.ts';
import { problemWithPortal } from '../connection/ask-desk.ts';
import { connectionOf, type Addresses } from '../connection/connection.ts';
import { existingConnection } from '../conversation/check.ts';
import { openAccess } from '../connection/portal-access.ts';
import type { Session } from '../session.ts';
import { askYesNo } from '../terminal/questions.ts';
import { askFurtherMeans, trialsWith } from './further-means.ts';
import { deskUnderTrial, type DeskUnderTrial } from './desk-under-trial.ts';
import type { Trial } from './trials.ts';

const INTRODUCTION = `
Find out what Zoho Desk does where its documentation is silent

This writes test logs into one installation. Customers see them for three days, and they cannot be deleted: use
a portal and an installation of your own. The answers come as a table without ids and secrets.
`;

const ISSUES = 'https://github.com/zoho-desk-extension-log/zoho-desk-extension-log/issues/new';

/** Tries what the documentation leaves open, after a yes, and prints the answers. Returns the exit code. */
export async function checkLive(session: Session, addresses: Addresses): Promise<0 | 1> {
  const { terminal, world } = session;
  terminal.say(INTRODUCTION);
  const answers = await existingConnection(session);
  if (answers === undefined) return 1;
  const connection = connectionOf(answers, addresses);
  const access = openAccess(connection, world);
  const token = await access.tokens.get();
  if (token.kind === 'failed') return wrong(token.problem, session);
  const problem = await problemWithPortal(access, world);
  if (problem !== undefined) return wrong(problem, session);
  const trials = trialsWith(await askFurtherMeans(session));
  const logs = trials.reduce((sum, trial) => sum + trial.logs, 0);
  const question = `Write up to ${countOf(logs, 'test log')} into the installation ${answers.installationId} now?`;
  if (!(await askYesNo(terminal, question))) {
    terminal.say('  Nothing was written.');
    return 0;
  }
  const desk = deskUnderTrial(connection, token.value, world, Date.now());
  const rows = await rowsOf(trials, desk, session);
  terminal.say(`\nPaste this into an issue, ${ISSUES}. It has no id and no secret in it.\n`);
  terminal.say(tableOf(rows, answers.dataCenter));
  return 0;
}

function wrong(problem: ServiceProblem, { terminal }: Session): 1 {
  terminal.say(`✗ ${problemMessage(problem)}`);
  return 1;
}

interface Row {
  readonly trial: Trial;
  readonly found: string;
}

async function rowsOf(trials: readonly Trial[], desk: DeskUnderTrial, { terminal }: Session): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [index, trial] of trials.entries()) {
    const found = await trial.run(desk);
    rows.push({ trial, found });
    terminal.say(`  ${index + 1} of ${trials.length} · ${trial.question}`);
  }
  return rows;
}

function tableOf(rows: readonly Row[], dataCenter: string): string {
  const today = new Date().toISOString().slice(0, 10);
  return [
    `Zoho Desk, data center ${dataCenter}, ${today}`,
    '',
    '| What was tried | Assumed until now | What this Desk did |',
    '| --- | --- | --- |',
    ...rows.map(({ trial, found }) => `| ${trial.question} | ${trial.assumed} | ${found} |`),
  ].join('\n');
}
