import type { Emulator } from '../../emulator/start-emulator.ts';
import type { PseudoTerminal } from './pseudo-terminal.ts';

/** Answers one question after the other. */
export async function answer(
  terminal: PseudoTerminal,
  ...pairs: readonly (readonly [question: string, line: string])[]
): Promise<void> {
  for (const [question, line] of pairs) {
    await terminal.sees(question);
    terminal.types(line);
  }
}

/** Everything up to the code, in the data center that Enter stands for. */
export async function answerUpToCode(terminal: PseudoTerminal, { credentials }: Emulator): Promise<void> {
  const { clientId, clientSecret, authorizationCode } = credentials;
  await answer(
    terminal,
    ['Data center [us]: ', ''],
    ['Client ID (not shown): ', clientId],
    ['Client secret (not shown): ', clientSecret],
    ['Code (not shown): ', authorizationCode],
  );
}

/** Everything up to the question about the test log goes well. */
export async function connectUpToTestLog(terminal: PseudoTerminal, desk: Emulator): Promise<void> {
  const { orgId, installationId } = desk.credentials;
  await answerUpToCode(terminal, desk);
  await answer(terminal, ['Organization ID: ', orgId], ['Installation ID: ', installationId]);
  await terminal.sees('Write one test log');
}

/** Everything up to the repository goes well: no test log is written, and gh is to keep the connection. */
export async function connectUpToRepository(terminal: PseudoTerminal, desk: Emulator): Promise<void> {
  await connectUpToTestLog(terminal, desk);
  await answer(terminal, ['[y/N] ', 'n'], ['with gh? [y/N] ', 'y']);
}
