import { writeFile } from 'node:fs/promises';
import { BadInput } from './bad-input.ts';
import { LOCAL_CREDENTIALS } from './portals/credentials.ts';
import { installationLines } from './portals/installation-list.ts';
import { Portals } from './portals/portals.ts';
import { type Emulator, startEmulator } from './start-emulator.ts';
import { helpText, readCommandLine } from './terminal/command-line.ts';
import { welcomeText } from './terminal/welcome-text.ts';

/** Starts the emulator as the command line asks and keeps it until SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const command = readCommandLine(process.argv.slice(2));
  if (command.help) {
    process.stdout.write(helpText());
    return;
  }
  const { port, portals, switches, installations } = command;
  if (installations !== undefined) {
    const served = new Portals(LOCAL_CREDENTIALS, portals).all();
    await writeFile(installations, installationLines(served));
  }
  const emulator = await startEmulator({ port, portals, switches });
  emulator.fault(...command.faults);
  process.stdout.write(welcomeText(emulator, installations));
  endOnSignal(emulator);
}

function endOnSignal(emulator: Emulator): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.close());
}

/** One clear message for what the user can put right; anything else is a bug and keeps its stack. */
function explain(error: unknown): string {
  if (error instanceof BadInput) return `${error.message}\nSee npm run emulator -- --help.`;
  const { code, syscall, path, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use. Stop what runs there, or give another: --port 0 takes any free one.`;
  if (syscall === 'open')
    return `Cannot write ${path}: ${code}. Give --installations a file in a folder that exists.`;
  if (code === 'EACCES') return `Port ${port} needs more rights. Give one above 1023, or --port 0.`;
  throw error;
}

await main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 2;
});
