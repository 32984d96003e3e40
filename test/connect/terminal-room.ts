import { afterAll, afterEach, beforeAll, beforeEach, describe, jest } from '@jest/globals';
import { type Emulator, startEmulator } from '../../emulator/start-emulator.ts';
import { addressesOf, connectInTerminal } from './connect-command.ts';
import { fakePrograms, type FakeProgramsOptions, type FakePrograms } from './fake-programs.ts';
import { closeTerminals, type PseudoTerminal, requirePython } from './pseudo-terminal.ts';

/** Where a person sits and connects. */
export interface TerminalRoom {
  /** The local Desk, without logs at the beginning of each test. */
  readonly desk: Emulator;
  /** The programs of this test's machine. */
  readonly programs: FakePrograms;
  /** Starts the conversation, by default with the local Desk. */
  readonly begin: (options?: FakeProgramsOptions, args?: readonly string[]) => Promise<PseudoTerminal>;
}

/** Windows has no pseudo terminal that python could open: there, piped.test.ts holds the conversation. */
const describeWherePossible = process.platform === 'win32' ? describe.skip : describe;

/** A conversation starts a dozen programs, which take their time on a busy machine. */
const PATIENCE_MS = 120_000;

/** Describes tests that sit at a terminal. */
export function describeInTerminal(name: string, tests: (room: TerminalRoom) => void): void {
  jest.setTimeout(PATIENCE_MS);
  describeWherePossible(name, () => tests(openRoom()));
}

function openRoom(): TerminalRoom {
  let desk: Emulator;
  let programs: FakePrograms;
  beforeAll(async () => {
    requirePython();
    desk = await startEmulator();
  });
  beforeEach(() => desk.reset());
  afterEach(async () => {
    await closeTerminals();
    await programs.remove();
  });
  afterAll(() => desk.close());
  return {
    get desk() {
      return desk;
    },
    get programs() {
      return programs;
    },
    async begin(options = {}, args = addressesOf(desk)) {
      programs = await fakePrograms(options);
      return connectInTerminal(args, { PATH: programs.path });
    },
  };
}
