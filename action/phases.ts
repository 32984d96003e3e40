import { randomUUID } from 'node:crypto';
import { getState, info, saveState } from '@actions/core';
import type { Journal, Secrets } from '../shared/ports.ts';
import { checkInputs, type CheckedInputs } from './inputs/check-inputs.ts';
import type { InputValues } from './inputs/input-values.ts';
import { endUse, beginUse } from './job-memory/last-use.ts';
import { MemoryFolder } from './job-memory/memory-folder.ts';
import { reportBadInput } from './report/failed-step.ts';
import { createJournal } from './report/journal.ts';
import { outputsWithoutDelivery, writeOutputs } from './report/outputs.ts';
import { sendAndReport } from './send-and-report.ts';

/** What the Action is started with. */
export interface Invocation {
  readonly inputs: InputValues;
  readonly secrets: Secrets;
  readonly env: NodeJS.ProcessEnv;
  /** Fires when the runner cancels the job. */
  readonly cancelled: AbortSignal;
}

/** What one phase works with. The runner starts the Action twice: at its step, and when the job ends. */
export interface Session extends Invocation {
  readonly phase: 'main' | 'post';
  readonly journal: Journal;
  readonly memory: MemoryFolder;
}

/** What the main phase hands to the post phase, as the runner keeps it. */
const USE = 'use';
const LOG_AT = 'log-at';

/** Runs the phase that the runner has started. Returns the exit code. */
export async function runPhase(invocation: Invocation): Promise<0 | 1> {
  const journal = createJournal(invocation.secrets);
  const memory = new MemoryFolder(invocation.env, journal);
  const use = getState(USE);
  return use === ''
    ? mainPhase({ ...invocation, phase: 'main', journal, memory })
    : postPhase({ ...invocation, phase: 'post', journal, memory }, use);
}

async function mainPhase(session: Session): Promise<0 | 1> {
  const use = randomUUID();
  // Before all else: a post phase that does not find it would take itself for the main phase.
  saveState(USE, use);
  beginUse(session.memory, use);
  return withCheckedInputs(session, async (checked) => {
    const { 'log-at': logAt, 'dry-run': dryRun } = checked.settings;
    if (logAt === 'now') return sendAndReport(checked, session);
    saveState(LOG_AT, logAt);
    info(`Inputs are valid. ${dryRun ? 'The plan is printed' : 'The logs are sent'} when the job ends.`);
    return 0;
  });
}

async function postPhase(session: Session, use: string): Promise<0 | 1> {
  try {
    if (getState(LOG_AT) !== 'job-end') return 0;
    return await withCheckedInputs(session, async (checked) => sendAndReport(checked, session));
  } finally {
    endUse(session.memory, use);
  }
}

async function withCheckedInputs(
  session: Session,
  then: (checked: CheckedInputs) => Promise<0 | 1>,
): Promise<0 | 1> {
  const checked = await checkInputs(session.inputs, session.env, session.secrets);
  if (checked.ok) return then(checked.value);
  writeOutputs(outputsWithoutDelivery(false, session.inputs.reference), session.secrets);
  reportBadInput(checked.problems, session.secrets);
  return 1;
}
