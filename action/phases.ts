import { randomUUID } from 'node:crypto';
import { getState, info, saveState } from '@actions/core';
import { createJournal, tellBadInput } from './report/job-log.ts';
import { MemoryFolder } from './job-memory/memory-folder.ts';
import { beginUse, endUse } from './job-memory/last-use.ts';
import { logNow } from './log-and-report.ts';
import { readOrder, type Order } from './inputs/check-inputs.ts';
import { outputsWithoutDelivery, writeOutputs } from './report/outputs.ts';
import type { Run, Start } from './phase.ts';

/** What the main phase hands to the post phase, as the runner keeps it. */
const USE = 'use';
const LOG_AT = 'log-at';

/** Runs the phase that the runner has started. Returns the exit code. */
export async function run(start: Start): Promise<0 | 1> {
  const journal = createJournal(start.secrets);
  const memory = new MemoryFolder(start.env, journal);
  const use = getState(USE);
  return use === ''
    ? mainPhase({ ...start, journal, memory })
    : postPhase({ ...start, journal, memory }, use);
}

async function mainPhase(run: Run): Promise<0 | 1> {
  const use = randomUUID();
  // Before all else: a post phase that does not find it would take itself for the main phase.
  saveState(USE, use);
  beginUse(run.memory, use);
  return withOrder(run, async (order) => {
    if (order.settings['log-at'] === 'now') return logNow(order, 'main', run);
    saveState(LOG_AT, order.settings['log-at']);
    const then = order.settings['dry-run'] ? 'The plan is printed' : 'The logs are sent';
    info(`The inputs are good. ${then} when the job ends.`);
    return 0;
  });
}

async function postPhase(run: Run, use: string): Promise<0 | 1> {
  try {
    if (getState(LOG_AT) !== 'job-end') return 0;
    return await withOrder(run, async (order) => logNow(order, 'post', run));
  } finally {
    endUse(run.memory, use);
  }
}

async function withOrder(run: Run, then: (order: Order) => Promise<0 | 1>): Promise<0 | 1> {
  const order = await readOrder(run.inputs, run.env);
  if (order.ok) return then(order.value);
  writeOutputs(outputsWithoutDelivery(false, run.inputs.reference), run.secrets);
  tellBadInput(order.problems, run.secrets);
  return 1;
}
