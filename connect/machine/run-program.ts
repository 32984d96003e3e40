import { spawn } from 'node:child_process';

/** How a program ended. */
export interface ProgramEnd {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program without a shell. What is secret goes to it on standard input: its arguments are
 * seen by everyone who lists the machine's processes.
 * @returns how it ended; where there is no such program, without an exit code
 */
export type RunProgram = (program: string, args: readonly string[], input?: string) => Promise<ProgramEnd>;

/** See {@link RunProgram}. */
export const runProgram: RunProgram = async (program, args, input = '') =>
  new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('error', ({ message }) => resolve({ exitCode: null, stdout, stderr: message }));
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
    // A program that does not read its input may be gone before it is written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });

/**
 * Starts a program and leaves it alone.
 * @returns whether there is such a program
 */
export type StartProgram = (program: string, args: readonly string[]) => Promise<boolean>;

/** See {@link StartProgram}. */
export const startProgram: StartProgram = async (program, args) =>
  new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true, windowsHide: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      // A browser that was not running yet stays as long as its windows do.
      child.unref();
      resolve(true);
    });
  });
