import type { World } from '../shared/ports.ts';
import type { RunProgram, StartProgram } from './machine/run-program.ts';
import type { Terminal } from './terminal/terminal.ts';

/** What a conversation is held with: the person, the world, and the programs of the machine. */
export interface Session {
  readonly terminal: Terminal;
  readonly world: World;
  readonly runProgram: RunProgram;
  readonly startProgram: StartProgram;
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
}
