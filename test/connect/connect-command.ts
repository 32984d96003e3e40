import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Emulator } from '../../emulator/start-emulator.ts';
import { inTerminal, type PseudoTerminal } from './pseudo-terminal.ts';

/** The one file that is released. */
export const CONNECT_BUNDLE = fileURLToPath(new URL('../../dist/connect.js', import.meta.url));

/** What the tests start: that file, or its sources where coverage is counted, which cannot tell the lines of a bundle apart. */
const CONNECT =
  process.env['NODE_V8_COVERAGE'] === undefined
    ? CONNECT_BUNDLE
    : fileURLToPath(new URL('../../connect/main.ts', import.meta.url));

/** Flags that point the conversation at a local Desk. */
export function addressesOf({ url }: Pick<Emulator, 'url'>): string[] {
  return ['--desk-url', url, '--accounts-url', url];
}

/** The variables of a connection that exists, under the names that GitHub keeps it by. */
export function variablesOf({ credentials }: Emulator): Record<string, string> {
  return {
    ZOHO_ORG_ID: credentials.orgId,
    ZOHO_INSTALLATION_ID: credentials.installationId,
    ZOHO_CLIENT_ID: credentials.clientId,
    ZOHO_CLIENT_SECRET: credentials.clientSecret,
    ZOHO_REFRESH_TOKEN: credentials.refreshToken,
  };
}

export function connectInTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): PseudoTerminal {
  return inTerminal([process.execPath, CONNECT, ...args], env);
}

export interface PipedEnd {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The same without a terminal, its answers given one a line, as on every system. */
export async function connectWithPipes(
  args: readonly string[],
  answers: readonly string[],
  env: Readonly<Record<string, string>> = {},
  [node, program] = [process.execPath, CONNECT] as const,
): Promise<PipedEnd> {
  const child = spawn(node, [program, ...args], { env: { ...process.env, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  // A command that has nothing to ask may end before it is answered.
  child.stdin.on('error', () => undefined);
  child.stdin.end(answers.map((line) => `${line}\n`).join(''));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, stdout, stderr };
}
