import { createSecrets } from '../shared/redaction.ts';
import { readCommandLine, USAGE } from './command-line.ts';
import { checkConnection } from './conversation/check.ts';
import { connect } from './conversation/connect.ts';
import { checkLive } from './live/check-live.ts';
import { createLocalWorld } from './machine/local-world.ts';
import { runProgram, startProgram } from './machine/run-program.ts';
import type { Session } from './session.ts';
import { openTerminal } from './terminal/node-terminal.ts';
import { InputEnded } from './terminal/terminal.ts';

const TASKS = { connect, check: checkConnection, 'check-live': checkLive };
const INTERRUPTED = 130;

/** Holds the conversation that the arguments ask for. Returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const command = readCommandLine(args);
  if (command.kind === 'help') {
    console.log(USAGE);
    return 0;
  }
  if (command.kind === 'wrong') {
    for (const problem of command.problems) console.error(problem);
    return 2;
  }
  const session = openSession();
  const exitCode = await TASKS[command.task](session, command.addresses).catch((error: unknown) => {
    session.terminal.say(`✗ ${messageOf(error)}`);
    return 1;
  });
  session.terminal.close();
  return exitCode;
}

function openSession(): Session {
  const secrets = createSecrets();
  const terminal = openTerminal({ input: process.stdin, output: process.stdout }, secrets.redact, () => {
    console.log('Stopped.');
    process.exit(INTERRUPTED);
  });
  const world = createLocalWorld(secrets, terminal, process.env);
  return { terminal, world, runProgram, startProgram, env: process.env, platform: process.platform };
}

function messageOf(error: unknown): string {
  if (error instanceof InputEnded) return error.message;
  // Without the stack trace: its lines could hold a secret.
  return `This failed unexpectedly. Please report it: ${String(error)}`;
}

void main(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
